import type { CashReceipt } from '../domain/payment.ts';
import { editCase } from './edit-case.ts';
import { invoiceNumbers } from './invoice-numbers.ts';
import { CASES_PER_CHANGE_MAX, type Ledger } from './ports.ts';
import { raiseTask } from './raise-task.ts';

/**
 * The transaction that the payment a return names seems to be, told of before under another id, as long as nothing tells that it was taken back: then nobody knows whether the money that invoices have is
 * gone. Null when there is no such doubt: the payment is no duplicate, somebody has placed it, or both of its ids were returned.
 */
export async function doubtedOriginal(
  ledger: Pick<Ledger, 'loadReceipt'>,
  { credit, returned }: { credit: CashReceipt; returned: CashReceipt },
): Promise<CashReceipt | null> {
  const { possibleDuplicateOf, allocations, returnedMinor = 0 } = credit;
  if (!possibleDuplicateOf || allocations.length > 0) return null;
  const original = await ledger.loadReceipt(possibleDuplicateOf);
  const isReturned = (original?.returnedMinor ?? 0) >= returnedMinor + returned.unappliedMinor;
  return isReturned ? null : original;
}

/** Asks a person whether the money of these invoices was taken back, once; nobody when no invoice has it. */
export async function askAboutOriginal(
  ledger: Ledger,
  { original, returned, at }: { original: CashReceipt; returned: CashReceipt; at: string },
): Promise<void> {
  const ids = original.allocations.filter(({ amountMinor }) => amountMinor > 0).map(({ invoiceId }) => invoiceId);
  const loaded = await Promise.all(ids.map((invoiceId) => ledger.loadCaseFile(invoiceId)));
  const known = loaded.filter((file) => file !== null);
  // A person may have given it to more: the first of them are enough to find out.
  const customerId = known[0]?.dunningCase.invoice.customerId;
  const theirs = known.filter(({ dunningCase }) => dunningCase.invoice.customerId === customerId);
  const files = theirs.slice(0, CASES_PER_CHANGE_MAX);
  const [first, ...others] = files.map(({ dunningCase }) => dunningCase.invoice);
  if (!first) return;
  const { task, draft } = raiseTask({
    kind: 'attention',
    invoiceIds: [first.invoiceId, ...others.map(({ invoiceId }) => invoiceId)],
    customerId: first.customerId,
    title: `A payment of ${invoiceNumbers([first, ...others])} may have been taken back: find out`,
    reason: `Transaction ${returned.transactionId} returns ${returned.returnsTransactionId}, which seems to be the same money as ${original.transactionId}, and nothing tells yet that this was taken back. If it is the same, the bank has to tell of the return of ${original.transactionId}; until then the money counts as paid and nothing is sent.`,
    about: `doubted-return/${returned.transactionId}`,
    at,
  });
  if (await ledger.loadTask(task.taskId)) return;
  const cases = files.map((file) => editCase(file, { drafts: [draft], opensTasks: [task.taskId] }, at).write);
  await ledger.commit({ cases, tasks: [{ task, expectedVersion: null }] });
}
