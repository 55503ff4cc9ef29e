import { describe, expect, it } from 'vitest';
import { emailView } from '../../lib/channels/email-view.ts';
import { renderEmail } from '../../lib/channels/render-email.ts';
import { emailTemplates } from '../../lib/generated/templates.ts';
import { EVERY_EMAIL, EVERY_NOTICE, renderedPlainly } from './emails.ts';
import { aNotice, aNoticeInvoice, plainSpaces } from './notice-facts.ts';

const PRIVACY = { privacyUrl: 'https://ponant.example/donnees' };

const RICH = {
  paymentReference: 'RF18539007547034',
  purchaseOrder: 'PO-77',
  documentUrl: 'https://billing.example/2026-0042.pdf?a=1&b=2',
};

describe.each(EVERY_EMAIL)('the $template in $language', ({ language, template }) => {
  const amounts = {
    fr: { total: '1 200,00 €', paid: '450,50 €', credited: '49,50 €', rest: '700,00 €' },
    en: { total: '€1,200.00', paid: '€450.50', credited: '€49.50', rest: '€700.00' },
    de: { total: '1.200,00 €', paid: '450,50 €', credited: '49,50 €', rest: '700,00 €' },
  }[language];
  const dates = {
    fr: { issued: '1er octobre 2026', due: '31 octobre 2026', respondBy: '9 novembre 2026' },
    en: { issued: '1 October 2026', due: '31 October 2026', respondBy: '9 November 2026' },
    de: { issued: '1. Oktober 2026', due: '31. Oktober 2026', respondBy: '9. November 2026' },
  }[language];

  it('says in HTML and in text what a debtor needs to recognise the invoice and to pay it', () => {
    const { html, text } = renderedPlainly(template, aNotice({ language, invoice: RICH, creditor: PRIVACY }));
    const needed = [
      ...['2026-0042', dates.issued, dates.due, amounts.total, 'Boulangerie Martin SARL', 'PO-77'],
      ...['Ateliers du Ponant SAS', 'FR76 3000 6000 0112 3456 7890 189', 'AGRIFRPP', 'RF18 5390 0754 7034'],
      ...['RF18539007547034', '+33 2 98 00 01 02', 'comptabilite@ponant.example'],
    ];
    for (const fact of needed) {
      expect(html).toContain(fact);
      expect(text).toContain(fact);
    }
    expect(text).toContain('https://billing.example/2026-0042.pdf?a=1&b=2');
    expect(html).toContain('href="https://billing.example/2026-0042.pdf?a&#x3D;1&amp;b&#x3D;2"');
    expect(html).toContain('href="tel:+33298000102"');
  });

  it('says below the account whom to ask in doubt', () => {
    const doubt = /appelez-nous avant tout virement|call us before paying|rufen Sie uns bitte vor der Überweisung/;
    const { html, text } = renderedPlainly(template, aNotice({ language }));
    for (const part of [html, text]) expect(part).toMatch(doubt);
  });

  it('ends with who the sender is by law, and with where to read about personal data', () => {
    const { html, text } = renderedPlainly(template, aNotice({ language, creditor: PRIVACY }));
    expect(text).toMatch(
      /SAS au capital de 50 000 €, .*RCS Brest 123 456 789\n.*https:\/\/ponant\.example\/donnees\n$/,
    );
    expect(html).toContain('RCS Brest 123 456 789');
    expect(html).toContain('href="https://ponant.example/donnees"');
  });

  it('ends with who the sender is by law when there is no page on personal data', () => {
    const { html, text } = renderedPlainly(template, aNotice({ language }));
    expect(text).toMatch(/RCS Brest 123 456 789\n$/);
    expect(html).not.toMatch(/vos droits|your rights|Ihre Rechte/);
  });

  it('offers a copy of the invoice when there is none to open', () => {
    const offer = /copie de la facture|copy of the invoice|Kopie der Rechnung/;
    for (const part of ['html', 'text'] as const) {
      expect(renderedPlainly(template, aNotice({ language }))[part]).toMatch(offer);
      expect(renderedPlainly(template, aNotice({ language, invoice: RICH }))[part]).not.toMatch(offer);
    }
  });

  it('shows what was paid, what was credited and what is left after a partial payment', () => {
    const invoice = { outstandingMinor: 70_000, paidMinor: 45_050 };
    const { html, text } = renderedPlainly(template, aNotice({ language, invoice }));
    for (const amount of Object.values(amounts)) {
      expect(html).toContain(amount);
      expect(text).toContain(amount);
    }
  });

  it('says nothing of payments when there were none, and nothing of an order or a document that is not known', () => {
    const { html, text } = renderedPlainly(template, aNotice({ language }));
    for (const word of [
      ...['Déjà réglé', 'Already paid', 'Bereits gezahlt', 'Avoirs', 'Credit notes', 'Gutschriften'],
      ...['Votre commande', 'Your order', 'Ihre Bestellung'],
    ]) {
      expect(html).not.toContain(word);
      expect(text).not.toContain(word);
    }
    expect(html).not.toMatch(/href="http/);
    expect(text).not.toMatch(/null|undefined|http/);
  });

  it('quotes the invoice number when the invoice has no payment reference', () => {
    const { text } = renderedPlainly(template, aNotice({ language }));
    expect(text).toMatch(/(Référence à indiquer :|Reference to quote:|Verwendungszweck:) 2026-0042/);
  });

  it('is in its language, and says so to screen readers', () => {
    const { html } = renderedPlainly(template, aNotice({ language }));
    expect(html).toMatch(new RegExp(`<html lang="${language}"`));
    expect(html).toContain(`<meta name="viewport"`);
    expect(html).toContain('scope="row"');
  });

  it('escapes a name that looks like markup, in HTML only', () => {
    const name = `<script>alert("1")</script> & fils`;
    const { html, text } = renderedPlainly(template, aNotice({ language, customer: { name, kind: 'business' } }));
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; fils');
    expect(text).toContain(name);
  });

  it('names the invoice in a subject of one line, and never which notice it is', () => {
    const { subject } = renderedPlainly(template, aNotice({ language, invoice: { number: '2026\r\n-0042' } }));
    expect(subject).toContain('2026 -0042');
    expect(subject).not.toMatch(/[\r\n]|relance|rappel|reminder|Erinnerung|Mahnung|mise en demeure|formal notice/i);
    expect(subject.length).toBeLessThanOrEqual(100);
  });

  it('asks a company, not a consumer, who else deals with it', () => {
    const toConsumer = aNotice({ language, customer: { name: 'Jeanne Roy', kind: 'consumer' } });
    const question = {
      fr: 'une autre personne de votre organisation',
      en: 'someone else in your organisation',
      de: 'jemand anderes in Ihrem Hause',
    }[language];
    expect(renderedPlainly(template, aNotice({ language })).text).toContain(question);
    expect(renderedPlainly(template, toConsumer).text).not.toContain(question);
  });

  it('weighs little, and is not clipped at 102 kB even of a hundred invoices', () => {
    expect(renderedPlainly(template, aNotice({ language, invoice: RICH })).html.length).toBeLessThan(17_000);
    const others = Array.from({ length: 99 }, (_, index) => aNoticeInvoice({ ...RICH, number: `2026-1${index}` }));
    const { html } = renderedPlainly(template, aNotice({ language, others }));
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });

  it('lists every one of several invoices, with its own amount and due date', () => {
    const others = [
      aNoticeInvoice({
        number: '2026-0031',
        dueOn: '2026-10-15',
        daysLate: 18,
        outstandingMinor: 30_000,
        totalMinor: 30_000,
      }),
      aNoticeInvoice({
        number: '2026-0077',
        dueOn: '2026-11-30',
        daysLate: 0,
        outstandingMinor: 90_000,
        totalMinor: 90_000,
      }),
    ];
    const facts = aNotice({ language, others });
    const { html, text } = renderedPlainly(template, facts);
    for (const { number, dueOn, outstanding } of emailView(facts).invoices) {
      for (const part of [html, text]) {
        for (const fact of [number, dueOn, outstanding]) expect(part).toContain(plainSpaces(fact));
      }
    }
    expect(text.match(/à échoir\)|not yet due\)|noch nicht fällig\)/g)).toHaveLength(1);
  });
});

describe.each(EVERY_NOTICE)('the $template in $language', ({ language, template }) => {
  it('says beside the account which amount to transfer', () => {
    const { html, text } = renderedPlainly(template, aNotice({ language, invoice: { outstandingMinor: 70_000 } }));
    const box =
      /(Pour régler par virement|To pay by bank transfer|Für Ihre Überweisung).*(notre|our invoice|unserer Rechnung)/s;
    for (const part of [html, text]) {
      const [account = ''] = box.exec(part) ?? [];
      expect(account).toMatch(/700[,.]00/);
    }
  });

  it.each([
    { how: 'a part is paid', invoice: { outstandingMinor: 70_000, paidMinor: 50_000 } },
    { how: 'a part is credited', invoice: { outstandingMinor: 70_000 } },
  ])('does not call the invoice wholly unpaid when $how', ({ invoice }) => {
    const { text } = renderedPlainly(template, aNotice({ language, invoice }));
    expect(text).not.toMatch(/encore réglée|impayée|paid yet|been paid[.,]|unpaid|unbezahlt|nicht bezahlt/);
  });

  it('asks for a payment date or the reason', () => {
    const { html, text } = renderedPlainly(template, aNotice({ language }));
    const reason = {
      fr: /corriger|s’y oppose|motif|précision/,
      en: /correct|stands in the way|holding it up|reason against paying|explanation/,
      de: /berichtigen|entgegensteht|Grund|Erläuterung/,
    };
    for (const part of [html, text]) {
      expect(part).toContain('?');
      expect(part).toMatch({ fr: /date/, en: /date/i, de: /Datum/ }[language]);
      expect(part).toMatch(reason[language]);
    }
  });

  it('asks for what is due only, and says that the rest is listed for information', () => {
    const others = [aNoticeInvoice({ number: '2026-0077', dueOn: '2026-11-30', daysLate: 0 })];
    const { text } = renderedPlainly(template, aNotice({ language, others }));
    expect(text).toMatch(/^(Total échu à régler :|Total due now:|Fällige Summe:) \S*1.200[,.]00/m);
    expect(text).toMatch(/pour information|for information|zu Ihrer Information/);
  });

  it('adds up each currency for itself', () => {
    const others = [aNoticeInvoice({ number: '7', currency: 'USD', outstandingMinor: 30_000 })];
    const { text, images } = renderedPlainly(template, aNotice({ language, others }));
    expect(text).toMatch(/1 200,00 € et 300,00 USD|€1,200.00 and USD 300.00|1.200,00 € und 300,00 USD/);
    expect(images).toEqual([]);
  });
});

describe('an email', () => {
  it('keeps the typography of French: no-break spaces before ; ? ! and : and inside amounts', () => {
    const { text, html } = renderEmail(emailTemplates, 'courteous-notice', aNotice());
    for (const part of [text, html]) {
      expect(part).toContain('1\u202F200,00\u00A0€');
      expect(part).toContain('solution\u202F?');
    }
    expect(text).not.toMatch(/ [:;!?»]|« /);
    expect(text).toContain('IBAN\u00A0:');
  });

  it('links to web addresses only', () => {
    const script = 'javascript:alert(1)';
    const facts = aNotice({ invoice: { documentUrl: script }, creditor: { privacyUrl: script } });
    const { html, text } = renderedPlainly('firm-notice', facts);
    expect(html).not.toContain('javascript');
    expect(text).not.toContain('javascript');
  });

  it('is refused for a template that does not exist, with those that do', () => {
    const attempt = () => renderEmail(emailTemplates, 'first-notice', aNotice());
    expect(attempt).toThrow(/no template "first-notice".*courteous-notice/);
    expect(() => renderEmail(emailTemplates, 'constructor', aNotice())).toThrow(/no template/);
  });

  it('writes amounts of currencies without and with three decimals', () => {
    const yen = { currency: 'JPY', exponent: 0, totalMinor: 120_000, outstandingMinor: 120_000 };
    expect(renderedPlainly('firm-notice', aNotice({ invoice: yen })).text).toContain('120 000 JPY');
    const dinar = { currency: 'TND', exponent: 3, totalMinor: 1_250_500, outstandingMinor: 1_250_500 };
    expect(renderedPlainly('firm-notice', aNotice({ invoice: dinar, language: 'en' })).text).toContain('TND 1,250.500');
  });
});
