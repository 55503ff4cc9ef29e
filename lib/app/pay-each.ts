import { ConflictError } from '../domain/errors.ts';
import type { CashReceipt, MatchingRule } from '../domain/payment.ts';
import type { BookingDeps } from './allocation-terms.ts';
import { payInto, type ReceivedCash } from './pay-into.ts';
import type { LedgerChange } from './ports.ts';
import { StagedChange } from './staged-change.ts';

/** Money that several invoices of one debtor take, what there is of it before, and who says so. */
interface Shared {
  readonly cash: ReceivedCash;
  readonly leftMinor: number;
  readonly told: { readonly rule: MatchingRule; readonly actor: string };
}

/**
 * The one change that books each invoice's part of a payment, each worked out on what the ones before leave: they may share a debtor's work.
 *
 * @throws ConflictError when an invoice does not owe its part any more: who decided the parts has to read again
 */
export async function payEach(
  deps: BookingDeps,
  allocations: CashReceipt['allocations'],
  { cash, leftMinor: wholeMinor, told }: Shared,
): Promise<LedgerChange> {
  const staged = new StagedChange(deps.ledger);
  let leftMinor = wholeMinor;
  for (const { invoiceId, amountMinor } of allocations) {
    const file = await staged.loadCaseFile(invoiceId);
    if (!file) throw new ConflictError(`case ${invoiceId} is gone`);
    leftMinor -= amountMinor;
    await staged.commit(await payInto({ ...deps, ledger: staged }, file, { cash, amountMinor, leftMinor, told }));
  }
  return staged.change;
}
