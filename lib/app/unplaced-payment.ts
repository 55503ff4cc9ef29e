import { moneyText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { afterLift } from '../domain/hold.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { Task } from '../domain/task.ts';
import { invoicesToPlaceOn, mayBePaidBy } from '../domain/unplaced-payment.ts';
import { editCase } from './edit-case.ts';
import type { Message } from './gather-message.ts';
import { invoiceNumbers } from './invoice-numbers.ts';
import { holdForMoney, moneyTaskId } from './money-hold.ts';
import { CASES_PER_CHANGE_MAX, type CaseLedger, type Ledger } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import { closedByRelance, overwrite, taskWithout } from './task-ending.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What holding for money needs: whose dates count, and on whose list the task is, where that is known. */
interface HoldDeps<HeldIn = Ledger> {
  readonly ledger: HeldIn;
  readonly creditorTimeZone: string;
  readonly taskOwner?: string;
}

/**
 * Has the cases wait that money may pay which a person has to place, and asks one person to do that: from when it comes, so that nobody calls for it meanwhile. Whatever else keeps them back, and for how long, that is in force
 * beside it: what was promised may be what came. Those that wait for other money, or that are more than one transaction takes, are looked at before the next message about them.
 */
export async function holdUnplaced(deps: HoldDeps<CaseLedger>, receipt: CashReceipt, at: string): Promise<void> {
  const ids = invoicesToPlaceOn(receipt).slice(0, CASES_PER_CHANGE_MAX);
  if (ids.length === 0) return;
  const loaded = await Promise.all(ids.map((invoiceId) => deps.ledger.loadCaseFile(invoiceId)));
  const files = loaded.filter((file) => file !== null).filter(({ dunningCase }) => !dunningCase.hold?.taskId);
  await holdAll(deps, { receipt, files, at });
}

/**
 * Holds the cases of a message that money may pay which nobody has placed.
 *
 * @param unapplied the money that is, or may be, of the debtor
 * @returns the ids of the invoices of the message that are held; none where a person said that the money is for something else
 */
export async function holdUnplacedOf(
  deps: HoldDeps,
  { members }: Message,
  { unapplied, at }: { unapplied: readonly CashReceipt[]; at: string },
): Promise<string[]> {
  const held: string[] = [];
  for (const receipt of unapplied) {
    const files = members.map(({ file }) => file).filter((file) => !held.includes(file.dunningCase.invoice.invoiceId));
    held.push(...(await holdAll(deps, { receipt, files, at })));
  }
  return held;
}

async function holdAll(
  deps: HoldDeps<CaseLedger>,
  { receipt, files, at }: { receipt: CashReceipt; files: readonly CaseFile[]; at: string },
): Promise<string[]> {
  const paid = files.filter(({ dunningCase }) => mayBePaidBy(dunningCase, receipt));
  if (paid.length === 0) return [];
  const { ledger } = deps;
  const taskId = await placingTaskId(ledger, receipt.transactionId);
  // Somebody said that it is for something else.
  if ((await ledger.loadTask(taskId))?.state === 'done') return [];
  const today = dateIn(at, deps.creditorTimeZone);
  const ask = () => placingTask(deps, { receipt, files: paid, at });
  const ids = paid.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  for (const invoiceId of ids) {
    await holdForMoney(ledger, invoiceId, { reason: 'unplaced-payment', taskId, ask, today, at });
  }
  return ids;
}

function placingTaskId(ledger: CaseLedger, transactionId: string): Promise<string> {
  return moneyTaskId(ledger, { subjectId: transactionId, about: 'unplaced-payment' });
}

function placingTask(
  { taskOwner }: Pick<HoldDeps, 'taskOwner'>,
  { receipt, files, at }: { receipt: CashReceipt; files: readonly CaseFile[]; at: string },
): Task {
  const invoices = files.map(({ dunningCase }) => dunningCase.invoice);
  const [first, ...others] = invoices;
  const { transactionId, unappliedMinor, currency } = receipt;
  const text = `${moneyText({ amountMinor: unappliedMinor, currency }).amount} ${currency}`;
  return raiseTask({
    kind: 'unapplied-cash',
    invoiceIds: [first?.invoiceId ?? '', ...others.map(({ invoiceId }) => invoiceId)],
    customerId: first?.customerId ?? '',
    title: `Place a payment of ${text} that may be for ${invoiceNumbers(invoices)}`,
    reason: `Transaction ${transactionId} of ${text} is allocated to no invoice, because what it says leaves a doubt. It may be what is owed here: nothing is sent meanwhile. Allocate it to the invoices it is for, and notices go on where something is left; or say that it is done when it is for something else.`,
    ...(taskOwner && { owner: taskOwner }),
    at,
  }).task;
}

/** Has the cases go on that waited for money which was placed meanwhile, or taken back, so that it may not be all they owe any more; the task is off the list with the last of them. Other money that may be what they owe has them wait for that. Harmless when nobody was asked. */
export async function endPlacing(deps: HoldDeps, transactionId: string, at: string): Promise<void> {
  const { ledger } = deps;
  const receipt = await ledger.loadReceipt(transactionId);
  const taskId = await placingTaskId(ledger, transactionId);
  const task = await ledger.loadTask(taskId);
  if (!receipt || task?.state !== 'open') return;
  const gone: boolean[] = [];
  for (const invoiceId of task.invoiceIds) {
    gone.push(await withFreshRead(() => letGoOn(ledger, { invoiceId, taskId, receipt, at })));
  }
  if (gone.includes(true)) await holdForOthers(deps, task.customerId, at);
}

/** Has the cases of a customer wait for whatever money of theirs may be what they owe, after what they waited for was dealt with. */
export async function holdForOthers(deps: HoldDeps, customerId: string, at: string): Promise<void> {
  for (const receipt of await deps.ledger.listUnappliedOf(customerId)) await holdUnplaced(deps, receipt, at);
}

/** Whether the case waited for the money, and goes on now. */
async function letGoOn(
  ledger: Ledger,
  { invoiceId, taskId, receipt, at }: { invoiceId: string; taskId: string; receipt: CashReceipt; at: string },
): Promise<boolean> {
  const [file, task] = await Promise.all([ledger.loadCaseFile(invoiceId), ledger.loadTask(taskId)]);
  if (!file?.dunningCase.openTaskIds.includes(taskId) || task?.state !== 'open') return false;
  if (mayBePaidBy(file.dunningCase, receipt)) return false;
  const { hold } = file.dunningCase;
  const isLifted = hold?.taskId === taskId;
  const lifted: HistoryDraft = { type: 'HoldLifted', actor: 'relance', data: { reason: 'unplaced-payment' } };
  const drafts = [closedByRelance({ ...task, outcome: 'payment-placed' }), ...(isLifted ? [lifted] : [])];
  const edit = { drafts, changes: isLifted ? { hold: afterLift(hold) } : {}, closesTasks: [taskId], wakes: true };
  const without = taskWithout(task, invoiceId, { ending: 'payment-placed', at });
  await ledger.commit({ cases: [editCase(file, edit, at).write], tasks: [overwrite(without)] });
  return true;
}
