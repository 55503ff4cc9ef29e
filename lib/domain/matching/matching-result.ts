import { invariant } from '../errors.ts';
import { discountInTimeMinor } from './early-payment-discount.ts';
import { compareByDueDate, type OpenInvoice } from './open-invoice.ts';

/** How money found its invoices, the most trusted rule first. The last one never matches: it only suggests. */
type PaymentMatchingRule =
  | 'payment-reference'
  | 'invoice-number'
  | 'debtor-account'
  | 'open-invoices-sum'
  | 'name-and-amount';

/** A rule by which money is booked, not only suggested. */
export type BookingRule = Exclude<PaymentMatchingRule, 'name-and-amount'>;

/**
 * What one invoice takes of a payment. `forgivenMinor` is what it still owed and nobody claims any more: the early payment discount
 * (`settlesWithDiscount`)
 * or a shortfall within the tolerance. amountMinor + forgivenMinor is never more than it owed.
 */
export interface MatchedAllocation {
  readonly invoiceId: string;
  readonly amountMinor: number;
  readonly settlesWithDiscount: boolean;
  readonly forgivenMinor: number;
}

/** Invoices that a payment could be for, by which rule, and why. */
export interface MatchSuggestion {
  readonly invoiceIds: readonly string[];
  readonly rule: PaymentMatchingRule;
  readonly why: string;
}

/** Where a payment goes: to invoices, with the rule and the reason; or to a person, with at most 5 suggestions, the best first. */
export type PaymentMatch =
  | {
      readonly kind: 'matched';
      readonly rule: BookingRule;
      readonly why: string;
      readonly allocations: readonly MatchedAllocation[];
    }
  | { readonly kind: 'suggested'; readonly suggestions: readonly MatchSuggestion[] };

/** What invoices take of an amount, in order of due date, each what it owes; the last may be left with a rest, and so may the payment. */
export function allocateInOrder(invoices: readonly OpenInvoice[], amountMinor: number): MatchedAllocation[] {
  let restMinor = amountMinor;
  return [...invoices].sort(compareByDueDate).map(({ invoiceId, outstandingMinor }) => {
    const takenMinor = Math.min(outstandingMinor, restMinor);
    restMinor -= takenMinor;
    invariant(takenMinor > 0, `nothing is left for invoice ${invoiceId}`);
    return { invoiceId, amountMinor: takenMinor, settlesWithDiscount: false, forgivenMinor: 0 };
  });
}

/** What invoices take that are all settled, each with the discount it grants in time. */
export function allocateWithDiscount(
  invoices: readonly OpenInvoice[],
  valueOn: string | undefined,
): MatchedAllocation[] {
  return [...invoices].sort(compareByDueDate).map((invoice) => {
    const forgivenMinor = discountInTimeMinor(invoice, valueOn);
    const amountMinor = invoice.outstandingMinor - forgivenMinor;
    return { invoiceId: invoice.invoiceId, amountMinor, settlesWithDiscount: forgivenMinor > 0, forgivenMinor };
  });
}

/** What invoices take of an amount a little short of their sum: the last one is closed all the same. */
export function allocateAndForgive(invoices: readonly OpenInvoice[], amountMinor: number): MatchedAllocation[] {
  const forgivenMinor = sumOutstandingMinor(invoices) - amountMinor;
  const allocations = allocateInOrder(invoices, amountMinor);
  return allocations.map((one, place) => (place === allocations.length - 1 ? { ...one, forgivenMinor } : one));
}

/** What invoices owe together; they are in one currency. */
export function sumOutstandingMinor(invoices: readonly OpenInvoice[]): number {
  return invoices.reduce((sum, { outstandingMinor }) => sum + outstandingMinor, 0);
}

/** The numbers of invoices as a sentence lists them. */
export function listNumbers(invoices: readonly OpenInvoice[]): string {
  const numbers = [...invoices].sort(compareByDueDate).map(({ number }) => number);
  return `invoice${numbers.length > 1 ? 's' : ''} ${numbers.slice(0, -1).join(', ')}${numbers.length > 1 ? ' and ' : ''}${numbers.at(-1) ?? ''}`;
}
