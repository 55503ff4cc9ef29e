import { type DunningCase, isOwed, outstandingMinor } from './dunning-case.ts';
import type { CashReceipt } from './payment.ts';

/** The invoices that money might be for which no invoice took any of: those that its words name, and those that are suggested. None of what is probably booked already. */
export function invoicesToPlaceOn(receipt: CashReceipt): string[] {
  const { kind, allocations, unappliedMinor, possibleDuplicateOf, suggestedInvoiceIds, suggestions = [] } = receipt;
  const isUnplaced = kind === 'credit' && unappliedMinor > 0 && allocations.length === 0 && !possibleDuplicateOf;
  if (!isUnplaced) return [];
  return [...new Set([...suggestedInvoiceIds, ...suggestions.flatMap(({ invoiceIds }) => invoiceIds)])];
}

/** Whether such money may be all that a case owes, and is meant for no other customer: then nobody is asked for it until a person has placed the money. */
export function mayBePaidBy(dunningCase: DunningCase, receipt: CashReceipt): boolean {
  const { invoiceId, currency, customerId } = dunningCase.invoice;
  return (
    isOwed(dunningCase) &&
    receipt.currency === currency &&
    receipt.suggestedCustomerId === customerId &&
    receipt.unappliedMinor >= outstandingMinor(dunningCase) &&
    invoicesToPlaceOn(receipt).includes(invoiceId)
  );
}
