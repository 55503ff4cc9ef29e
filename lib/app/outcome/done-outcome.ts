import type { CaseFile } from '../../domain/case-file.ts';
import { editCase } from '../edit-case.ts';
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
    const drafts = [taskClosed(context, outcome.result)];
    return editCase(file, { moves, drafts, closesTasks: [task.taskId] }, context.at).write;
  };
  const before = [];
  for (let start = CASES_PER_CHANGE_MAX; start < knowing.length; start += CASES_PER_CHANGE_MAX) {
    before.push({ cases: knowing.slice(start, start + CASES_PER_CHANGE_MAX).map(write) });
  }
  const cases = knowing.slice(0, CASES_PER_CHANGE_MAX).map(write);
  return { task: closed, before, change: { cases, tasks: [{ task: closed, expectedVersion: task.version }] } };
}
