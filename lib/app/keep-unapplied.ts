import type { CashReceipt } from '../domain/payment.ts';
import type { PaymentDeps } from './allocation-terms.ts';
import type { UnappliedMatch } from './match-cash.ts';
import type { ReceivedCash } from './pay-into.ts';
import { recallWork } from './recall-work.ts';
import { isOneTransaction, StagedChange } from './staged-change.ts';
import { holdUnplaced } from './unplaced-payment.ts';

/** Invoices named by words that are kept with a receipt. */
const SUGGESTED_MAX = 10;

/**
 * Keeps money that a person has to place, with what it could be for. The cases that it may pay wait for that, in the same transaction, so that nobody is asked for it meanwhile. `duplicate` when it was kept before.
 *
 * @throws ConflictError when a case is no longer what was read, or another one was kept as the duplicate of the same transaction meanwhile: whoever decided has to read again
 */
export async function keepUnapplied(
  deps: PaymentDeps,
  cash: ReceivedCash,
  match: UnappliedMatch,
): Promise<'committed' | 'duplicate'> {
  const { ledger } = deps;
  const receipt = unappliedReceipt(cash, match);
  const hold = async () => {
    const staged = new StagedChange(ledger);
    await holdUnplaced({ ...deps, ledger: staged }, receipt, cash.receivedAt);
    return { ...staged.change, receipt };
  };
  const change = await hold();
  if (change.cases.length === 0) return ledger.keepUnapplied(receipt);
  if (isOneTransaction(change)) return ledger.commit(change);
  // Work that is withdrawn too early is made again, and true.
  for (const { dunningCase } of change.cases) await recallWork(ledger, dunningCase.invoice.invoiceId, cash.receivedAt);
  return ledger.commit(await hold());
}

/** The receipt of money, in or out, that is left to a person. */
export function unappliedReceipt(
  cash: ReceivedCash & Pick<CashReceipt, 'namedInvoiceId'>,
  { reason, invoiceIds, suggestions, customerId, suggestedCustomerId, possibleDuplicateOf }: UnappliedMatch,
): CashReceipt {
  return {
    ...cash,
    ...(customerId && { customerId }),
    ...(suggestedCustomerId && { suggestedCustomerId }),
    ...(possibleDuplicateOf && { possibleDuplicateOf }),
    ...{ allocations: [], unappliedMinor: cash.amountMinor, unappliedReason: reason },
    suggestedInvoiceIds: invoiceIds.slice(0, SUGGESTED_MAX),
    ...(suggestions.length > 0 && {
      suggestions: suggestions.map((one) => ({ ...one, invoiceIds: [...one.invoiceIds] })),
    }),
  };
}
