import type { Measure, PolicyStep } from '../policy.ts';
import { type Ladder, pathOf } from './ladders.ts';
import { latestDay, soonestDay } from './nominal-days.ts';
import type { Breach, LadderRule } from './policy-rule.ts';
import { BERNIS, ETREPAYE_LEVEL_3, TEN_TIPS } from './sources.ts';

/** What is announced is done: a later step carries the measure out, within the time announced and for every debtor it was announced to. */
export const announcedIsDone: LadderRule = {
  id: 'announced-is-done',
  source: `${TEN_TIPS}, "La cohérence": if you announce a procedure, start it`,
  check: (ladder) =>
    ladder.steps.flatMap((step, index) =>
      (step.announces ?? []).flatMap(({ measure, withinDays }): Breach[] => {
        const reason = leftUndone(ladder.steps.slice(index + 1), step, { measure, withinDays });
        if (!reason) return [];
        const problem = `${step.stepId} announces ${measure} within ${withinDays} days and ${reason}`;
        const cure = `let a later step carry out ${measure} in time, or do not announce it`;
        return [{ path: pathOf(ladder, step, 'announces'), problem, cure }];
      }),
    ),
};

function leftUndone(
  later: readonly PolicyStep[],
  announcing: PolicyStep,
  { measure, withinDays }: { measure: Measure; withinDays: number },
): string | null {
  const carrying = later.filter(({ carriesOut }) => carriesOut?.includes(measure));
  if (carrying.length === 0) return 'no later step carries it out';
  const inTime = carrying.filter((step) => latestDay(step) - soonestDay(announcing) <= withinDays);
  const [first] = carrying;
  if (inTime.length === 0) return `${first?.stepId} at ${first?.offsetDays} is too late for it`;
  // A step for large amounts only would leave the small ones with an empty threat.
  if (inTime.some((step) => isAsWide(step, announcing))) return null;
  return `${inTime[0]?.stepId} carries it out from another amount on`;
}

function isAsWide({ conditions }: PolicyStep, announcing: PolicyStep): boolean {
  const own = conditions?.amountAtLeast;
  if (!own) return true;
  const { amountAtLeast, regardlessOfAmount } = announcing.conditions ?? {};
  const isSame = JSON.stringify(conditions.regardlessOfAmount) === JSON.stringify(regardlessOfAmount);
  return isSame && Object.entries(own).every(([currency, minor]) => minor <= (amountAtLeast?.[currency] ?? 0));
}

/** A court or an agency is not set to work by a letter: a person hands the case over. A formal notice has its own kind of step. */
export const measureHasItsStep: LadderRule = {
  id: 'measure-has-its-step',
  source: `${ETREPAYE_LEVEL_3}: after the cut-off date a person goes to court, to an agency or to the insurer`,
  check: (ladder) =>
    ladder.steps.flatMap((step) => {
      const path = pathOf(ladder, step, 'carriesOut');
      return (step.carriesOut ?? []).flatMap((measure): Breach[] => {
        if ((measure === 'court' || measure === 'agency') && step.channel !== 'hand-over') {
          const cure = `let the hand-over carry out ${measure}`;
          return [{ path, problem: `${step.stepId} is no hand-over and carries out ${measure}`, cure }];
        }
        if (measure === 'formal-notice' && !step.isFormalNotice) {
          const cure = 'mark the step isFormalNotice: true, so that its receipt starts the cut-off';
          return [{ path, problem: `${step.stepId} carries out formal-notice and is none`, cure }];
        }
        return [];
      });
    }),
};

/** Every level that is used asks for a payment commitment or the reason against it. */
export const everyLevelDemands: LadderRule = {
  id: 'every-level-demands',
  source: `${BERNIS}: "obtenir un engagement de paiement et/ou les raisons d’un blocage"`,
  check: (ladder) =>
    Object.values(Object.groupBy(noticesOf(ladder), ({ level }) => level)).flatMap((steps = []): Breach[] => {
      const [first] = steps;
      if (!first || steps.some(({ demands }) => demands && demands.length > 0)) return [];
      const problem = `no step of ${first.level} demands a commitment or a reason`;
      const cure = 'let one demand [commitment, reason]';
      return [{ path: pathOf(ladder, first, 'demands'), problem, cure }];
    }),
};

function noticesOf({ steps }: Ladder): PolicyStep[] {
  return steps.filter(({ channel }) => channel !== 'hand-over');
}
