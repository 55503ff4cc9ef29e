import { editCase } from '../edit-case.ts';
import {
  closedTask,
  type OutcomeContext,
  type OutcomeEffect,
  type OutcomeOf,
  openClaimOfTask,
  taskClosed,
} from './outcome-context.ts';

/** What an approval does: approved, the steps that waited for it are open and need no second one; refused, they are passed over and the ladder goes on. */
export function approvalEffect(
  context: OutcomeContext,
  outcome: OutcomeOf<'approved'> | OutcomeOf<'refused'>,
): OutcomeEffect {
  const { at, files } = context;
  const task = closedTask(context, outcome);
  const transition =
    outcome.result === 'approved'
      ? ({ state: 'approved', isApproved: true } as const)
      : ({ state: 'skipped', skipReason: 'approval-refused' } as const);
  const cases = files.map((file) => {
    const claim = openClaimOfTask(context, file);
    const moves = claim ? [{ step: claim, transition }] : [];
    const drafts = [taskClosed(context, outcome.result)];
    return editCase(file, { moves, drafts, closesTasks: [task.taskId], wakes: true }, at).write;
  });
  return { task, change: { cases, tasks: [{ task, expectedVersion: context.task.version }] } };
}
