import type { CUSTOMER_KINDS, Language } from './customer.ts';
import type { Level } from './level.ts';

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
}

/**
 * The invoice as a notice states it. Amounts are minor units of `currency`, which has `exponent` decimals (ISO 4217).
 * What is neither outstanding nor paid has been credited.
 */
interface NoticeInvoice {
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly currency: string;
  readonly exponent: number;
  readonly totalMinor: number;
  readonly outstandingMinor: number;
  readonly paidMinor: number;
  readonly paymentReference?: string | undefined;
  readonly purchaseOrder?: string | undefined;
  readonly documentUrl?: string | undefined;
}

/** Everything a notice may say. */
export interface NoticeFacts {
  readonly language: Language;
  readonly creditor: NoticeCreditor;
  readonly customer: { readonly name: string; readonly kind: (typeof CUSTOMER_KINDS)[number] };
  readonly contactName: string | null;
  readonly invoice: NoticeInvoice;
  readonly stepId: string;
  readonly level: Level;
  /** The date of the notice, in the debtor's zone. */
  readonly today: string;
  /** Calendar days since the due date; 0 or less until it has passed. */
  readonly daysLate: number;
  /** The date by which an answer is expected: today and what the notice grants. */
  readonly respondBy: string;
}

/** An email ready to be addressed: one line of subject, and the same notice as HTML and as plain text. */
export interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
