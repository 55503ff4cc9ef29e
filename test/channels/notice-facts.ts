import type { NoticeFacts } from '../../lib/domain/notice.ts';

/** A notice about an invoice of 1 200,00 € that nobody has paid; anything can be replaced. */
export function aNotice({ invoice, creditor, ...facts }: NoticeFactsParts = {}): NoticeFacts {
  return {
    language: 'fr',
    customer: { name: 'Boulangerie Martin SARL', kind: 'business' },
    contactName: 'Anne Martin',
    stepId: 'A1',
    level: 'level1',
    today: '2026-11-02',
    daysLate: 2,
    respondBy: '2026-11-09',
    ...facts,
    creditor: {
      name: 'Ateliers du Ponant SAS',
      phone: '+33 2 98 00 01 02',
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      replyToAddress: 'comptabilite@ponant.example',
      legalNotice: 'SAS au capital de 50 000 €, 12 quai de la Douane, 29200 Brest, RCS Brest 123 456 789',
      privacyUrl: null,
      ...creditor,
    },
    invoice: {
      number: '2026-0042',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-31',
      currency: 'EUR',
      exponent: 2,
      totalMinor: 120_000,
      outstandingMinor: 120_000,
      paidMinor: 0,
      ...invoice,
    },
  };
}

type NoticeFactsParts = Partial<Omit<NoticeFacts, 'invoice' | 'creditor'>> & {
  readonly invoice?: Partial<NoticeFacts['invoice']>;
  readonly creditor?: Partial<NoticeFacts['creditor']>;
};

/** A text with every space made plain, so that a test can speak of words. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00A0\u202F]/g, ' ');
}
