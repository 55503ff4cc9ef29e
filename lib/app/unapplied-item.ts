import type { UnappliedCash } from '../contracts/unapplied-cash-view.ts';
import type { CashReceipt } from '../domain/payment.ts';

/** What is left of a receipt, as finance people see it. */
export function unappliedItemOf(receipt: CashReceipt): UnappliedCash {
  const { transactionId, kind, unappliedMinor, currency, bookedOn, remittance, suggestedInvoiceIds, unappliedReason } =
    receipt;
  const suggestion = { invoiceIds: suggestedInvoiceIds, rule: 'named-by-payer', why: unappliedReason ?? '' };
  const suggestions = receipt.suggestions ?? (suggestedInvoiceIds.length > 0 ? [suggestion] : []);
  return {
    transactionId,
    kind,
    amountMinor: unappliedMinor,
    currency,
    bookedOn,
    remittance: remittance ?? null,
    suggestions,
  };
}
