import { isFirmer } from '../level.ts';
import { pathOf } from './ladders.ts';
import { daysBetween, soonestDay } from './nominal-days.ts';
import type { Breach, LadderRule, PolicyRule } from './policy-rule.ts';
import { ARIANE, BERNIS, ETREPAYE, ETREPAYE_LEVEL_3, TEN_TIPS } from './sources.ts';

/** Steps are written in the order they are sent in. */
export const stepsInOrder: PolicyRule = {
  id: 'steps-in-order',
  source: `${BERNIS}: "tenir un timing précis"`,
  check: ({ steps }) =>
    steps.flatMap((step, index): Breach[] => {
      const before = steps[index - 1];
      if (!before || step.offsetDays >= before.offsetDays) return [];
      const problem = `offset ${step.offsetDays} comes after ${before.offsetDays} of ${before.stepId}`;
      const cure = 'put the steps in the order of their offsets';
      return [{ path: ['steps', index, 'offsetDays'], problem, cure }];
    }),
};

/** Each step is at least as firm as the one before it. */
export const firmnessNeverFalls: LadderRule = {
  id: 'firmness-never-falls',
  source: `${ETREPAYE}: "de plus en plus fermes"`,
  check: (ladder) =>
    ladder.steps.flatMap((step, index): Breach[] => {
      const before = ladder.steps[index - 1];
      if (!before || !isFirmer(before.level, step.level)) return [];
      const problem = `${step.stepId} at ${step.level} comes after ${before.stepId} at ${before.level}`;
      return [
        { path: pathOf(ladder, step, 'level'), problem, cure: `raise it to ${before.level}, or send it earlier` },
      ];
    }),
};

/** No later notice before the time an earlier one gives is over, whichever steps between them are left out. */
export const timeGivenIsKept: LadderRule = {
  id: 'time-given-is-kept',
  source: `${TEN_TIPS}, "La cohérence"; ${ETREPAYE_LEVEL_3}: the cut-off date`,
  check: (ladder) =>
    ladder.steps.flatMap((step, index): Breach[] => {
      const hasted = ladder.steps
        .slice(0, index)
        .filter((earlier) => earlier.channel !== 'hand-over' && daysBetween(earlier, step) <= earlier.grantsDays)
        .toSorted((one, other) => soonestDay(other) + other.grantsDays - soonestDay(one) - one.grantsDays)[0];
      if (!hasted) return [];
      const problem = `${step.stepId} at ${step.offsetDays} comes before the ${hasted.grantsDays} days that ${hasted.stepId} at ${hasted.offsetDays} gives are over`;
      const cure = `send it later by ${daysNeeded(hasted, step)} or more, or let ${hasted.stepId} give less`;
      return [{ path: pathOf(ladder, step, 'offsetDays'), problem, cure }];
    }),
};

function daysNeeded(
  earlier: Parameters<typeof daysBetween>[0] & { grantsDays: number },
  later: typeof earlier,
): number {
  return earlier.grantsDays + 1 - daysBetween(earlier, later);
}

/** What is not due yet is only asked after, and what is late is no longer a preventive matter. */
export const dueDateDivides: LadderRule = {
  id: 'due-date-divides',
  source: `${ETREPAYE}: "s'articule autour de la date d'échéance"; ${ARIANE}: a claimed debt is exigible`,
  check: (ladder) =>
    ladder.steps.flatMap((step): Breach[] => {
      const isPreventive = step.level === 'preventive';
      const path = pathOf(ladder, step, 'offsetDays');
      if (isPreventive && step.offsetDays >= 0)
        return [
          {
            path,
            problem: `${step.stepId} is preventive and comes on or after the due date`,
            cure: 'send it before, or give it a level',
          },
        ];
      if (!isPreventive && step.offsetDays <= 0)
        return [
          {
            path,
            problem: `${step.stepId} at ${step.level} comes before anything is late`,
            cure: 'send it after the due date, or make it preventive',
          },
        ];
      return [];
    }),
};
