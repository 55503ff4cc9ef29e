import type { CashReceipt } from '../domain/payment.ts';
import type { UnappliedMatch } from './match-cash.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/** Invoices named by words that are kept with a receipt. */
const SUGGESTED_MAX = 10;

/**
 * Keeps money that a person has to place, or to take back, with what it could be for. `duplicate` when it was kept before.
 *
 * @throws ConflictError when another one was kept as the duplicate of the same transaction meanwhile: whoever decided has to read again
 */
export function keepUnapplied(
  ledger: Ledger,
  cash: ReceivedCash & Pick<CashReceipt, 'namedInvoiceId'>,
  { reason, invoiceIds, suggestions, customerId, suggestedCustomerId, possibleDuplicateOf }: UnappliedMatch,
): Promise<'committed' | 'duplicate'> {
  return ledger.keepUnapplied({
    ...cash,
    ...(customerId && { customerId }),
    ...(suggestedCustomerId && { suggestedCustomerId }),
    ...(possibleDuplicateOf && { possibleDuplicateOf }),
    ...{ allocations: [], unappliedMinor: cash.amountMinor, unappliedReason: reason },
    suggestedInvoiceIds: invoiceIds.slice(0, SUGGESTED_MAX),
    ...(suggestions.length > 0 && {
      suggestions: suggestions.map((one) => ({ ...one, invoiceIds: [...one.invoiceIds] })),
    }),
  });
}
