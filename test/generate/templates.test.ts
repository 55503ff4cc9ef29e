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
  ])('refuses a subject that numbers the notice: %s', async (subject) => {
    const faults = await faultsOf((folder) => folder.write('fr/courteous-notice.subject.hbs', subject));
    expect(faults).toMatch(/templates\/fr\/courteous-notice\.subject\.hbs:1: says ".+"\n {2}cure: /);
  });

  it('names file and line of an unknown variable', async () => {
    const faults = await faultsOf((folder) =>
      folder.write('en/firm-notice.text.hbs', 'Hello?\n\n{{#if paid}}{{invoiceNumer}}{{/if}}\n'),
    );
    expect(faults).toContain('templates/en/firm-notice.text.hbs:3: unknown variable "invoiceNumer"');
    expect(faults).toContain('cure: use one of language,');
  });

  it('refuses amounts in a text message: there is no such variable', async () => {
    const faults = await faultsOf((folder) => folder.write('fr/short-message.sms.hbs', '{{outstanding}} {{phone}}'));
    expect(faults).toContain('fr/short-message.sms.hbs:1: unknown variable "outstanding"');
  });

  it.each([
    { text: '{{{customerName}}}', problem: 'a variable is not escaped' },
    { text: '{{#each paid}}x{{/each}}', problem: 'unknown block "each"' },
    { text: '{{upper customerName}}', problem: 'helpers are not known here' },
    { text: '{{../customerName}}', problem: 'unknown variable "../customerName"' },
  ])('refuses $text', async ({ text, problem }) => {
    const faults = await faultsOf((folder) => folder.replace('fr/last-notice.text.hbs', 'Madame, Monsieur,', text));
    expect(faults).toContain(`templates/fr/last-notice.text.hbs:1: ${problem}`);
  });

  it('refuses a block that is not closed', async () => {
    const faults = await faultsOf((folder) =>
      folder.write('fr/last-notice.subject.hbs', '{{invoiceNumber}}{{#if paid}}'),
    );
    expect(faults).toContain('templates/fr/last-notice.subject.hbs:1: Parse error on line 1');
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
    { file: 'en/partials/payment.text.hbs', variable: 'reference', part: 'en/last-notice.text.hbs' },
    { file: 'fr/partials/invoice.text.hbs', variable: 'issuedOn', part: 'fr/preventive-check.text.hbs' },
    { file: 'fr/partials/invoice.mjml', variable: 'credited', part: 'fr/preventive-check.mjml' },
    { file: 'fr/partials/payment.text.hbs', variable: 'unbrokenReference', part: 'fr/firm-notice.text.hbs' },
    { file: 'en/partials/signature.mjml', variable: 'legalNotice', part: 'en/courteous-notice.mjml' },
    { file: 'fr/partials/signature.text.hbs', variable: 'privacyUrl', part: 'fr/last-notice.text.hbs' },
  ])('misses {{$variable}} in every email when $file leaves it out', async ({ file, variable, part }) => {
    const faults = await faultsOf((folder) => folder.replace(file, `{{${variable}}}`, ''));
    expect(faults).toContain(`templates/${part}: does not say {{${variable}}}`);
  });

  it('misses a question', async () => {
    const faults = await faultsOf((folder) =>
      folder.replace('en/last-notice.text.hbs', 'On what date will your transfer be made?', ''),
    );
    // The signature asks a company for another contact; nothing asks a consumer.
    expect(faults).toContain('templates/en/last-notice.text.hbs: asks no question');
  });

  it('names file and line of what MJML refuses', async () => {
    const faults = await faultsOf((folder) =>
      folder.replace('fr/firm-notice.mjml', '{{> payment}}', '<mj-txt>?</mj-txt>'),
    );
    expect(faults).toMatch(/templates\/fr\/firm-notice\.mjml:14: Element mj-txt doesn't exist/);
  });

  it('notices an MJML tag that is not closed', async () => {
    const faults = await faultsOf((folder) => folder.replace('fr/partials/signature.mjml', '</mj-text>', ''));
    expect(faults).toContain('templates/fr/partials/signature.mjml: MJML lost a part of it');
  });

  it('refuses a partial that is not there', async () => {
    const faults = await faultsOf((folder) => folder.replace('fr/firm-notice.mjml', '{{> payment}}', '{{> paiement}}'));
    expect(faults).toContain('templates/fr/firm-notice.mjml:14: unknown partial "paiement"');
  });

  it('refuses a partial in the middle of a line', async () => {
    const faults = await faultsOf((folder) =>
      folder.replace('en/firm-notice.mjml', '{{> signature}}', '<p>{{> payment}}</p>'),
    );
    expect(faults).toContain('templates/en/firm-notice.mjml:18: a partial shares its line');
  });

  it('needs each template in each language, with all its parts', async () => {
    const faults = await faultsOf((folder) => {
      folder.remove('en/last-notice.text.hbs');
      folder.remove('fr/short-message.sms.hbs');
    });
    expect(faults).toContain('templates/en/last-notice.text.hbs: this part of a template is missing');
    expect(faults).toContain('templates/fr/short-message.sms.hbs: this part of a template is missing');
  });

  it('refuses a file it cannot place', async () => {
    const faults = await faultsOf((folder) => folder.write('fr/last-notice.txt', 'Bonjour'));
    expect(faults).toContain('templates/fr/last-notice.txt: is not a part of a template');
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
