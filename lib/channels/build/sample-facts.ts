import { CUSTOMER_KINDS, type Language } from '../../domain/customer.ts';
import type { NoticeFacts } from '../../domain/notice.ts';

const CREDITOR: NoticeFacts['creditor'] = {
  name: 'Ateliers du Ponant SAS',
  phone: '+33 2 98 00 01 02',
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
  replyToAddress: 'comptabilite@ponant.example',
  legalNotice: 'SAS au capital de 50 000 €, 12 quai de la Douane, 29200 Brest, SIREN 123 456 789, RCS Brest',
  privacyUrl: null,
};

const INVOICE: NoticeFacts['invoice'] = {
  number: '2026-0042',
  issuedOn: '2026-10-01',
  dueOn: '2026-10-31',
  currency: 'EUR',
  exponent: 2,
  totalMinor: 1_234_567,
  outstandingMinor: 1_234_567,
  paidMinor: 0,
};

const PLAIN: Omit<NoticeFacts, 'language'> = {
  creditor: CREDITOR,
  customer: { name: 'Boulangerie Martin SARL', kind: 'business' },
  contactName: null,
  invoice: INVOICE,
  stepId: 'A1',
  level: 'level1',
  today: '2026-11-02',
  daysLate: 2,
  respondBy: '2026-11-09',
};

/**
 * An invoice with everything that an invoice may have, half of it settled in two ways. No amount ends with another one,
 * or a check would find it in the other's place.
 */
const FULL_INVOICE: NoticeFacts['invoice'] = {
  ...INVOICE,
  outstandingMinor: 700_000,
  paidMinor: 450_000,
  paymentReference: 'RF18539007547034',
  purchaseOrder: 'PO-77',
  documentUrl: 'https://billing.example/2026-0042.pdf',
};

/**
 * Cases that together take every way through a template: each kind of customer, before and after the due date, with
 * everything optional, with none of it, and with a credit note only.
 */
export function sampleFacts(language: Language): NoticeFacts[] {
  return CUSTOMER_KINDS.flatMap((kind) => {
    const plain: NoticeFacts = { ...PLAIN, language, customer: { ...PLAIN.customer, kind } };
    const creditor = { ...CREDITOR, privacyUrl: 'https://ponant.example/donnees' };
    const full = { ...plain, creditor, contactName: 'Anne Martin', invoice: FULL_INVOICE };
    const credited = { ...plain, invoice: { ...INVOICE, outstandingMinor: 1_000_100 } };
    return [plain, full, credited, { ...plain, today: '2026-10-21', daysLate: 0 }];
  });
}

/**
 * Per kind of customer, facts that make a text message as long as one can get, in characters that count double or that
 * its alphabet lacks; with nothing paid, and with a part paid.
 */
export function longestFacts(language: Language): NoticeFacts[] {
  const creditor = { ...CREDITOR, name: 'Société €€€ œuvres '.repeat(5), phone: `+${'9'.repeat(15)}` };
  const invoice = { ...INVOICE, number: 'FACTURE[2026]AB–'.repeat(5) };
  return CUSTOMER_KINDS.flatMap((kind) => {
    const customer = { ...PLAIN.customer, kind };
    const unpaid: NoticeFacts = { ...PLAIN, language, creditor, invoice, customer };
    return [unpaid, { ...unpaid, invoice: { ...invoice, outstandingMinor: 1, paidMinor: 1_234_566 } }];
  });
}
