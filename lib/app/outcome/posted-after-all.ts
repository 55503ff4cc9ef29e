import type { TaskOutcome } from '../../contracts/task-outcome-body.ts';
import type { Task } from '../../domain/task.ts';
import { claimOfTask, type OutcomeContext } from './outcome-context.ts';

/** Whether an outcome says that a letter was posted which is withdrawn: it had left already, and nothing calls it back. */
export function isPostedAfterAll({ kind, outcome }: Task, { result }: Pick<TaskOutcome, 'result'>): boolean {
  return kind === 'letter' && outcome === 'withdrawn' && result === 'posted';
}

/**
 * A withdrawn letter as if it were still to be posted, about the invoices whose step is open again since. Null when there is none: what was paid needs no letter, and what has another
 * letter on the list gets that one.
 */
export function asUnposted(context: OutcomeContext): OutcomeContext | null {
  const [first, ...others] = context.files.filter((file) => claimOfTask(context, file)?.state === 'released');
  if (!first) return null;
  const { outcome, closedAt, ...task } = context.task;
  const invoiceIds = [first, ...others].map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  return { ...context, files: [first, ...others], task: { ...task, state: 'open', invoiceIds } };
}
