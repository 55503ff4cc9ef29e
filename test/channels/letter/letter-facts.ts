import type { Charges } from '../../../lib/domain/charges.ts';
import type { NoticeFacts, NoticeInvoice } from '../../../lib/domain/notice.ts';

/** An invoice of 1 200,00 € that nobody has paid; anything can be replaced. */
export function anInvoice(parts: Partial<NoticeInvoice> = {}): NoticeInvoice {
  return {
    invoiceId: 'inv-0042',
    number: '2026-0042',
    issuedOn: '2026-09-01',
    dueOn: '2026-10-01',
    daysLate: 32,
    currency: 'EUR',
    exponent: 2,
    totalMinor: 120_000,
    outstandingMinor: 120_000,
    disputedMinor: 0,
    paidMinor: 0,
    charges: null,
    ...parts,
  };
}

/** Interest on one invoice over one period, and the compensation. */
export function someCharges(parts: Partial<Charges> = {}): Charges {
  const line = { from: '2026-10-02', to: '2026-11-02', days: 32, baseMinor: 120_000, annualRatePercent: '12.40' };
  return { interestMinor: 1_305, compensationMinor: 4_000, lines: [{ ...line, amountMinor: 1_305 }], ...parts };
}

/** Invoices of different amounts, as many as wanted. */
export function invoicesOf(
  count: number,
  parts: Partial<NoticeInvoice> = {},
): readonly [NoticeInvoice, ...NoticeInvoice[]] {
  const [first = anInvoice(parts), ...others] = Array.from({ length: count }, (_, index) =>
    anInvoice({
      invoiceId: `inv-${index + 1}`,
      number: `FA-2026-${String(index + 1).padStart(4, '0')}`,
      totalMinor: 100_000 + index * 12_345,
      outstandingMinor: 100_000 + index * 12_345,
      ...parts,
    }),
  );
  return [first, ...others];
}

/** The facts of a letter to a company in France about one invoice; anything can be replaced. */
export function letterFacts({ creditor, customer, ...facts }: LetterFactsParts = {}): NoticeFacts {
  return {
    language: 'fr',
    contactName: 'Anne Martin',
    contactPhone: '+33 1 23 45 67 89',
    invoices: [anInvoice()],
    stepId: 'C2',
    level: 'level3',
    today: '2026-11-02',
    respondBy: '2026-11-10',
    grantsDays: 8,
    pastContacts: [
      { on: '2026-10-03', channel: 'email' },
      { on: '2026-10-06', channel: 'call' },
      { on: '2026-10-16', channel: 'letter' },
    ],
    lastPromise: { promisedOn: '2026-10-20', amountMinor: 120_000 },
    confirms: null,
    instalments: [],
    ...facts,
    customer: {
      name: 'Boulangerie Martin SARL',
      kind: 'business',
      address: {
        lines: ['Boulangerie Martin SARL', '14 rue du Four', 'Bâtiment B', '75006 Paris', 'France'],
        country: 'FR',
      },
      ...customer,
    },
    creditor: {
      name: 'Ateliers du Ponant SAS',
      phone: '+33 2 98 00 01 02',
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      replyToAddress: 'comptabilite@ponant.example',
      legalNotice: 'SAS au capital de 50 000 €, 12 quai de la Douane, 29200 Brest, RCS Brest 123 456 789',
      privacyUrl: 'https://ponant.example/donnees',
      addressLines: ['12 quai de la Douane', 'CS 10234', '29200 Brest Cedex 2'],
      signatory: { name: 'Claire Le Goff', title: 'Directrice financière' },
      ...creditor,
    },
  };
}

type LetterFactsParts = Partial<Omit<NoticeFacts, 'creditor' | 'customer'>> & {
  readonly creditor?: Partial<NoticeFacts['creditor']>;
  readonly customer?: Partial<NoticeFacts['customer']>;
};
