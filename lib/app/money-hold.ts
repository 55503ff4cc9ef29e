import { isOwed } from '../domain/dunning-case.ts';
import { type Hold, overtaking } from '../domain/hold.ts';
import type { Task } from '../domain/task.ts';
import { holdPlaced } from './place-hold.ts';
import type { CaseLedger } from './ports.ts';
import { taskIdOf, taskRaised } from './raise-task.ts';
import { restateCase } from './restate-case.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Why a case waits for what becomes of money that no invoice took, and the task that asks a person about it: its end lifts the hold. `ask` makes it, when it is not there yet. */
interface MoneyHold {
  readonly reason: Extract<Hold['reason'], 'net-creditor' | 'unplaced-payment'>;
  readonly taskId: string;
  readonly ask: () => Task;
  readonly today: string;
  readonly at: string;
}

/** Holds a case for money; what people have in hand about it is withdrawn. Nothing happens when it owes nothing, waits for it already, or somebody has dealt with the money. */
export function holdForMoney(ledger: CaseLedger, invoiceId: string, moneyHold: MoneyHold): Promise<void> {
  const { reason, taskId, ask, today, at } = moneyHold;
  return withFreshRead(async () => {
    const [file, known] = await Promise.all([ledger.loadCaseFile(invoiceId), ledger.loadTask(taskId)]);
    if (!file || !isOwed(file.dunningCase) || file.dunningCase.hold?.taskId === taskId) return;
    if (known?.state === 'done') return;
    const hold = overtaking({ reason, since: today, until: null, taskId }, file.dunningCase.hold);
    const task = known ? joinedBy(known, invoiceId) : { ...ask(), taskId };
    const edit = { drafts: [holdPlaced(hold), taskRaised(task)], changes: { hold }, opensTasks: [taskId] };
    const { cases, tasks = [] } = await restateCase(ledger, file, edit, at);
    const asked = task === known ? [] : [{ task, expectedVersion: known?.version ?? null }];
    await ledger.commit({ cases, tasks: [...tasks, ...asked] });
  });
}

function joinedBy(task: Task, invoiceId: string): Task {
  if (task.invoiceIds.includes(invoiceId)) return task;
  return { ...task, version: task.version + 1, invoiceIds: [...task.invoiceIds, invoiceId] };
}

/** The id of the task about money: another one after each that ended without a person saying that it is done, since nobody has dealt with the money then. */
export async function moneyTaskId(
  ledger: Pick<CaseLedger, 'loadTask'>,
  { subjectId, about }: { subjectId: string; about: string },
): Promise<string> {
  const taskId = taskIdOf({ kind: 'unapplied-cash', subjectId, about });
  const known = await ledger.loadTask(taskId);
  const isOver = known?.state === 'done' && known.outcome !== 'done';
  return isOver ? moneyTaskId(ledger, { subjectId, about: `${about}/after/${taskId}` }) : taskId;
}
