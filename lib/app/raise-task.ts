import { createHash } from 'node:crypto';
import type { HistoryDraft } from '../domain/history.ts';
import type { Task } from '../domain/task.ts';

/** What a person is asked to do, and by when (`dueOn`, the day it is raised when left out). */
export type TaskWording = Pick<Task, 'kind' | 'title' | 'reason'> & Partial<Pick<Task, 'dueOn'>>;

/** Why a person is asked, about which case. `about` tells two tasks of one case and kind apart (a step, say). */
export interface TaskRequest extends TaskWording, Pick<Task, 'customerId'> {
  readonly invoiceId: string;
  readonly about?: string;
  readonly at: string;
}

/** A task for a person and the history entry that says it was raised. The id follows from what it is about, so the same cause never raises two. */
export function raiseTask({ kind, invoiceId, customerId, title, reason, dueOn, about = '', at }: TaskRequest): {
  task: Task;
  draft: HistoryDraft;
} {
  const taskId = taskIdOf({ kind, invoiceId, about });
  const task: Task = {
    taskId,
    kind,
    state: 'open',
    invoiceIds: [invoiceId],
    customerId,
    dueOn: dueOn ?? at.slice(0, 10),
    title,
    reason,
    raisedAt: at,
  };
  return { task, draft: { type: 'TaskRaised', actor: 'relance', data: { taskId, kind, title } } };
}

/** The id of the task of a kind about something of a case. */
export function taskIdOf({
  kind,
  invoiceId,
  about,
}: Required<Pick<TaskRequest, 'kind' | 'invoiceId' | 'about'>>): string {
  const digest = createHash('sha256').update([kind, invoiceId, about].join('\n')).digest('hex');
  return `${kind}-${digest.slice(0, 24)}`;
}
