import { createHash } from 'node:crypto';
import type { HistoryDraft } from '../domain/history.ts';
import type { Task } from '../domain/task.ts';

/** Why a person is asked, about which invoices. `about` tells two tasks of one kind and first invoice apart (a step, say); `dueOn` is the day it is raised when left out. */
export type TaskRequest = Pick<Task, 'kind' | 'title' | 'reason' | 'customerId'> &
  Partial<Omit<Task, 'taskId' | 'state' | 'version' | 'invoiceIds' | 'raisedAt'>> & {
    readonly invoiceIds: readonly [string, ...string[]];
    readonly about?: string;
    readonly at: string;
  };

/** A task for a person and the history entry that says it was raised. The id follows from what it is about, so the same cause never raises two. */
export function raiseTask(request: TaskRequest): { task: Task; draft: HistoryDraft } {
  const { invoiceIds, about = '', at, dueOn = at.slice(0, 10), ...fields } = request;
  const taskId = taskIdOf({ kind: fields.kind, subjectId: invoiceIds[0], about });
  const task: Task = {
    ...fields,
    ...{ taskId, dueOn, state: 'open', version: 1, invoiceIds: [...invoiceIds], raisedAt: at },
  };
  return { task, draft: taskRaised(task) };
}

/** The history entry of a task that was raised. Its title may name a person, so it stays with the task. */
export function taskRaised({ taskId, kind }: Task): HistoryDraft {
  return { type: 'TaskRaised', actor: 'relance', data: { taskId, kind } };
}

/** The id of the task of a kind about something of a case, or of a customer. */
export function taskIdOf({ kind, subjectId, about }: { kind: Task['kind']; subjectId: string; about: string }): string {
  const digest = createHash('sha256').update([kind, subjectId, about].join('\n')).digest('hex');
  return `${kind}-${digest.slice(0, 24)}`;
}
