import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gsm7Septets } from '../../lib/channels/gsm7.ts';
import { renderSms } from '../../lib/channels/render-sms.ts';
import { LANGUAGES } from '../../lib/domain/customer.ts';
import type { NoticeFacts } from '../../lib/domain/notice.ts';
import { smsTemplates } from '../../lib/generated/templates.ts';
import { aNotice, aNoticeInvoice } from './notice-facts.ts';

const consumer = { name: 'Jeanne Roy', kind: 'consumer' } as const;

function rendered(facts: NoticeFacts): string {
  return renderSms(smsTemplates, 'short-message', facts);
}

describe('the short message', () => {
  it('names the invoice and whom to call to a business', () => {
    const french = rendered(aNotice());
    expect(french).toMatch(/^Ateliers du Ponant SAS : facture 2026-0042 échue le 31\/10\/2026, impayée\./);
    expect(french).toMatch(/ \+33298000102 : date de paiement ou motif \?$/);
    const english = rendered(aNotice({ language: 'en', customer: { name: 'Town Hall', kind: 'public' } }));
    expect(english).toMatch(/^Ateliers du Ponant SAS: invoice 2026-0042, due 31\/10\/2026, is unpaid\./);
    expect(english).toMatch(/ \+33298000102 with a payment date or the reason\.$/);
    const german = rendered(aNotice({ language: 'de' }));
    expect(german).toMatch(/^Ateliers du Ponant SAS: Rechnung 2026-0042, fällig 31\.10\.2026, ist unbezahlt\./);
    expect(german).toMatch(/ \+33298000102 anrufen: Zahltermin oder Grund\?$/);
  });

  it.each([
    { language: 'fr', text: 'Ateliers du Ponant SAS : 2 factures impayées, dont 2026-0042. Merci d' },
    { language: 'en', text: 'Ateliers du Ponant SAS: 2 invoices (incl. 2026-0042) are unpaid. Please call' },
    { language: 'de', text: 'Ateliers du Ponant SAS: 2 Rechnungen, darunter 2026-0042, sind unbezahlt. Bitte' },
  ] as const)('counts the invoices that are due in $language', ({ language, text }) => {
    const others = [aNoticeInvoice({ number: '7' }), aNoticeInvoice({ number: '8', dueOn: '2026-11-30', daysLate: 0 })];
    expect(rendered(aNotice({ language, others }))).toContain(text);
  });

  it('calls no invoice unpaid before its due date', () => {
    for (const language of LANGUAGES) {
      for (const others of [[], [aNoticeInvoice()]]) {
        expect(rendered(aNotice({ language, others, today: '2026-10-25' }))).not.toMatch(
          /impay|échue|unpaid|unbezahlt/,
        );
      }
    }
  });

  it.each([{ paidMinor: 20_000 }, { paidMinor: 0 }])('does not call an invoice unpaid that is reduced: %j', (paid) => {
    const invoice = { outstandingMinor: 100_000, ...paid };
    expect(rendered(aNotice({ invoice }))).toMatch(/, non soldée\./);
    expect(rendered(aNotice({ invoice, language: 'en' }))).toMatch(/ is not fully paid\./);
  });

  it('tells a consumer only whom to call', () => {
    expect(rendered(aNotice({ customer: consumer }))).toBe(
      'Bonjour, merci de contacter Ateliers du Ponant SAS au +33298000102 au sujet de votre dossier client. Bonne journée.',
    );
    expect(rendered(aNotice({ customer: consumer, language: 'en' }))).toBe(
      'Hello, please call Ateliers du Ponant SAS on +33298000102 about your customer account. Thank you and have a good day.',
    );
    expect(rendered(aNotice({ customer: consumer, language: 'de' }))).toBe(
      'Guten Tag, bitte rufen Sie Ateliers du Ponant SAS unter +33298000102 zu Ihrem Kundenkonto an. Vielen Dank und einen guten Tag.',
    );
  });

  it('fits one message whatever the names, and is in its alphabet', () => {
    const facts = fc.record({
      language: fc.constantFrom(...LANGUAGES),
      count: fc.constantFrom(1, 100),
      kind: fc.constantFrom('business', 'consumer', 'public'),
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
      number: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
      outstandingMinor: fc.constantFrom(120_000, 70_000),
    });
    fc.assert(
      fc.property(facts, ({ language, kind, name, number, outstandingMinor, count }) => {
        const customer = { name: 'Martin', kind };
        const invoice = { number, outstandingMinor };
        const others = Array.from({ length: count - 1 }, () => aNoticeInvoice(invoice));
        const text = rendered(aNotice({ language, customer, creditor: { name }, invoice, others }));
        expect(gsm7Septets(text)).toBeLessThanOrEqual(160);
        expect(text).toContain('+33298000102');
      }),
      { numRuns: 1000 },
    );
  });

  it('cuts a long name after a word and keeps the end of a long invoice number', () => {
    const text = rendered(
      aNotice({
        creditor: { name: 'Compagnie Générale des Équipements de Forêt' },
        invoice: { number: 'AGENCE-DE-RENNES-2026-0042' },
      }),
    );
    expect(text).toMatch(/^Compagnie Générale des : facture \.\.E-RENNES-2026-0042 /);
  });

  it('refuses a telephone number that would have to be cut', () => {
    const facts = aNotice({ creditor: { phone: '+33 2 98 00 01 02 poste 4711' } });
    expect(() => rendered(facts)).toThrow(/longer than 16 characters: configure it in E\.164/);
  });

  it('leaves the separators of a telephone number out', () => {
    expect(rendered(aNotice({ creditor: { phone: '+33 (2) 98.00-01 02' } }))).toContain(' +33298000102');
  });

  it('is refused for a template that does not exist', () => {
    expect(() => renderSms(smsTemplates, 'courteous-notice', aNotice())).toThrow(/no template "courteous-notice"/);
  });
});
