import * as z from 'zod/mini';
import { TASK_KINDS, type Task } from '../domain/task.ts';
import { textField } from './text-field.ts';

/** The query of `GET /tasks`: the open ones unless it asks for those that are done. */
export const TaskQuerySchema = z.object({
  kind: z.optional(z.enum(TASK_KINDS)),
  owner: z.optional(textField(254)),
  state: z._default(z.enum(['open', 'done']), 'open'),
});

/** A slice of the work list, earliest due date first; `cursor` asks for the next one and is null at the end. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly cursor: string | null;
}

/** The answer of `GET /tasks`. */
export function taskListView({ tasks, cursor }: TaskPage) {
  return { tasks: tasks.map(taskView), cursor };
}

/**
 * The answer of `GET /tasks/{taskId}`. What does not apply to a task is null. Whom to call is told here and nowhere in its sentences; `documentUrl` is a path of this
 * API.
 */
export function taskView(task: Task) {
  const { taskId, kind, state, invoiceIds, customerId, dueOn, title, reason, raisedAt, step, contact } = task;
  return {
    taskId,
    kind,
    state,
    invoiceIds,
    customerId,
    dueOn,
    owner: task.owner ?? null,
    title,
    reason,
    script: task.script ?? null,
    contact: contact ? { name: contact.name ?? null, phone: contact.phone ?? null } : null,
    stepId: step?.stepId ?? null,
    channel: task.channel ?? null,
    documentUrl: task.documentKey === undefined ? null : `/tasks/${encodeURIComponent(taskId)}/document`,
    postedOn: task.postedOn ?? null,
    trackingNumber: task.trackingNumber ?? null,
    attempt: task.attempt ?? null,
    outcome: task.outcome ?? null,
    answer: task.answer ?? null,
    note: task.note ?? null,
    raisedAt,
    closedAt: task.closedAt ?? null,
  };
}
