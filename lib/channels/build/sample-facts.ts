import type { Charges } from '../../domain/charges.ts';
import { CUSTOMER_KINDS, type Language } from '../../domain/customer.ts';
import type { ConfirmedOutcome, NoticeFacts, NoticeInvoice } from '../../domain/notice.ts';

const CREDITOR: NoticeFacts['creditor'] = {
  name: 'Ateliers du Ponant SAS',
  phone: '+33 2 98 00 01 02',
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
  replyToAddress: 'comptabilite@ponant.example',
  legalNotice: 'SAS au capital de 50 000 €, 12 quai de la Douane, 29200 Brest, SIREN 123 456 789, RCS Brest',
  privacyUrl: null,
  addressLines: ['12 quai de la Douane', '29200 Brest'],
  signatory: { name: 'Claire Le Goff', title: 'Directrice administrative et financière' },
};

const INVOICE: NoticeInvoice = {
  invoiceId: 'INV-2026-0042',
  number: '2026-0042',
  issuedOn: '2026-10-01',
  dueOn: '2026-10-31',
  daysLate: 2,
  currency: 'EUR',
  exponent: 2,
  totalMinor: 1_234_567,
  outstandingMinor: 1_234_567,
  disputedMinor: 0,
  paidMinor: 0,
  charges: null,
};

const PLAIN: Omit<NoticeFacts, 'language'> = {
  creditor: CREDITOR,
  customer: {
    name: 'Boulangerie Martin SARL',
    kind: 'business',
    address: { lines: ['Boulangerie Martin SARL', '3 rue du Four', '35000 Rennes'], country: 'FR' },
  },
  contactName: null,
  contactPhone: null,
  invoices: [INVOICE],
  stepId: 'A1',
  level: 'level1',
  today: '2026-11-02',
  respondBy: '2026-11-09',
  grantsDays: 8,
  pastContacts: [],
  lastPromise: null,
  confirms: null,
  instalments: [],
};

const CHARGES: Charges = {
  interestMinor: 11_321,
  interestPaidMinor: 1_011,
  compensationMinor: 4_000,
  lines: [
    {
      from: '2026-11-01',
      to: '2026-11-20',
      days: 20,
      baseMinor: 1_150_000,
      annualRatePercent: '12.40',
      amountMinor: 7_814,
    },
    {
      from: '2026-11-21',
      to: '2026-12-09',
      days: 19,
      baseMinor: 700_000,
      annualRatePercent: '12.40',
      amountMinor: 4_518,
    },
  ],
};

/**
 * An invoice with everything that an invoice may have, half of it settled in two ways. No amount ends with another one,
 * or a check would find it in the other's place.
 */
const FULL_INVOICE: NoticeInvoice = {
  ...INVOICE,
  outstandingMinor: 700_000,
  paidMinor: 450_000,
  paymentReference: 'RF18539007547034',
  purchaseOrder: 'PO-77',
  documentUrl: 'https://billing.example/2026-0042.pdf',
  charges: CHARGES,
};

/** One of which a part is contested, and the rest asked for. */
const CONTESTED_INVOICE: NoticeInvoice = { ...FULL_INVOICE, outstandingMinor: 599_999, disputedMinor: 100_001 };

const NOT_DUE_INVOICE: NoticeInvoice = {
  ...INVOICE,
  invoiceId: 'INV-2026-0077',
  number: '2026-0077',
  issuedOn: '2026-10-20',
  dueOn: '2026-11-19',
  daysLate: 0,
  totalMinor: 88_820,
  outstandingMinor: 88_820,
};

const OTHER_INVOICE: NoticeInvoice = {
  ...INVOICE,
  invoiceId: 'INV-2026-0031',
  number: '2026-0031',
  issuedOn: '2026-09-15',
  dueOn: '2026-10-15',
  daysLate: 18,
  totalMinor: 55_530,
  outstandingMinor: 55_530,
};

const PAST: Pick<NoticeFacts, 'pastContacts' | 'lastPromise'> = {
  pastContacts: [
    { on: '2026-10-05', channel: 'email' },
    { on: '2026-10-12', channel: 'call' },
    { on: '2026-10-19', channel: 'letter' },
  ],
  lastPromise: { promisedOn: '2026-10-26', amountMinor: 660_000 },
};

/**
 * What a debtor may have said on the phone: every result, each with and without what may come with it.
 */
const CONFIRMED: readonly ConfirmedOutcome[] = [
  { result: 'promise', on: '2026-11-01', promisedOn: '2026-11-12', amountMinor: 660_000, category: null },
  { result: 'promise', on: '2026-11-01', promisedOn: '2026-11-12', amountMinor: null, category: null },
  { result: 'paid-claimed', on: '2026-11-01', promisedOn: '2026-10-28', amountMinor: 660_000, category: null },
  { result: 'dispute', on: '2026-11-01', promisedOn: null, amountMinor: 120_100, category: 'quality' },
  { result: 'dispute-rejected', on: '2026-11-01', promisedOn: null, amountMinor: 120_100, category: 'quality' },
  { result: 'dispute-settled', on: '2026-11-01', promisedOn: null, amountMinor: 120_100, category: 'quality' },
  { result: 'dispute-settled', on: '2026-11-01', promisedOn: null, amountMinor: null, category: null },
  { result: 'administrative-block', on: '2026-11-01', promisedOn: null, amountMinor: null, category: 'wrong-entity' },
  { result: 'cash-difficulty', on: '2026-11-01', promisedOn: null, amountMinor: null, category: null },
  { result: 'refusal', on: '2026-11-01', promisedOn: null, amountMinor: null, category: null },
];

/** The parts of a plan, and what a message about one of them says. */
const INSTALMENTS: NoticeFacts['instalments'] = [
  { dueOn: '2026-11-05', amountMinor: 330_000 },
  { dueOn: '2026-12-04', amountMinor: 150_010 },
  { dueOn: '2027-01-05', amountMinor: 754_557 },
];

/** What is written about a plan: when it was agreed, and what is asked for now. */
const PLANNED: Pick<NoticeFacts, 'confirms' | 'instalments'> = {
  confirms: { result: 'plan-agreed', on: '2026-11-01', promisedOn: null, amountMinor: 330_000, category: null },
  instalments: INSTALMENTS,
};

/** The facts in which every variable has a value and every list an item: what a template may name. */
export function fullestFacts(language: Language): NoticeFacts {
  const [confirms] = CONFIRMED;
  return {
    ...PLAIN,
    ...PAST,
    language,
    creditor: { ...CREDITOR, privacyUrl: 'https://ponant.example/donnees' },
    contactName: 'Anne Martin',
    contactPhone: '+33 2 99 00 03 04',
    invoices: [FULL_INVOICE],
    confirms: confirms ?? null,
    instalments: INSTALMENTS,
  };
}

/** A business that has paid a part only, long after the due date: what a preview shows, of one invoice and of several. */
export function previewFacts(language: Language): Readonly<Record<'one' | 'several', NoticeFacts>> {
  const invoice = { ...FULL_INVOICE, daysLate: 39 };
  const one = { ...fullestFacts(language), invoices: [invoice], today: '2026-12-09', respondBy: '2026-12-17' } as const;
  const others = [
    { ...OTHER_INVOICE, daysLate: 55 },
    { ...NOT_DUE_INVOICE, dueOn: '2026-12-31' },
  ] as const;
  const notice = { ...one, confirms: null, instalments: [] };
  return { one: notice, several: { ...notice, invoices: [invoice, ...others] } };
}

/** What a preview says of a plan: that of one part when its template is about one. */
export function plannedParts(isAboutOne: boolean): Pick<NoticeFacts, 'confirms' | 'instalments'> {
  return isAboutOne ? { ...PLANNED, instalments: INSTALMENTS.slice(0, 1) } : PLANNED;
}

/** What a debtor says on the phone in a preview, by result. */
export function confirmedOutcome(result: string): ConfirmedOutcome | null {
  return CONFIRMED.find((confirmed) => confirmed.result === result) ?? null;
}

/**
 * Cases that together take every way through a template: each kind of customer, before and after the due date, with
 * everything optional, with none of it, with a credit note only, with several invoices, and with each thing a debtor says.
 */
export function sampleFacts(language: Language): NoticeFacts[] {
  return CUSTOMER_KINDS.flatMap((kind) => {
    const customer = { ...PLAIN.customer, kind };
    const plain: NoticeFacts = { ...PLAIN, language, customer };
    const full: NoticeFacts = { ...fullestFacts(language), customer };
    const dollars: NoticeInvoice = { ...OTHER_INVOICE, currency: 'USD' };
    return [
      plain,
      full,
      { ...plain, invoices: [{ ...INVOICE, outstandingMinor: 1_000_100 }] },
      { ...plain, invoices: [{ ...INVOICE, outstandingMinor: 1_034_567, disputedMinor: 200_000 }] },
      { ...plain, today: '2026-10-21', invoices: [{ ...INVOICE, daysLate: 0 }] },
      { ...full, invoices: [FULL_INVOICE, OTHER_INVOICE, NOT_DUE_INVOICE] },
      { ...full, invoices: [CONTESTED_INVOICE, OTHER_INVOICE] },
      { ...plain, ...PAST, invoices: [INVOICE, NOT_DUE_INVOICE] },
      { ...plain, invoices: [INVOICE, dollars], lastPromise: { promisedOn: '2026-10-26', amountMinor: null } },
      ...CONFIRMED.map((confirms) => ({ ...plain, confirms })),
      { ...plain, ...PLANNED },
      { ...full, ...PLANNED, instalments: INSTALMENTS.slice(0, 1) },
      {
        ...plain,
        confirms: { result: 'dispute', on: '2026-11-01', promisedOn: null, amountMinor: null, category: null },
      },
    ];
  });
}

/**
 * Per kind of customer, facts that make a text message as long as one can get, in characters that count double or that
 * its alphabet lacks; with nothing paid, with a part paid, not yet due, and of a hundred invoices.
 */
export function longestFacts(language: Language): NoticeFacts[] {
  const creditor = { ...CREDITOR, name: 'Société €€€ œuvres '.repeat(5), phone: `+${'9'.repeat(15)}` };
  const invoice = { ...INVOICE, number: 'FACTURE[2026]AB–'.repeat(5) };
  const reduced = { ...invoice, outstandingMinor: 1, paidMinor: 1_234_566 };
  return CUSTOMER_KINDS.flatMap((kind) => {
    const customer = { ...PLAIN.customer, kind };
    const unpaid: NoticeFacts = { ...PLAIN, language, creditor, invoices: [invoice], customer };
    const others = Array.from({ length: 99 }, () => reduced);
    return [
      unpaid,
      { ...unpaid, invoices: [reduced] },
      { ...unpaid, invoices: [reduced], today: '2026-10-21' },
      { ...unpaid, invoices: [invoice, ...others] },
      { ...unpaid, invoices: [invoice, ...others], today: '2026-10-21' },
    ];
  });
}
