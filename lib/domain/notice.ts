import type { Charges } from './charges.ts';
import type { CUSTOMER_KINDS, Language } from './customer.ts';
import type { Level } from './level.ts';
import type { Channel } from './step-claim.ts';

/**
 * Who is owed, as printed in a notice: the name and legal identity as they are configured, the account to pay into, and
 * where answers go.
 */
interface NoticeCreditor {
  readonly name: string;
  /** In international form: digits behind a plus, with or without spaces for the eye. */
  readonly phone: string;
  readonly iban: string;
  readonly bic: string;
  readonly replyToAddress: string;
  /** Legal form, capital, registered office and registration, for the foot of a letter. */
  readonly legalNotice: string;
  /** An https page that tells people what is done with their data, if there is one. */
  readonly privacyUrl: string | null;
  /** The lines of the letterhead below the name: street, postcode and town. */
  readonly addressLines: readonly string[];
  /** Who signs letters and formal notices: a name and a function. */
  readonly signatory: { readonly name: string; readonly title: string };
}

/**
 * One invoice as a notice states it. Amounts are minor units of `currency`, which has `exponent` decimals (ISO 4217).
 * `outstandingMinor` is what is asked for, without what is contested (`disputedMinor`). What is neither outstanding nor contested nor paid has been credited. `daysLate` is 0 until the due date has passed; `charges` is null when the notice claims none.
 */
export interface NoticeInvoice {
  readonly invoiceId: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly daysLate: number;
  readonly currency: string;
  readonly exponent: number;
  readonly totalMinor: number;
  readonly outstandingMinor: number;
  readonly disputedMinor: number;
  readonly paidMinor: number;
  readonly paymentReference?: string | undefined;
  readonly purchaseOrder?: string | undefined;
  readonly documentUrl?: string | undefined;
  readonly charges: Charges | null;
}

/** A postal address as it is printed on a letter, one line each, the name first. */
export interface PostalAddress {
  readonly lines: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** An earlier contact that a firmer notice recalls. */
export interface PastContact {
  readonly on: string;
  readonly channel: Channel;
}

/** A part of an instalment plan as a message names it: by when, and how much of it is to be paid, in minor units of the currency of the first invoice. */
export interface NoticeInstalment {
  readonly dueOn: string;
  readonly amountMinor: number;
}

/** What the debtor said on the phone, as its written confirmation repeats it. Amounts are minor units of the currency of the first invoice. */
export interface ConfirmedOutcome {
  readonly result: string;
  /** The date of the conversation. */
  readonly on: string;
  readonly promisedOn: string | null;
  readonly amountMinor: number | null;
  readonly category: string | null;
}

/**
 * Everything a message may say. `invoices` holds at least one; the first is the one the step is for, and the others are further invoices of the same debtor that the
 * message serves, most overdue first.
 */
export interface NoticeFacts {
  readonly language: Language;
  readonly creditor: NoticeCreditor;
  readonly customer: {
    readonly name: string;
    readonly kind: (typeof CUSTOMER_KINDS)[number];
    readonly address: PostalAddress | null;
  };
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  readonly invoices: readonly [NoticeInvoice, ...NoticeInvoice[]];
  readonly stepId: string;
  readonly level: Level;
  /** The date of the notice, in the debtor's zone. */
  readonly today: string;
  /** The date by which an answer is expected: today and what the notice grants. */
  readonly respondBy: string;
  /** The days a notice grants; of a formal notice, counted from its receipt. */
  readonly grantsDays: number;
  /** Earlier contacts about the first invoice, oldest first. */
  readonly pastContacts: readonly PastContact[];
  /** The last promise to pay that is known, recalled in later notices. */
  readonly lastPromise: { readonly promisedOn: string; readonly amountMinor: number | null } | null;
  /** What a confirmation confirms; null in every notice. */
  readonly confirms: ConfirmedOutcome | null;
  /** The parts of an instalment plan that a confirmation speaks of; none in every other message. */
  readonly instalments: readonly NoticeInstalment[];
}

/** A picture inside an email, referred to in its HTML as `cid:<contentId>`. */
export interface InlineImage {
  readonly contentId: string;
  readonly contentType: 'image/png';
  readonly bytes: Uint8Array;
}

/** An email ready to be addressed: one line of subject, the same notice as HTML and as plain text, and the pictures in it. */
export interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly images: readonly InlineImage[];
}

/** A letter ready to be printed: its object, its wording as plain text, and the PDF. */
export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly pdf: Uint8Array;
}
