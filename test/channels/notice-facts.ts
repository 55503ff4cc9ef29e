import type { NoticeFacts, NoticeInvoice } from '../../lib/domain/notice.ts';

/** An invoice of 1 200,00 € as a notice states it, two days late and unpaid; anything can be replaced. */
export function aNoticeInvoice(parts: Partial<NoticeInvoice> = {}): NoticeInvoice {
  return {
    invoiceId: 'INV-2026-0042',
    number: '2026-0042',
    issuedOn: '2026-10-01',
    dueOn: '2026-10-31',
    daysLate: 2,
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

/** A notice about one such invoice, and about `others` when there are any; anything can be replaced. */
export function aNotice({ invoice, others = [], creditor, customer, ...facts }: NoticeFactsParts = {}): NoticeFacts {
  return {
    language: 'fr',
    contactName: 'Anne Martin',
    contactPhone: null,
    stepId: 'A1',
    level: 'level1',
    today: '2026-11-02',
    respondBy: '2026-11-09',
    grantsDays: 8,
    pastContacts: [],
    lastPromise: null,
    confirms: null,
    instalments: [],
    ...facts,
    customer: { name: 'Boulangerie Martin SARL', kind: 'business', address: null, ...customer },
    creditor: {
      name: 'Ateliers du Ponant SAS',
      phone: '+33 2 98 00 01 02',
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      replyToAddress: 'comptabilite@ponant.example',
      legalNotice: 'SAS au capital de 50 000 €, 12 quai de la Douane, 29200 Brest, RCS Brest 123 456 789',
      privacyUrl: null,
      addressLines: ['12 quai de la Douane', '29200 Brest'],
      signatory: { name: 'Claire Le Goff', title: 'Directrice financière' },
      ...creditor,
    },
    invoices: [aNoticeInvoice(invoice), ...others],
  };
}

type NoticeFactsParts = Partial<Omit<NoticeFacts, 'invoices' | 'creditor' | 'customer'>> & {
  readonly invoice?: Partial<NoticeInvoice>;
  readonly others?: readonly NoticeInvoice[];
  readonly creditor?: Partial<NoticeFacts['creditor']>;
  readonly customer?: Partial<NoticeFacts['customer']>;
};

/** A text with every space made plain, so that a test can speak of words. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00A0\u202F]/g, ' ');
}
