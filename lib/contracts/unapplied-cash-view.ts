import { moneyText } from './money-text.ts';

/**
 * Money that matched no invoice: an integer of minor units, the bank's booking date, and the invoices it may be for.
 */
export interface UnappliedCash {
  readonly transactionId: string;
  /** `return` is a payment taken back: money out, not in. */
  readonly kind: 'credit' | 'return';
  readonly amountMinor: number;
  readonly currency: string;
  readonly bookedOn: string;
  readonly remittance: string | null;
  readonly suggestions: readonly {
    readonly invoiceIds: readonly string[];
    readonly rule: string;
    readonly why: string;
  }[];
}

/** A slice of the unapplied cash; `cursor` asks for the next one and is null at the end. */
export interface UnappliedCashPage {
  readonly items: readonly UnappliedCash[];
  readonly cursor: string | null;
}

/** The answer of `GET /unapplied-cash`. */
export function unappliedCashView({ items, cursor }: UnappliedCashPage) {
  return { items: items.map(unappliedCashItemView), cursor };
}

/** One item of the unapplied cash on the wire. */
export function unappliedCashItemView(item: UnappliedCash) {
  const { transactionId, kind, amountMinor, currency, bookedOn, remittance, suggestions } = item;
  return { transactionId, kind, amount: moneyText({ amountMinor, currency }), bookedOn, remittance, suggestions };
}
