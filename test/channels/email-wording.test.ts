import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../lib/domain/customer.ts';
import { CONFIRMATIONS, EVERY_EMAIL, EVERY_NOTICE, renderedPlainly } from './emails.ts';
import { aNotice, aNoticeInvoice } from './notice-facts.ts';

describe('the subject', () => {
  const subjectOf = (template: string, language: Language) => renderedPlainly(template, aNotice({ language })).subject;

  it('of the courteous notice speaks of the unpaid invoice and its due date', () => {
    expect(subjectOf('courteous-notice', 'fr')).toBe('Facture impayée 2026-0042 – échéance du 31 octobre 2026');
    expect(subjectOf('courteous-notice', 'en')).toBe('Unpaid invoice 2026-0042 – due 31 October 2026');
  });

  it('of the firm notice gives the date by which to pay', () => {
    expect(subjectOf('firm-notice', 'fr')).toMatch(/^Facture impayée 2026-0042 – .*9 novembre 2026$/);
    expect(subjectOf('firm-notice', 'en')).toMatch(/^Unpaid invoice 2026-0042 – .*9 November 2026$/);
  });

  it('of the final proposal says that it is one', () => {
    expect(subjectOf('final-proposal', 'fr')).toBe('Facture impayée 2026-0042 – dernière proposition amiable');
    expect(subjectOf('final-proposal', 'en')).toBe('Unpaid invoice 2026-0042 – final amicable proposal');
    expect(subjectOf('final-proposal', 'de')).toMatch(/^Unbezahlte Rechnung 2026-0042 – letzter Vorschlag/);
  });

  it('counts the invoices that are due when there are several', () => {
    const others = [aNoticeInvoice({ number: '7' }), aNoticeInvoice({ number: '8', dueOn: '2026-12-01', daysLate: 0 })];
    const { subject } = renderedPlainly('firm-notice', aNotice({ others }));
    expect(subject).toMatch(/^2 factures impayées, dont 2026-0042 – /);
  });

  it('of the preventive check is a question that speaks of no debt', () => {
    expect(subjectOf('preventive-check', 'fr')).toMatch(/^Votre facture 2026-0042 : .*\?$/);
    expect(subjectOf('preventive-check', 'en')).toMatch(/^Your invoice 2026-0042: .*\?$/);
  });
});

describe('the tone', () => {
  const textOf = (template: string, facts: Parameters<typeof aNotice>[0] = {}) =>
    renderedPlainly(template, aNotice(facts)).text;

  it('of the preventive check suggests no distrust', () => {
    for (const language of LANGUAGES) {
      const facts = { language, today: '2026-10-21', invoice: { daysLate: 0 } };
      expect(textOf('preventive-check', facts)).not.toMatch(
        /impay|retard|unpaid|overdue|late\b|échue|redevable|owe|unbezahlt|überfällig|schuld/i,
      );
    }
  });

  it('of the courteous notice allows for an error and for a payment on its way', () => {
    expect(textOf('courteous-notice')).toContain('Sauf erreur ou omission de notre part');
    expect(textOf('courteous-notice')).toContain('ne tenez pas compte de ce message');
    expect(textOf('courteous-notice', { language: 'en' })).toContain('please disregard this message');
  });

  it('of the attentive notice asks a good payer what went wrong', () => {
    expect(textOf('attentive-notice')).toContain('Comme ce n’est pas dans vos habitudes');
    expect(textOf('attentive-notice', { language: 'en' })).toContain('As this is unusual for you');
    expect(textOf('attentive-notice', { language: 'de' })).toContain('Da dies bei Ihnen ungewöhnlich ist');
  });

  it('of the firm notice states how late the invoice is', () => {
    expect(textOf('firm-notice', { invoice: { daysLate: 10 } })).toContain('soit 10 jours de retard');
    expect(textOf('firm-notice', { invoice: { daysLate: 1 }, language: 'en' })).toContain('is now 1 day late');
    expect(textOf('firm-notice', { invoice: { daysLate: 10 }, language: 'de' })).toContain('10 Tage überfällig');
  });

  it('of the firm notice recalls the promise that was not kept, with its date', () => {
    const lastPromise = { promisedOn: '2026-10-26', amountMinor: 60_000 };
    expect(textOf('firm-notice', { lastPromise })).toContain(
      'annoncé un règlement de 600,00 € pour le 26 octobre 2026',
    );
    expect(textOf('firm-notice', { lastPromise, language: 'de' })).toContain(
      'Zahlung von 600,00 € zum 26. Oktober 2026',
    );
    expect(textOf('firm-notice')).not.toContain('annoncé');
  });

  it('of the final proposal recalls the contacts, offers instalments and announces the formal notice', () => {
    const pastContacts = [
      { on: '2026-11-02', channel: 'email' },
      { on: '2026-11-05', channel: 'call' },
    ] as const;
    const facts = { invoice: { daysLate: 32 }, respondBy: '2026-12-12', pastContacts };
    const french = textOf('final-proposal', facts);
    expect(french).toContain('- courriel du 2 novembre 2026\n- appel téléphonique du 5 novembre 2026\n');
    expect(french).toMatch(/échéancier : un premier versement immédiat/);
    expect(french).toContain('au 12 décembre 2026, nous vous adresserons une mise en demeure.');
    const english = textOf('final-proposal', { ...facts, language: 'en' });
    expect(english).toMatch(
      /- telephone call of 5 November 2026.*instalments.*by 12 December 2026, we will send you a formal notice/s,
    );
    const german = textOf('final-proposal', { ...facts, language: 'de' });
    expect(german).toMatch(/- Anruf vom 5. November 2026.*Ratenplan.*eine förmliche Mahnung mit Fristsetzung/s);
  });

  it.each(['preventive-check', 'attentive-notice', 'courteous-notice', 'firm-notice'])(
    'of the %s threatens with nothing',
    (template) => {
      const threats = [
        /mise en demeure|judiciaire|justice|tribunal|huissier|commissaire|recouvrement|contentieux|avocat|pénalité/i,
        /formal notice|court|legal|solicitor|lawyer|bailiff|collection|agency|proceedings|penalt/i,
        /Verzug setzen|Gericht|Anwalt|Inkasso|Pauschale|Klage/i,
      ];
      for (const language of LANGUAGES) {
        const text = textOf(template, { language, invoice: { daysLate: 44 } });
        for (const threat of threats) expect(text).not.toMatch(threat);
      }
    },
  );

  it.each(EVERY_EMAIL)(
    'of the $template in $language numbers no notice and threatens with no court',
    ({ language, template }) => {
      const text = textOf(template, { language, invoice: { daysLate: 44 } });
      expect(text).not.toMatch(/relance|rappel|reminder|Erinnerung|(erste|zweite|dritte|letzte) Mahnung/i);
      expect(text).not.toMatch(/tribunal|huissier|court|bailiff|agency|Gericht|Inkasso|Anwalt|avocat|lawyer/i);
    },
  );

  it.each(EVERY_EMAIL.filter(({ language }) => language === 'en'))(
    'of the $template in English opens and closes by whether the name is known',
    ({ template }) => {
      const named = textOf(template, { language: 'en' });
      expect(named).toMatch(/^Dear Anne Martin,\n.*\nYours sincerely,\n/s);
      const nameless = textOf(template, { language: 'en', contactName: null });
      expect(nameless).toMatch(/^Dear Sir or Madam,\n.*\nYours faithfully,\n/s);
    },
  );

  it('greets by name when the name is known', () => {
    expect(textOf('courteous-notice')).toContain('Bonjour Anne Martin,');
    expect(textOf('courteous-notice', { contactName: null })).toContain('Bonjour,');
    expect(textOf('courteous-notice', { contactName: ' ' })).toContain('Bonjour,');
  });
});

describe('late-payment charges', () => {
  const charges = {
    interestMinor: 489,
    compensationMinor: 4_000,
    lines: [
      {
        from: '2026-11-01',
        to: '2026-11-12',
        days: 12,
        baseMinor: 120_000,
        annualRatePercent: '12.40',
        amountMinor: 489,
      },
    ],
  };

  it.each(EVERY_NOTICE)('are set out line by line in the $template in $language', ({ language, template }) => {
    const { html, text } = renderedPlainly(template, aNotice({ language, invoice: { charges } }));
    for (const part of [html, text]) {
      for (const fact of [/12[,.]40 ?%/, /4[,.]89/, /40[,.]00/, /1.244[,.]89/]) expect(part).toMatch(fact);
    }
  });

  it.each(EVERY_EMAIL)('are never claimed from a consumer by the $template in $language', ({ language, template }) => {
    const customer = { kind: 'consumer' } as const;
    const { html, text } = renderedPlainly(template, aNotice({ language, invoice: { charges }, customer }));
    for (const part of [html, text])
      expect(part).not.toMatch(/pénalité|indemnité|intérêts|penalt|compensation|interest|Verzugs/i);
  });

  it('are announced in words where they are not yet worked out', () => {
    const textOf = (template: string, language: Language) => renderedPlainly(template, aNotice({ language })).text;
    for (const template of ['penalty-notice', 'final-proposal']) {
      expect(textOf(template, 'fr')).toContain('indemnité forfaitaire pour frais de recouvrement');
      expect(textOf(template, 'en')).toContain('fixed compensation for recovery costs');
      expect(textOf(template, 'de')).toContain('Verzugspauschale');
    }
  });
});

describe('a written confirmation', () => {
  const confirming = (result: string, parts: Parameters<typeof aNotice>[0] = {}) =>
    aNotice({
      confirms: { result, on: '2026-11-02', promisedOn: '2026-11-12', amountMinor: 70_000, category: 'quality' },
      ...parts,
    });

  /** What answers the debtor is no account of a conversation. */
  const spoken = CONFIRMATIONS.filter(({ result }) => result !== 'dispute-rejected');

  it.each(spoken)('of a $result names the conversation and asks to be corrected', ({ template, result }) => {
    for (const language of LANGUAGES) {
      const { text } = renderedPlainly(template, confirming(result, { language }));
      expect(text).toMatch(/2 novembre 2026|2 November 2026|2\. November 2026/);
      expect(text).toMatch(/fidèle à notre échange|fair account of what was said|richtig wiedergegeben/);
    }
  });

  it('of a promise repeats amount and date, and asks for that amount', () => {
    const { text, images } = renderedPlainly('promise-confirmation', confirming('promise'));
    expect(text).toContain('le règlement de 700,00 € au plus tard le 12 novembre 2026');
    expect(text).toContain('Montant : 700,00 €');
    expect(images).toHaveLength(1);
  });

  it('of a dispute names the reason in words and gives no payment order', () => {
    const { text, html, images } = renderedPlainly('dispute-confirmation', confirming('dispute'));
    expect(text).toContain('Motif indiqué : qualité.');
    expect(html).not.toContain('cid:payment-qr');
    expect(images).toEqual([]);
    const confirms = { result: 'dispute', on: '2026-11-02', promisedOn: null, amountMinor: null, category: 'other' };
    expect(renderedPlainly('dispute-confirmation', aNotice({ confirms })).text).not.toContain('Motif');
  });

  it('of a refusal asks for the reason, and of a cash difficulty for instalments', () => {
    expect(renderedPlainly('call-summary', confirming('refusal')).text).toContain('motif précis');
    expect(renderedPlainly('call-summary', confirming('cash-difficulty')).text).toContain('échéancier');
  });
});

describe('what is contested', () => {
  const invoice = { outstandingMinor: 90_000, disputedMinor: 30_000 };
  const WORDS = {
    fr: ['Contesté, en cours d’examen : 300,00 €', 'Part non contestée à régler : 900,00 €'],
    en: ['Disputed, being looked into: €300.00', 'Undisputed part to pay: €900.00'],
    de: ['Bestritten, in Prüfung: 300,00 €', 'Unbestrittener Teil: 900,00 €'],
  } as const;

  it.each(EVERY_NOTICE)('is said in $template in $language, and the rest is asked for', ({ language, template }) => {
    const { text, html } = renderedPlainly(template, aNotice({ language, invoice }));
    for (const words of WORDS[language]) expect(text).toContain(words);
    expect(html).toContain(WORDS[language][0].slice(0, WORDS[language][0].indexOf(':')).trim());
    expect(text).not.toMatch(/avoir|credit note|Gutschrift/i);
  });

  it.each(EVERY_NOTICE)('is said of each of several invoices in $template in $language', ({ language, template }) => {
    const { text } = renderedPlainly(
      template,
      aNotice({ language, invoice, others: [aNoticeInvoice({ number: '7' })] }),
    );
    expect(text).toMatch(
      /contesté et en cours d’examen 300,00|disputed and being looked into €300|bestritten und in Prüfung 300,00/,
    );
  });

  it.each(EVERY_NOTICE)('is not said in $template in $language when nothing is', ({ language, template }) => {
    const { text } = renderedPlainly(template, aNotice({ language }));
    for (const words of WORDS[language]) expect(text).not.toContain(words.slice(0, 9));
  });
});

describe('the end of a dispute in writing', () => {
  const ended = (outcome: string, parts: Parameters<typeof aNotice>[0] = {}) => {
    const confirms = {
      result: `dispute-${outcome}`,
      on: '2026-11-02',
      promisedOn: null,
      amountMinor: 30_000,
      category: 'price',
    };
    return renderedPlainly(`dispute-${outcome}-confirmation`, aNotice({ confirms, ...parts })).text;
  };

  it('says that it is unfounded, by which proof, and what is owed', () => {
    expect(ended('rejected')).toContain('contrat, commande, bon de livraison signé, facture');
    expect(ended('rejected')).toContain('nous la tenons pour non fondée');
    expect(ended('rejected', { language: 'en' })).toContain('we consider it to be unfounded');
    expect(ended('rejected', { language: 'de' })).toContain('als unbegründet an');
  });

  it('says what is credited and what is left to pay', () => {
    const invoice = { outstandingMinor: 90_000 };
    expect(ended('settled', { invoice })).toContain(
      'un avoir de 300,00 €, déduit ci-dessous. Il reste à régler 900,00 €.',
    );
    expect(ended('settled', { invoice, language: 'en' })).toContain('we credit you with €300.00');
    expect(ended('settled', { invoice, language: 'de' })).toContain('Es bleiben 900,00 € zu zahlen.');
  });

  it('speaks of no credit note where there is none', () => {
    const confirms = {
      result: 'dispute-settled',
      on: '2026-11-02',
      promisedOn: null,
      amountMinor: null,
      category: null,
    };
    expect(ended('settled', { confirms })).toContain('la somme ci-dessous est due sans avoir');
  });
});
