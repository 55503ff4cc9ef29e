import type { HistoryDraft } from '../domain/history.ts';
import type { Task } from '../domain/task.ts';
import type { TaskWrite } from './ports.ts';

/** How the workflow itself takes a task off the list: `withdrawn` while money is owed, `case-settled` when nothing of it is, `dispute-resolved` and `payment-placed` when what it was for is decided. */
type Ending = 'withdrawn' | 'case-settled' | 'dispute-resolved' | 'payment-placed';

/** A task that the workflow takes off the list. */
export function endedTask(task: Task, outcome: Ending, at: string): Task {
  return { ...task, version: task.version + 1, state: 'done', outcome, closedAt: at };
}

/** A task that goes on without one of its invoices, or ends like this when it was the last. */
export function taskWithout(task: Task, invoiceId: string, { ending, at }: { ending: Ending; at: string }): Task {
  const invoiceIds = task.invoiceIds.filter((id) => id !== invoiceId);
  return invoiceIds.length > 0 ? { ...task, version: task.version + 1, invoiceIds } : endedTask(task, ending, at);
}

/** The write of a task over the one it was made of. */
export function overwrite(task: Task): TaskWrite {
  return { task, expectedVersion: task.version - 1 };
}

/** The history entry of a task that the workflow itself took off the list. */
export function closedByRelance({ taskId, outcome }: Task): HistoryDraft {
  return { type: 'TaskClosed', actor: 'relance', data: { taskId, outcome } };
}
