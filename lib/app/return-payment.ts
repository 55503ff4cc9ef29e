import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { ConflictError, ContractError, invariant } from '../domain/errors.ts';
import { type CashReceipt, isWaitingReturn } from '../domain/payment.ts';
import { receiptAfterReturn, returnAfter, splitReturn, type TakenBack } from '../domain/taken-back.ts';
import type { PaymentDeps } from './allocation-terms.ts';
import { askAboutReturn } from './ask-about-return.ts';
import { askAboutOriginal, doubtedOriginal } from './doubted-return.ts';
import { findDuplicate, leaveDuplicate } from './find-duplicate.ts';
import { findReturnedPayment } from './find-returned-payment.ts';
import { unappliedReceipt } from './keep-unapplied.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { CaseLedger, Ledger, LedgerChange } from './ports.ts';
import { recallWork } from './recall-work.ts';
import { isOneTransaction, StagedChange } from './staged-change.ts';
import { owedAgain, takeFromInvoice } from './take-from-invoice.ts';
import { tellNewProfile } from './tell-new-profile.ts';
import { endPlacing } from './unplaced-payment.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What became of a return: the invoices it took money from, and whether all of it was taken back. */
export interface ReturnOutcome {
  readonly outcome: 'applied' | 'unapplied' | 'duplicate';
  readonly invoiceIds: readonly string[];
}

/**
 * Takes a payment back from whoever had it, in one transaction with the return's receipt: first from the invoice that its words name, then what no invoice took of it, then from the invoices, the last of them first.
 * What cannot be taken back is kept on the receipt and listed: the payment is not known (yet), was less, or was probably taken back before, as the other source of bank data told.
 *
 * @throws ConflictError when a case or the payment is written by others meanwhile
 */
export async function returnPayment(deps: PaymentDeps, cash: ReceivedCash): Promise<ReturnOutcome> {
  const { ledger } = deps;
  const back = { ...cash, ...(await findReturnedPayment(ledger, cash)) };
  const told = await findDuplicate(ledger, back);
  const receipt = receiptOf(back);
  const taken = told ? null : await takeBack(deps, receipt, { isKept: false, at: cash.receivedAt });
  if (taken) return taken;
  const kept = await ledger.keepUnapplied(told ? unappliedReceipt(back, leaveDuplicate(told)) : receipt);
  return { outcome: kept === 'duplicate' ? 'duplicate' : 'unapplied', invoiceIds: [] };
}

function receiptOf(back: ReceivedCash & Pick<CashReceipt, 'namedInvoiceId'>): CashReceipt {
  const suggestedInvoiceIds = back.namedInvoiceId ? [back.namedInvoiceId] : [];
  return {
    ...{ ...back, allocations: [], unappliedMinor: back.amountMinor, unappliedReason: 'returned-payment' },
    suggestedInvoiceIds,
  };
}

/**
 * Has a payment and its return find each other, whichever of them was booked last: each looks for the other after it is kept, so that at least one of two that are booked at once sees both. Safe to do again: what was taken back
 * is not taken twice, and whoever was interrupted finishes when the same transaction comes again. Where the payment is told of under two ids, its return under the first decides about the second, and a return under the second
 * alone has a person find out.
 *
 * @param booked the payment or the return that was booked; `at` is the UTC instant
 * @returns what was taken back here for the return that was booked; null when that is nothing
 */
export async function settleReturns(
  deps: PaymentDeps,
  booked: Pick<ReceivedCash, 'transactionId' | 'kind' | 'returnsTransactionId'> & { readonly at: string },
): Promise<ReturnOutcome | null> {
  const { ledger } = deps;
  const { transactionId, kind, at } = booked;
  if (kind === 'credit') {
    for (const returnId of await ledger.listReturnIds(transactionId)) await settleOne(deps, returnId, at);
    return null;
  }
  const settled = await settleOne(deps, transactionId, at);
  const { returnsTransactionId } = (await ledger.loadReceipt(transactionId)) ?? booked;
  const credit = returnsTransactionId ? await ledger.loadReceipt(returnsTransactionId) : null;
  if (credit) await endReturned(deps, credit, at);
  const duplicateId = returnsTransactionId && (await ledger.loadDuplicateId(returnsTransactionId));
  for (const returnId of duplicateId ? await ledger.listReturnIds(duplicateId) : [])
    await settleOne(deps, returnId, at);
  return settled;
}

/** Has what waits for a payment go on that was taken back as a whole, also where that was told before and whoever heard it was interrupted. Of one that is left in part, what it covers now is no question of a return that was told before. */
export async function endReturned(deps: PaymentDeps, credit: CashReceipt, at: string): Promise<void> {
  if (credit.returnedMinor && credit.unappliedMinor === 0) await endPlacing(deps, credit.transactionId, at);
}

/** Takes back all that a return that waits can take back, in as many transactions as that needs. */
async function settleOne(deps: PaymentDeps, returnId: string, at: string): Promise<ReturnOutcome | null> {
  const { ledger } = deps;
  const taken: ReturnOutcome[] = [];
  await withFreshRead(async () => {
    for (let isDone = false; !isDone; ) {
      const receipt = await ledger.loadReceipt(returnId);
      if (!receipt || !isWaitingReturn(receipt)) return;
      const more = await takeBack(deps, receipt, { isKept: true, at });
      isDone = more === null;
      if (more) taken.push(more);
      else await askIfDoubted(deps, receipt, at);
    }
  });
  const last = taken.at(-1);
  return last ? { ...last, invoiceIds: taken.flatMap(({ invoiceIds }) => invoiceIds) } : null;
}

async function askIfDoubted({ ledger }: PaymentDeps, returned: CashReceipt, at: string): Promise<void> {
  const credit = await creditOf(ledger, returned);
  const original = credit && (await doubtedOriginal(ledger, { credit, returned }));
  if (original) await askAboutOriginal(ledger, { original, returned, at });
}

/** Takes back what can be taken back of the payment that a return names, as much as one transaction holds; null when that is nothing. */
async function takeBack(
  deps: PaymentDeps,
  returned: CashReceipt,
  { isKept, at }: { isKept: boolean; at: string },
): Promise<ReturnOutcome | null> {
  const { ledger } = deps;
  const credit = await creditOf(ledger, returned);
  if (!credit || (await doubtedOriginal(ledger, { credit, returned }))) return null;
  const all = splitReturn(credit, returned.unappliedMinor, returned.namedInvoiceId);
  if (all.excessMinor === returned.unappliedMinor) return null;
  const { change, taken, customerId } = await changeInOne(deps, { credit, returned, taken: all, at });
  const after = { ...returnAfter(returned, taken), ...(credit.customerId && { customerId: credit.customerId }) };
  const replacedReturn = { receipt: after, over: returned };
  const before = customerId === null ? null : await ledger.loadCustomer(customerId);
  const written = await ledger.commit({
    ...change,
    replacedReceipt: { receipt: receiptAfterReturn(credit, taken), over: credit },
    ...(isKept ? { replacedReturn } : { receipt: after }),
  });
  const invoiceIds = taken.parts.map(({ invoiceId }) => invoiceId);
  if (written === 'duplicate') return { outcome: 'duplicate', invoiceIds };
  await tellNewProfile(ledger, { before, change, at });
  if (taken.unappliedMinor > 0) await endPlacing(deps, credit.transactionId, at);
  return { outcome: after.unappliedMinor === 0 ? 'applied' : 'unapplied', invoiceIds };
}

/** The payment that a return names, when it was received, in the same currency. */
async function creditOf(ledger: Ledger, { returnsTransactionId, currency }: CashReceipt): Promise<CashReceipt | null> {
  const credit = returnsTransactionId === undefined ? null : await ledger.loadReceipt(returnsTransactionId);
  return credit?.kind === 'credit' && credit.currency === currency ? credit : null;
}

/** What one transaction takes back, and the debtor it is about; null when it is about no invoice. */
interface TakenInOne {
  readonly change: LedgerChange;
  readonly taken: TakenBack;
  readonly customerId: string | null;
}

/** What is taken back of a payment, from the invoices of one debtor. */
interface Taking {
  readonly credit: CashReceipt;
  readonly returned: CashReceipt;
  readonly taken: TakenBack;
  readonly at: string;
}

/** The change that takes all of it back, or from one invoice only, where people have too much in hand about them all for one transaction. */
async function changeInOne(deps: PaymentDeps, taking: Taking): Promise<TakenInOne> {
  const files = await Promise.all(taking.taken.parts.map(({ invoiceId }) => loadPaid(deps.ledger, invoiceId)));
  const [first] = files;
  if (!first) return { change: { cases: [] }, taken: { ...taking.taken, parts: [] }, customerId: null };
  const { customerId } = first.dunningCase.invoice;
  const theirs = files.filter(({ dunningCase }) => dunningCase.invoice.customerId === customerId);
  const ids = theirs.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  const parts = taking.taken.parts.filter(({ invoiceId }) => ids.includes(invoiceId));
  const all = { taken: { ...taking.taken, parts }, customerId };
  const change = await takeFromEach(deps, { ...taking, taken: all.taken }, theirs);
  if (isOneTransaction(change)) return { ...all, change };
  if (parts.length === 1) return recallFirst(deps.ledger, parts, taking.at);
  return changeInOne(deps, { ...taking, taken: { ...taking.taken, parts: parts.slice(0, 1) } });
}

/** People have too much in hand about one invoice alone: that is taken back in transactions of its own, before the money is. Work that is withdrawn too early is made again, and true. */
async function recallFirst(ledger: Ledger, parts: TakenBack['parts'], at: string): Promise<never> {
  for (const { invoiceId } of parts) await recallWork(ledger, invoiceId, at);
  throw new ConflictError('the work about the invoice is recalled: what to take back has to be read again');
}

async function loadPaid(ledger: CaseLedger, invoiceId: string): Promise<CaseFile> {
  const file = await ledger.loadCaseFile(invoiceId);
  if (file) return file;
  throw new ContractError(`case ${invoiceId}, which was paid, is gone`);
}

/**
 * The one change that takes each invoice's part, each worked out on what the ones before leave, with the task that asks a person about those that are owed again.
 */
async function takeFromEach(deps: PaymentDeps, taking: Taking, files: readonly CaseFile[]): Promise<LedgerChange> {
  const { credit, returned, taken, at } = taking;
  const parts = taken.parts.map((part) => ({ ...part, returned, creditId: credit.transactionId }));
  const owing = await Promise.all(
    parts.map(async (part) => {
      const file = fileOf(files, part.invoiceId);
      return { part, file, owed: await owedAgain(deps, file, part) };
    }),
  );
  const owed = owing.filter((one) => one.owed !== 'nothing');
  const ask = askAboutReturn(
    owed.map((one) => ({ ...one, isPaid: one.owed === 'charges' })),
    { credit, returned, at },
  );
  const today = dateIn(at, deps.creditorTimeZone);
  const staged = new StagedChange(deps.ledger);
  for (const part of parts) {
    const file = await loadPaid(staged, part.invoiceId);
    const asked = ask && owed.some((one) => one.part === part) ? { taskId: ask.task.taskId, draft: ask.draft } : null;
    await staged.commit(await takeFromInvoice({ ...deps, ledger: staged }, file, part, { asked, at, today }));
  }
  if (ask) await staged.commit({ cases: [], tasks: [{ task: ask.task, expectedVersion: null }] });
  return staged.change;
}

function fileOf(files: readonly CaseFile[], invoiceId: string): CaseFile {
  const file = files.find(({ dunningCase }) => dunningCase.invoice.invoiceId === invoiceId);
  invariant(file !== undefined, `invoice ${invoiceId} is one that was read`);
  return file;
}
