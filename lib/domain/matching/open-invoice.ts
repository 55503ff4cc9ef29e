/** A payment as the bank tells it. `valueOn` is its value date; without it no discount can be in time. */
export interface IncomingPayment {
  readonly amountMinor: number;
  readonly currency: string;
  readonly valueOn?: string | undefined;
  readonly remittance?: string | undefined;
  readonly endToEndId?: string | undefined;
  readonly structuredReference?: string | undefined;
  readonly debtorName?: string | undefined;
  readonly debtorIban?: string | undefined;
}

/**
 * What money can be matched to. One that owes nothing says that the invoice is known and settled: it takes no money, but makes a text that
 * names it doubtful.
 * `percent` is a decimal string such as `"2.0"`; `discountBaseMinor` is what it is a percentage of: what is owed, unless a part was paid in time before.
 */
export interface OpenInvoice {
  readonly invoiceId: string;
  readonly number: string;
  readonly paymentReference?: string | undefined;
  readonly customerId: string;
  readonly customerName: string;
  readonly dueOn: string;
  readonly outstandingMinor: number;
  readonly currency: string;
  readonly earlyPaymentDiscount?: { readonly until: string; readonly percent: string } | undefined;
  readonly discountBaseMinor?: number | undefined;
}

/**
 * The invoices that could be meant, by how they were looked up. `byIban` holds **all** open invoices of the debtors who have paid from this
 * account before:
 * an invoice left out there could make a doubtful sum look unique.
 */
export interface MatchCandidates {
  readonly byReference: readonly OpenInvoice[];
  readonly byNumber: readonly OpenInvoice[];
  readonly byIban: readonly OpenInvoice[];
  readonly byName: readonly OpenInvoice[];
}

/** Oldest due date first; number and id only make the order complete. */
export function compareByDueDate(one: OpenInvoice, other: OpenInvoice): number {
  return (
    compareText(one.dueOn, other.dueOn) ||
    compareText(one.number, other.number) ||
    compareText(one.invoiceId, other.invoiceId)
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
