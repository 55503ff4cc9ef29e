import { describe, expect, it } from 'vitest';
import { renderEmail } from '../../lib/channels/render-email.ts';
import type { Language } from '../../lib/domain/customer.ts';
import type { NoticeFacts, RenderedEmail } from '../../lib/domain/notice.ts';
import { emailTemplates } from '../../lib/generated/templates.ts';
import { aNotice, plainSpaces } from './notice-facts.ts';

const NAMES = ['preventive-check', 'courteous-notice', 'firm-notice', 'last-notice'];
const EVERY_NOTICE = (['fr', 'en'] as const).flatMap((language) => NAMES.map((template) => ({ language, template })));

const RICH = {
  paymentReference: 'RF18539007547034',
  purchaseOrder: 'PO-77',
  documentUrl: 'https://billing.example/2026-0042.pdf?a=1&b=2',
};

function rendered(template: string, facts: NoticeFacts): RenderedEmail {
  const { subject, html, text } = renderEmail(emailTemplates, template, facts);
  return { subject: plainSpaces(subject), html: plainSpaces(html), text: plainSpaces(text) };
}

describe.each(EVERY_NOTICE)('the $template in $language', ({ language, template }) => {
  const amounts = {
    fr: { total: '1 200,00 €', paid: '450,50 €', credited: '49,50 €', rest: '700,00 €' },
    en: { total: '€1,200.00', paid: '€450.50', credited: '€49.50', rest: '€700.00' },
  }[language];
  const dates = {
    fr: { issued: '1er octobre 2026', due: '31 octobre 2026', respondBy: '9 novembre 2026' },
    en: { issued: '1 October 2026', due: '31 October 2026', respondBy: '9 November 2026' },
  }[language];

  it('says in HTML and in text what a debtor needs to recognise the invoice and to pay it', () => {
    const { html, text } = rendered(template, aNotice({ language, invoice: RICH }));
    const needed = [
      ...['2026-0042', dates.issued, dates.due, amounts.total, 'Boulangerie Martin SARL', 'PO-77'],
      ...['Ateliers du Ponant SAS', 'FR76 3000 6000 0112 3456 7890 189', 'AGRIFRPP', 'RF18539007547034'],
      ...['+33 2 98 00 01 02', 'comptabilite@ponant.example'],
    ];
    for (const fact of needed) {
      expect(html).toContain(fact);
      expect(text).toContain(fact);
    }
    expect(text).toContain('https://billing.example/2026-0042.pdf?a=1&b=2');
    expect(html).toContain('href="https://billing.example/2026-0042.pdf?a&#x3D;1&amp;b&#x3D;2"');
    expect(html).toContain('href="tel:+33298000102"');
  });

  it('shows what was paid, what was credited and what is left after a partial payment', () => {
    const invoice = { outstandingMinor: 70_000, paidMinor: 45_050 };
    const { html, text } = rendered(template, aNotice({ language, invoice }));
    for (const amount of Object.values(amounts)) {
      expect(html).toContain(amount);
      expect(text).toContain(amount);
    }
  });

  it('says nothing of payments when there were none, and nothing of an order or a document that is not known', () => {
    const { html, text } = rendered(template, aNotice({ language }));
    for (const word of ['Déjà réglé', 'Already paid', 'Avoirs', 'Credit notes', 'Votre commande', 'Your order']) {
      expect(html).not.toContain(word);
      expect(text).not.toContain(word);
    }
    expect(html).not.toMatch(/href="http/);
    expect(text).not.toMatch(/null|undefined|http/);
  });

  it('quotes the invoice number when the invoice has no payment reference', () => {
    const { text } = rendered(template, aNotice({ language }));
    expect(text).toMatch(/(Référence à indiquer :|Reference to quote:) 2026-0042/);
  });

  it('asks for a payment date or the reason', () => {
    const { html, text } = rendered(template, aNotice({ language }));
    for (const part of [html, text]) {
      expect(part).toContain('?');
      expect(part).toMatch(language === 'fr' ? /date/ : /date/i);
    }
    const reason = {
      fr: /point à régler|s’y oppose|motif/,
      en: /put right|stands in the way|holding it up|reason against/,
    };
    expect(text).toMatch(reason[language]);
  });

  it('is in its language, and says so to screen readers', () => {
    const { html } = rendered(template, aNotice({ language }));
    expect(html).toMatch(new RegExp(`<html lang="${language}"`));
    expect(html).toContain(`<meta name="viewport"`);
    expect(html).toContain('scope="row"');
  });

  it('escapes a name that looks like markup, in HTML only', () => {
    const name = `<script>alert("1")</script> & fils`;
    const { html, text } = rendered(template, aNotice({ language, customer: { name, kind: 'business' } }));
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; fils');
    expect(text).toContain(name);
  });

  it('names the invoice in a subject of one line, and never which notice it is', () => {
    const { subject } = rendered(template, aNotice({ language, invoice: { number: '2026\r\n-0042' } }));
    expect(subject).toContain('2026 -0042');
    expect(subject).not.toMatch(/[\r\n]|relance|rappel|reminder|mise en demeure|formal notice/i);
    expect(subject.length).toBeLessThanOrEqual(100);
  });

  it('asks a company, not a consumer, who else deals with it', () => {
    const toConsumer = aNotice({ language, customer: { name: 'Jeanne Roy', kind: 'consumer' } });
    const question = { fr: 'une autre personne de votre société', en: 'someone else at your company' }[language];
    expect(rendered(template, aNotice({ language })).text).toContain(question);
    expect(rendered(template, toConsumer).text).not.toContain(question);
  });

  it('weighs little', () => {
    expect(rendered(template, aNotice({ language, invoice: RICH })).html.length).toBeLessThan(16_000);
  });
});

describe('the subject', () => {
  const subjectOf = (template: string, language: Language) => rendered(template, aNotice({ language })).subject;

  it('of the courteous notice speaks of the unpaid invoice and its due date', () => {
    expect(subjectOf('courteous-notice', 'fr')).toBe('Facture impayée 2026-0042 – échéance du 31 octobre 2026');
    expect(subjectOf('courteous-notice', 'en')).toBe('Unpaid invoice 2026-0042 – due 31 October 2026');
  });

  it.each(['firm-notice', 'last-notice'])('of the %s gives the date by which to pay', (template) => {
    expect(subjectOf(template, 'fr')).toMatch(/^Facture impayée 2026-0042 – .*9 novembre 2026$/);
    expect(subjectOf(template, 'en')).toMatch(/^Unpaid invoice 2026-0042 – .*9 November 2026$/);
  });

  it('of the preventive check asks whether the invoice arrived', () => {
    expect(subjectOf('preventive-check', 'fr')).toBe('Facture 2026-0042 : l’avez-vous bien reçue ?');
    expect(subjectOf('preventive-check', 'en')).toBe('Invoice 2026-0042: did it reach you safely?');
  });
});

describe('the tone', () => {
  const textOf = (template: string, facts: Parameters<typeof aNotice>[0] = {}) =>
    rendered(template, aNotice(facts)).text;

  it('of the preventive check suggests no distrust', () => {
    for (const language of ['fr', 'en'] as const) {
      expect(textOf('preventive-check', { language })).not.toMatch(
        /impay|retard|unpaid|overdue|late\b|échue|redevable|owe/i,
      );
    }
  });

  it('of the courteous notice allows for an error and for a payment on its way', () => {
    expect(textOf('courteous-notice')).toContain('Sauf erreur ou omission de notre part');
    expect(textOf('courteous-notice')).toContain('ne tenez pas compte de ce message');
    expect(textOf('courteous-notice', { language: 'en' })).toContain('please disregard this message');
  });

  it('of the firm notice states how late the invoice is', () => {
    expect(textOf('firm-notice', { daysLate: 10 })).toContain('soit 10 jours de retard');
    expect(textOf('firm-notice', { daysLate: 1, language: 'en' })).toContain('is now 1 day late');
  });

  it('of the last notice sets the cut-off date and announces what follows', () => {
    const french = textOf('last-notice', { daysLate: 44, respondBy: '2026-12-22' });
    expect(french).toContain('au plus tard le 22 décembre 2026');
    expect(french).toContain('dernier avis amiable');
    expect(french).toContain('Madame, Monsieur,');
    const english = textOf('last-notice', { language: 'en', contactName: null, respondBy: '2026-12-22' });
    expect(english).toContain('by 22 December 2026 at the latest');
    expect(english).toContain('Dear Sir or Madam,');
    expect(english).toContain('Yours faithfully,');
  });

  it('greets by name when the name is known', () => {
    expect(textOf('courteous-notice')).toContain('Bonjour Anne Martin,');
    expect(textOf('courteous-notice', { contactName: null })).toContain('Bonjour,');
    expect(textOf('courteous-notice', { contactName: ' ' })).toContain('Bonjour,');
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
    const { html, text } = rendered('firm-notice', aNotice({ invoice: { documentUrl: 'javascript:alert(1)' } }));
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
    expect(rendered('firm-notice', aNotice({ invoice: yen })).text).toContain('120 000 JPY');
    const dinar = { currency: 'TND', exponent: 3, totalMinor: 1_250_500, outstandingMinor: 1_250_500 };
    expect(rendered('firm-notice', aNotice({ invoice: dinar, language: 'en' })).text).toContain('TND 1,250.500');
  });
});
