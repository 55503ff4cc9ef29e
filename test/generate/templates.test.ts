import { describe, expect, it } from 'vitest';
import { templatesModule } from '../../bin/generate/templates.ts';
import { TemplateFolder } from './template-folder.ts';

/** The message of the build when the templates have been changed so. */
async function faultsOf(change: (folder: TemplateFolder) => void): Promise<string> {
  using folder = new TemplateFolder();
  change(folder);
  return templatesModule(folder.path).then(
    () => 'no fault',
    (error: Error) => error.message.replaceAll(folder.path, 'templates'),
  );
}

describe('the check of the templates', () => {
  it('finds no fault in the templates that ship', async () => {
    expect(await faultsOf(() => {})).toBe('no fault');
  });

  it.each([
    'Relance 1 : {{invoiceNumber}}',
    'Facture {{invoiceNumber}}, rappel n° 2',
    'Invoice {{invoiceNumber}}: second reminder',
    'Invoice {{invoiceNumber}}: third notice',
    'Facture {{invoiceNumber}}, premier avis',
    'Zahlungserinnerung {{invoiceNumber}}',
    'Rechnung {{invoiceNumber}}: zweite Mahnung',
    'Rechnung {{invoiceNumber}}, Mahnung 2',
    'Rechnung {{invoiceNumber}}: Mahnstufe',
  ])('refuses a subject that numbers the notice: %s', async (subject) => {
    const faults = await faultsOf((folder) => folder.write('fr/courteous-notice.subject.hbs', subject));
    expect(faults).toMatch(/templates\/fr\/courteous-notice\.subject\.hbs:1: says ".+"\n {2}cure: /);
  });

  it('names file and line of an unknown variable', async () => {
    const faults = await faultsOf((folder) =>
      folder.write('en/firm-notice.text.hbs', 'Hello?\n\n{{#if paid}}{{invoiceNumer}}{{/if}}\n'),
    );
    expect(faults).toContain('templates/en/firm-notice.text.hbs:3: unknown variable "invoiceNumer"');
    expect(faults).toMatch(/cure: use one of .*invoiceNumber/);
  });

  it('refuses amounts in a text message: there is no such variable', async () => {
    const faults = await faultsOf((folder) => folder.write('fr/short-message.sms.hbs', '{{outstanding}} {{phone}}'));
    expect(faults).toContain('fr/short-message.sms.hbs:1: unknown variable "outstanding"');
  });

  it.each([
    { text: '{{{customerName}}}', problem: 'a variable is not escaped' },
    { text: '{{#each paid}}x{{/each}}', problem: 'there is nothing to go through' },
    { text: '{{upper customerName}}', problem: 'helpers are not known here' },
    { text: '{{../customerName}}', problem: 'unknown variable "../customerName"' },
    { text: '{{#with paid}}x{{/with}}', problem: 'unknown block "with"' },
    { text: '{{#each invoices}}{{customerName}}{{/each}}', problem: 'unknown variable "customerName"' },
    { text: '{{#each invoices}}{{> payment}}{{/each}}', problem: 'unknown partial "payment"' },
  ])('refuses $text', async ({ text, problem }) => {
    const faults = await faultsOf((folder) => folder.replace('fr/final-proposal.text.hbs', 'Madame, Monsieur,', text));
    expect(faults).toContain(`templates/fr/final-proposal.text.hbs:1: ${problem}`);
  });

  it('refuses a block that is not closed', async () => {
    const faults = await faultsOf((folder) =>
      folder.write('fr/final-proposal.subject.hbs', '{{invoiceNumber}}{{#if paid}}'),
    );
    expect(faults).toContain('templates/fr/final-proposal.subject.hbs:1: Parse error on line 1');
    expect(faults).toContain('cure: close every block');
  });

  it('reports every fault of the sources at once', async () => {
    const faults = await faultsOf((folder) => {
      folder.write('fr/firm-notice.subject.hbs', 'Relance {{nope}}');
      folder.replace('en/partials/payment.text.hbs', '{{iban}}', '{{ibann}}');
    });
    expect(faults.match(/cure:/g)).toHaveLength(3);
  });

  it.each([
    { file: 'fr/partials/payment.mjml', variable: 'iban', part: 'fr/courteous-notice.mjml' },
    { file: 'en/partials/payment.text.hbs', variable: 'reference', part: 'en/final-proposal.text.hbs' },
    { file: 'fr/partials/invoice.text.hbs', variable: 'issuedOn', part: 'fr/preventive-check.text.hbs' },
    { file: 'fr/partials/invoice.mjml', variable: 'credited', part: 'fr/preventive-check.mjml' },
    { file: 'fr/partials/payment.text.hbs', variable: 'unbrokenReference', part: 'fr/firm-notice.text.hbs' },
    { file: 'en/partials/signature.mjml', variable: 'legalNotice', part: 'en/courteous-notice.mjml' },
    { file: 'fr/partials/signature.text.hbs', variable: 'privacyUrl', part: 'fr/final-proposal.text.hbs' },
  ])('misses {{$variable}} in every email when $file leaves it out', async ({ file, variable, part }) => {
    const faults = await faultsOf((folder) => folder.replace(file, `{{${variable}}}`, ''));
    expect(faults).toContain(`templates/${part}: does not say {{${variable}}}`);
  });

  it('misses a question', async () => {
    const faults = await faultsOf((folder) =>
      folder.replace(
        'en/final-proposal.text.hbs',
        'Which of these do you choose, and on what date will your first transfer be made?',
        '',
      ),
    );
    // The signature asks a company for another contact; nothing asks a consumer.
    expect(faults).toContain('templates/en/final-proposal.text.hbs: asks no question');
  });

  it('names file and line of what MJML refuses', async () => {
    const faults = await faultsOf((folder) =>
      folder.replace('fr/firm-notice.mjml', '{{> payment}}', '<mj-txt>?</mj-txt>'),
    );
    expect(faults).toMatch(/templates\/fr\/firm-notice\.mjml:17: Element mj-txt doesn't exist/);
  });

  it('notices an MJML tag that is not closed', async () => {
    const faults = await faultsOf((folder) => folder.replace('fr/partials/signature.mjml', '</mj-text>', ''));
    expect(faults).toContain('templates/fr/partials/signature.mjml: MJML lost a part of it');
  });

  it('refuses a partial that is not there', async () => {
    const faults = await faultsOf((folder) => folder.replace('fr/firm-notice.mjml', '{{> payment}}', '{{> paiement}}'));
    expect(faults).toContain('templates/fr/firm-notice.mjml:17: unknown partial "paiement"');
  });

  it('refuses a partial in the middle of a line', async () => {
    const faults = await faultsOf((folder) =>
      folder.replace('en/firm-notice.mjml', '{{> signature}}', '<p>{{> payment}}</p>'),
    );
    expect(faults).toContain('templates/en/firm-notice.mjml:21: a partial shares its line');
  });

  it('needs each template in each language, with all its parts', async () => {
    const faults = await faultsOf((folder) => {
      folder.remove('en/final-proposal.text.hbs');
      folder.remove('fr/short-message.sms.hbs');
    });
    expect(faults).toContain('templates/en/final-proposal.text.hbs: this part of a template is missing');
    expect(faults).toContain('templates/fr/short-message.sms.hbs: this part of a template is missing');
  });

  it('refuses a file it cannot place', async () => {
    const faults = await faultsOf((folder) => folder.write('fr/final-proposal.txt', 'Bonjour'));
    expect(faults).toContain('templates/fr/final-proposal.txt: is not a part of a template');
  });
});

describe('the check of the text messages', () => {
  const business = (wording: string) => `{{#if isConsumer}}\n{{phone}}\n{{else}}\n${wording} {{phone}}\n{{/if}}\n`;
  const consumer = (wording: string) => `{{#if isConsumer}}\n${wording} {{phone}}\n{{else}}\n{{phone}}\n{{/if}}\n`;

  it('refuses a wording that does not fit with the longest names', async () => {
    const wording = `{{creditorName}} {{invoiceNumber}} {{dueOn}} ${'x'.repeat(90)}`;
    const faults = await faultsOf((folder) => folder.write('en/short-message.sms.hbs', business(wording)));
    expect(faults).toContain('"short-message" (en) makes 170 septets, 160 fit');
  });

  it('refuses a character that would cost a second message', async () => {
    const faults = await faultsOf((folder) => folder.write('fr/short-message.sms.hbs', business('Merci d’être bref')));
    expect(faults).toContain('has characters outside GSM-7: ’ ê');
  });

  it.each([
    ...[
      'votre facture impayée',
      'votre dette',
      'facture échue',
      'un retard',
      'la somme due',
      'une créance',
      '120 euros',
    ],
    ...['Ihre Schuld', 'eine Forderung', 'überfällig', 'unbezahlt', 'Ihr Rückstand', 'Zinsen', 'offener Betrag'],
    ...['unpaid', 'overdue', 'your debt', 'the amount you owe', 'outstanding', 'late', 'payment', '{{invoiceNumber}}'],
  ])('refuses to tell a consumer "%s"', async (wording) => {
    const faults = await faultsOf((folder) => folder.write('en/short-message.sms.hbs', consumer(wording)));
    expect(faults).toMatch(/templates\/en\/short-message\.sms\.hbs: says ".+" to a consumer/);
  });

  it('needs somebody to call', async () => {
    const faults = await faultsOf((folder) =>
      folder.write('fr/short-message.sms.hbs', '{{creditorName}} : contactez-nous.'),
    );
    expect(faults).toContain('does not say {{phone}}');
  });
});

describe('the check of every message', () => {
  it.each([
    {
      text: '<p>{{#if paid}}{{paid}}{{/if}}</p>',
      file: 'fr/firm-notice.mjml',
      says: /makes a message with "<p.*><\/p>" in it/,
    },
    { text: '- {{#if paid}}{{paid}}{{/if}}', file: 'de/firm-notice.text.hbs', says: /makes a message with "- " in it/ },
    { text: 'undefined', file: 'en/firm-notice.text.hbs', says: /makes a message with "undefined" in it/ },
  ])('finds a hole in $file', async ({ text, file, says }) => {
    const isHtml = file.endsWith('.mjml');
    const faults = await faultsOf((folder) =>
      isHtml
        ? folder.replace(file, '<mj-text>', `<mj-text>\n  ${text}`)
        : folder.replace(file, '{{> invoices}}', `${text}\n\n{{> invoices}}`),
    );
    expect(faults).toMatch(says);
  });

  it.each([
    { file: 'fr/firm-notice.text.hbs', at: '{{> invoices}}', text: 'Les pénalités courent.' },
    { file: 'en/last-call.call.hbs', at: '{{> dossier}}', text: 'The fixed compensation is owed.' },
    { file: 'de/final-proposal.text.hbs', at: '{{> invoices}}', text: 'Die Verzugspauschale ist geschuldet.' },
  ])('refuses to tell a consumer of charges only a business owes, in $file', async ({ file, at, text }) => {
    const faults = await faultsOf((folder) => folder.replace(file, at, `${at}\n\n${text}`));
    expect(faults).toMatch(/says ".+" to a consumer\n {2}cure: say it to businesses/);
  });

  it('misses what a caller needs at hand', async () => {
    const faults = await faultsOf((folder) => {
      folder.replace('fr/partials/dossier.call.hbs', 'IBAN {{iban}}', 'IBAN');
      folder.replace('de/partials/dossier.call.hbs', '{{contactPhone}}', '');
    });
    expect(faults).toContain('templates/fr/firm-call.call.hbs: does not say {{iban}}');
    expect(faults).toContain('templates/de/preventive-call.call.hbs: does not say {{contactPhone}}');
  });

  it('wants the object of a letter on its first line and the place of each table', async () => {
    const faults = await faultsOf((folder) => {
      folder.replace('fr/formal-notice.letter.hbs', '[payment]', '');
      folder.replace('en/formal-notice.letter.hbs', '\n\n', '\n');
    });
    expect(faults).toContain('templates/fr/formal-notice.letter.hbs: has no line [payment]');
    expect(faults).toContain('templates/en/formal-notice.letter.hbs: does not begin with its object');
  });

  it('misses the charges of an invoice that are not set out', async () => {
    const faults = await faultsOf((folder) => folder.replace('fr/partials/charges.mjml', '{{rate}}', ''));
    expect(faults).toContain('templates/fr/penalty-notice.mjml: does not say {{rate}}');
  });
});
