import { type CaseFile, claimsOfCycle } from '../domain/case-file.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';
import { type CaseEdit, type ClaimMove, editCase } from './edit-case.ts';
import { hasSpoken, isCallAboutBroken } from './overtaken-call.ts';
import type { CaseLedger, CaseWrite, LedgerChange, TaskWrite } from './ports.ts';
import { closedByRelance, endedTask, overwrite, taskWithout } from './task-ending.ts';

/**
 * What a fact does to the work people have about a case: the tasks to write, the steps of the case that were in somebody's hands, the tasks it has no longer open with the entries that
 * say so, and what it does to the debtor's other cases. `file` is the case these are to be written over.
 */
export interface SettledTasks {
  readonly file: CaseFile;
  readonly tasks: readonly TaskWrite[];
  readonly moves: readonly ClaimMove[];
  readonly drafts: readonly HistoryDraft[];
  readonly closedTaskIds: readonly string[];
  readonly others: readonly CaseWrite[];
}

/**
 * Takes a case that is paid out of every open task about it, so that nobody calls or writes for money that is in. A task about nothing else is closed. Work that speaks of what is owed (a
 * call, an approval, a letter that is not posted yet) is withdrawn: the steps of the other invoices in it are open again, and get work that is true.
 */
export async function settleTasks(ledger: CaseLedger, file: CaseFile, at: string): Promise<SettledTasks> {
  const { file: ready, open } = await withdrawAhead(ledger, file, { isTaken: isWorkInHand, at });
  const { invoice, openTaskIds } = ready.dunningCase;
  const settled = open.map((task) => settledTask(task, invoice.invoiceId, at));
  const moves = [...claimsOfCycle(ready).values()]
    .filter(({ state }) => OPEN_STATES.includes(state))
    .map((step): ClaimMove => ({ step, transition: { state: 'skipped', skipReason: 'case-settled' } }));
  return {
    file: ready,
    tasks: settled.map(overwrite),
    moves,
    drafts: settled.filter(({ state }) => state === 'done').map(closedByRelance),
    closedTaskIds: openTaskIds,
    others: await reopenOthers(ledger, ready, { withdrawn: open.filter(isWorkInHand), at }),
  };
}

/** What a claim is in while its step may still be served, and no message is on its way. */
const OPEN_STATES: readonly StepClaim['state'][] = ['assigned', 'approved', 'released'];

/** Withdraws the letters about a case that are not posted yet. Their steps are open again, in every case they name, and get a letter that is true. */
export function withdrawLetters(ledger: CaseLedger, file: CaseFile, at: string): Promise<SettledTasks> {
  return withdraw(ledger, file, { isTaken: isUnpostedLetter, at });
}

/**
 * Withdraws the work that speaks of what a case owes, because that is no longer true or has to wait: calls, approvals, and letters that are not posted yet. Their steps are open again, in
 * every case they name, and get work that is true. Where the debtor has spoken anew, nobody calls about what they had not kept either.
 *
 * @param told what happens to the case
 */
export function withdrawWork(
  ledger: CaseLedger,
  file: CaseFile,
  { told, at }: { told: readonly Pick<HistoryDraft, 'type'>[]; at: string },
): Promise<SettledTasks> {
  const isOvertaken = hasSpoken(told) ? (task: Task) => isCallAboutBroken(file.dunningCase, task) : () => false;
  return withdraw(ledger, file, { isTaken: (task) => isWorkInHand(task) || isOvertaken(task), at });
}

/** Which of the open tasks are taken, and when. */
interface Withdrawal {
  readonly isTaken: (task: Task) => boolean;
  readonly at: string;
}

async function withdraw(ledger: CaseLedger, file: CaseFile, withdrawal: Withdrawal): Promise<SettledTasks> {
  const { file: ready, open } = await withdrawAhead(ledger, file, withdrawal);
  return withdrawTasks(ledger, ready, { withdrawn: open.filter(withdrawal.isTaken), at: withdrawal.at });
}

/** Actions that the debtor's other cases may take in one change: what one letter of twenty invoices takes, with a little to spare. The case itself and its money need the rest. */
const OTHERS_ACTIONS_MAX = 80;

/**
 * Leaves no more shared work on a case than one transaction can withdraw: what is beyond goes in transactions of its own, before the fact. Work that is withdrawn too early is made again,
 * and true. Answers the case as it is then, with its open tasks.
 */
async function withdrawAhead(
  ledger: CaseLedger,
  file: CaseFile,
  withdrawal: Withdrawal,
): Promise<{ readonly file: CaseFile; readonly open: readonly Task[] }> {
  const { isTaken, at } = withdrawal;
  const open = await openTasksOf(ledger, file);
  const taken = open.filter(isTaken);
  if (taken.length < 2) return { file, open };
  const others = await reopenOthers(ledger, file, { withdrawn: taken, at });
  if (actionsOf(others) <= OTHERS_ACTIONS_MAX) return { file, open };
  const alone = await withdrawTasks(ledger, file, { withdrawn: taken.slice(0, 1), at });
  const own = editCase(file, editOf(alone), at);
  await ledger.commit({ cases: [own.write, ...alone.others], tasks: alone.tasks });
  return withdrawAhead(ledger, own.file, withdrawal);
}

function actionsOf(writes: readonly CaseWrite[]): number {
  return writes.reduce((sum, { entries, claims = [] }) => sum + 1 + entries.length + claims.length, 0);
}

async function withdrawTasks(
  ledger: CaseLedger,
  file: CaseFile,
  { withdrawn, at }: { withdrawn: readonly Task[]; at: string },
): Promise<SettledTasks> {
  const ended = withdrawn.map((task) => endedTask(task, 'withdrawn', at));
  return {
    file,
    tasks: ended.map(overwrite),
    moves: reopened(file, withdrawn),
    drafts: ended.map(closedByRelance),
    closedTaskIds: ended.map(({ taskId }) => taskId),
    others: await reopenOthers(ledger, file, { withdrawn, at }),
  };
}

/**
 * What withdraws one task that a case is in somebody's hands under, in whose place something else has come; null when it is no work that can be withdrawn (any more).
 *
 * @param file a case that the task names
 */
export async function withdrawalOf(
  ledger: CaseLedger,
  file: CaseFile,
  { taskId, at }: { taskId: string; at: string },
): Promise<Required<Pick<LedgerChange, 'cases' | 'tasks'>> | null> {
  const task = await ledger.loadTask(taskId);
  if (task?.state !== 'open' || !isWorkInHand(task)) return null;
  const withdrawn = await withdrawTasks(ledger, file, { withdrawn: [task], at });
  const { write } = editCase(file, editOf(withdrawn), at);
  return { cases: [write, ...withdrawn.others], tasks: withdrawn.tasks };
}

/** The edit of the case itself, when nothing else happens to it. */
export function editOf({ moves, drafts, closedTaskIds }: SettledTasks): CaseEdit {
  return { moves, drafts, closesTasks: closedTaskIds, wakes: true };
}

async function openTasksOf(ledger: CaseLedger, { dunningCase }: CaseFile): Promise<Task[]> {
  const loaded = await Promise.all(dunningCase.openTaskIds.map((taskId) => ledger.loadTask(taskId)));
  return loaded.filter((task) => task !== null).filter(({ state }) => state === 'open');
}

function isUnpostedLetter({ kind, postedOn }: Task): boolean {
  return kind === 'letter' && postedOn === undefined;
}

function isWorkInHand(task: Task): boolean {
  return task.kind === 'call' || task.kind === 'approval' || isUnpostedLetter(task);
}

/** A task of a case that is paid. Whoever posts letters by themselves hears of one that is withdrawn, be it about other invoices too or not. */
function settledTask(task: Task, invoiceId: string, at: string): Task {
  const isShared = task.invoiceIds.some((id) => id !== invoiceId);
  const isWithdrawn = isUnpostedLetter(task) || (isWorkInHand(task) && isShared);
  return isWithdrawn ? endedTask(task, 'withdrawn', at) : taskWithout(task, invoiceId, { ending: 'case-settled', at });
}

/** The steps that were in hand under these tasks, open again. They remember the task, and a letter for ever: it may have been posted while it was withdrawn. */
function reopened(file: CaseFile, tasks: readonly Task[]): ClaimMove[] {
  return tasks.flatMap(({ taskId, kind }) =>
    [...claimsOfCycle(file).values()]
      .filter((claim) => claim.taskId === taskId && claim.state === 'assigned')
      .map((step): ClaimMove => {
        const letters = kind === 'letter' && { withdrawnTaskIds: [...(step.withdrawnTaskIds ?? []), taskId] };
        return { step, transition: { state: 'released', taskId, ...letters, detail: `${kind}-withdrawn` } };
      }),
  );
}

/** The debtor's other cases that the withdrawn tasks name, each written once whatever it had in how many of them. */
async function reopenOthers(
  ledger: CaseLedger,
  { dunningCase }: CaseFile,
  { withdrawn, at }: { withdrawn: readonly Task[]; at: string },
): Promise<CaseWrite[]> {
  const named = new Set(withdrawn.flatMap(({ invoiceIds }) => invoiceIds));
  named.delete(dunningCase.invoice.invoiceId);
  const loaded = await Promise.all([...named].map((id) => ledger.loadCaseFile(id)));
  return loaded
    .filter((file) => file !== null)
    .map((file) => {
      const { invoiceId } = file.dunningCase.invoice;
      const tasks = withdrawn.filter(({ invoiceIds }) => invoiceIds.includes(invoiceId));
      const moves = reopened(file, tasks);
      const drafts = tasks.map((task) => closedByRelance({ ...task, outcome: 'withdrawn' }));
      const closesTasks = tasks.map(({ taskId }) => taskId);
      return editCase(file, { moves, drafts, closesTasks, wakes: moves.length > 0 }, at).write;
    });
}
