/** Where a file is broken and how: nothing of it is taken. Lines and columns count from 1. */
export interface StatementFault {
  readonly line: number;
  readonly column?: number;
  /** The element of an XML file, such as `/Document/BkToCstmrStmt/Stmt/Ntry[3]/Amt`. */
  readonly path?: string;
  readonly detail: string;
}

/** What a file of the bank says, or the first place where it cannot be believed. */
export type Reading<Value> = { ok: true; value: Value } | { ok: false; fault: StatementFault };

/** What a bank says of a booking beside its money; every text is clean and short enough to be kept. */
export interface BookingWords {
  readonly debtorName?: string;
  /** Without spaces, check digits right. */
  readonly debtorIban?: string;
  readonly remittance?: string;
  readonly endToEndId?: string;
  /** The creditor reference the payer quoted in its own field. */
  readonly structuredReference?: string;
  /** The bank's own reference of the booking. */
  readonly bankReference?: string;
}

/** One payment within one booked entry. */
export interface Booking extends BookingWords {
  readonly movement: 'credit' | 'debit';
  /** `return` takes an earlier movement of the other direction back; `total` stands for payments another file tells one by one. */
  readonly nature: 'payment' | 'return' | 'total';
  /** What moved, with the charges of a return. */
  readonly amountMinor: number;
  /** What the bank took on top of the money given back. */
  readonly chargesMinor: number;
  readonly currency: string;
  readonly bookedOn: string;
  readonly valueOn: string;
  /** What tells the booking from others of its day, direction and amount; the same in every file that tells of it. */
  readonly identity: readonly string[];
}

/** A balance; `amountMinor` is below zero when the account is overdrawn. */
export interface Balance {
  readonly amountMinor: number;
  readonly currency: string;
  readonly on: string;
}

/** The statement of one account, before anything was decided on its bookings. */
export interface AccountStatement {
  readonly line: number;
  readonly path?: string;
  /** As the bank writes it, an IBAN without spaces; empty when the file does not say. */
  readonly account: string;
  /** The bank's own number of the statement. */
  readonly statementId: string;
  /** `null` when the statement does not say, or is one of several pages. */
  readonly opening: Balance | null;
  readonly closing: Balance | null;
  readonly bookings: readonly Booking[];
  /** How many entries are announced and not booked. */
  readonly notBooked: number;
  /** The last day of which it tells everything that was booked; `null` when it is no such list. */
  readonly throughOn: string | null;
}
