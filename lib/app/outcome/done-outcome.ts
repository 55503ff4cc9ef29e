import type { CaseFile } from '../../domain/case-file.ts';
import type { HistoryDraft } from '../../domain/history.ts';
import { afterLift } from '../../domain/hold.ts';
import { type CaseEdit, editCase } from '../edit-case.ts';
import { CASES_PER_CHANGE_MAX, type CaseWrite } from '../ports.ts';
import {
  closedTask,
  type OutcomeContext,
  type OutcomeEffect,
  type OutcomeOf,
  openClaimOfTask,
  taskClosed,
} from './outcome-context.ts';

/**
 * What only had to be looked at is over; the step it was the work of, if any, counts as served. Only the cases that know of the task are written. The task itself is in the last change: until
 * then the same report again finds the rest undone.
 */
export function doneEffect(context: OutcomeContext, outcome: OutcomeOf<'done'>): OutcomeEffect {
  const { task, files } = context;
  const closed = closedTask(context, outcome);
  const knowing = files.filter(({ dunningCase }) => dunningCase.openTaskIds.includes(task.taskId));
  const write = (file: CaseFile): CaseWrite => {
    const claim = openClaimOfTask(context, file);
    const moves = claim ? [{ step: claim, transition: { state: 'sent' as const } }] : [];
    const lifted = holdLifted(context, file);
    const drafts = [taskClosed(context, outcome.result), ...(lifted?.drafts ?? [])];
    return editCase(file, { ...lifted, moves, drafts, closesTasks: [task.taskId] }, context.at).write;
  };
  const before = [];
  for (let start = CASES_PER_CHANGE_MAX; start < knowing.length; start += CASES_PER_CHANGE_MAX) {
    before.push({ cases: knowing.slice(start, start + CASES_PER_CHANGE_MAX).map(write) });
  }
  const cases = knowing.slice(0, CASES_PER_CHANGE_MAX).map(write);
  return { task: closed, before, change: { cases, tasks: [{ task: closed, expectedVersion: task.version }] } };
}

/** What it does to the hold that the task was to lift: notices go on. Null when the case has none of it. */
function holdLifted({ task, actor }: OutcomeContext, { dunningCase }: CaseFile): CaseEdit | null {
  const { hold } = dunningCase;
  if (hold?.taskId !== task.taskId) return null;
  const draft: HistoryDraft = { type: 'HoldLifted', actor, data: { reason: hold.reason } };
  return { drafts: [draft], changes: { hold: afterLift(hold) }, wakes: true };
}
