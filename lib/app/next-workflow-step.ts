import type { WorkflowStep } from '../contracts/workflow.ts';
import type { Level } from '../domain/level.ts';
import type { Plan, PlannedStep } from '../domain/plan/plan-next-step.ts';

/**
 * An execution may last a year (AWS quota); it hands over to its successor well before, so that a case is never left without one.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const EXECUTION_DAYS_MAX = 330;

const DAY_MILLIS = 86_400_000;

/** The instant, in epoch milliseconds, at which an execution that started at `startedAt` hands over. */
export function handOverAt(startedAt: string): number {
  return Date.parse(startedAt) + EXECUTION_DAYS_MAX * DAY_MILLIS;
}

/**
 * The step as it travels through the workflow. At the end of the ladder, or when the next step lies beyond the life of this execution, the workflow rests in
 * the lane of the level it is at, still listening, and plans again when its time is up. It does the same for a step that waits for a statement: sending it would be refused.
 */
export function nextWorkflowStep(next: PlannedStep | null, reached: Level, startedAt: string): WorkflowStep {
  const until = handOverAt(startedAt);
  if (next && Date.parse(next.at) < until) {
    const { stepId, level, at } = next;
    return { stepId, level, lane: laneOf(level), channel: next.awaitsStatement ? 'replan' : next.channel, at };
  }
  const level = next?.level ?? reached;
  return {
    stepId: next?.stepId ?? 'none',
    level,
    lane: laneOf(level),
    channel: 'replan',
    at: new Date(until).toISOString(),
  };
}

/** How a case that is planned travels through the workflow: to its next step, or before that to the day it is looked at, in the lane of the level it has reached; kept back, in the lane that says why, until it is looked at again, or until the execution hands over. */
export function workflowStepOf(plan: Extract<Plan, { standing: 'open' | 'waiting' }>, startedAt: string): WorkflowStep {
  const { review, reached } = plan;
  const until = handOverAt(startedAt);
  const lane = plan.standing === 'open' ? laneOf(reached) : plan.lane;
  const next = plan.standing === 'open' ? plan.next : null;
  const isReviewed = review && Date.parse(review.at) < until;
  if (isReviewed && !(next && Date.parse(next.at) <= Date.parse(review.at))) {
    const { stepId, level, channel, at } = review;
    return { stepId, level, lane, channel, at };
  }
  if (plan.standing === 'open') return nextWorkflowStep(next, reached, startedAt);
  return { stepId: 'none', level: reached, lane, channel: 'replan', at: new Date(until).toISOString() };
}

/** The lane a step waits in. What follows level 3 waits in its lane: the amicable ladder ends there. */
function laneOf(level: Level): WorkflowStep['lane'] {
  return level === 'litigation' ? 'level3' : level;
}
