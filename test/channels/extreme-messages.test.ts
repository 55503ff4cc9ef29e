import { describe, expect, it } from 'vitest';
import { renderCall } from '../../lib/channels/render-call.ts';
import { renderEmail } from '../../lib/channels/render-email.ts';
import { renderSms } from '../../lib/channels/render-sms.ts';
import { CUSTOMER_KINDS, LANGUAGES, type Language } from '../../lib/domain/customer.ts';
import type { NoticeFacts } from '../../lib/domain/notice.ts';
import { TEMPLATE_NAMES } from '../../lib/generated/template-names.ts';
import { callTemplates, emailTemplates, smsTemplates } from '../../lib/generated/templates.ts';
import { aNotice, aNoticeInvoice } from './notice-facts.ts';

const YEN = { currency: 'JPY', exponent: 0, totalMinor: 987_654_321, outstandingMinor: 987_654_321 };

const CHARGES = {
  interestMinor: 1,
  compensationMinor: 4_000,
  lines: [{ from: '2026-11-01', to: '2026-11-01', days: 1, baseMinor: 1, annualRatePercent: '12.40', amountMinor: 1 }],
};

/** Data that nobody plans for, each a way a message has been broken before. */
function extremes(language: Language, kind: (typeof CUSTOMER_KINDS)[number]): Record<string, NoticeFacts> {
  const long = 'Établissements '.repeat(14).slice(0, 200);
  const customer = { name: long, kind };
  const sixty = Array.from({ length: 59 }, (_, index) => aNoticeInvoice({ number: `2026-${index}`, charges: CHARGES }));
  return {
    'names of 200 characters': aNotice({ language, customer, contactName: long, creditor: { name: long } }),
    'a number of 200 characters': aNotice({ language, customer, invoice: { number: 'X'.repeat(200) } }),
    'a currency without decimals': aNotice({ language, customer, invoice: YEN }),
    'a name from right to left': aNotice({
      language,
      contactName: 'محمد الأمين',
      customer: { name: 'شركة البحر الأبيض المتوسط', kind },
    }),
    'sixty invoices': aNotice({ language, customer, others: sixty, invoice: { charges: CHARGES } }),
    'nothing that is optional': aNotice({ language, customer, contactName: null }),
    'a name that looks like a template': aNotice({ language, customer: { name: '}} {{ undefined', kind: 'business' } }),
  };
}

const HOLES = /\bNaN\b|\bnull\b|\[object |<(p|li)\b(?![^>]*border-top)[^>]*>\s*<\/|^- *$/m;

describe.each(LANGUAGES)('a message in %s', (language) => {
  const cases = CUSTOMER_KINDS.flatMap((kind) =>
    Object.entries(extremes(language, kind)).map(([what, facts]) => ({ kind, what, facts })),
  );

  it.each(cases)('has no hole with $what, to a $kind', ({ what, facts }) => {
    const messages = [
      ...TEMPLATE_NAMES.email.flatMap((name) => {
        const { subject, html, text } = renderEmail(emailTemplates, name, facts);
        return [subject, html, text];
      }),
      ...TEMPLATE_NAMES.call.map((name) => renderCall(callTemplates, name, facts)),
      ...TEMPLATE_NAMES.sms.map((name) => renderSms(smsTemplates, name, facts)),
    ];
    for (const message of messages) {
      expect(message).not.toMatch(HOLES);
      expect(message.trim()).not.toBe('');
      if (!what.includes('template')) expect(message).not.toMatch(/\bundefined\b|\{\{|\}\}/);
    }
  });
});
