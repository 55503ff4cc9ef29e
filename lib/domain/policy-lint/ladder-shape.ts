import type { PayerProfile } from '../customer.ts';
import { type Ladder, pathOf, pathOfLadder } from './ladders.ts';
import { latestDay, soonestDay } from './nominal-days.ts';
import type { Breach, LadderRule } from './policy-rule.ts';
import { ETREPAYE, RELANCE_PREVENTIVE, TEN_TIPS } from './sources.ts';

/** The craft leaves those alone who pay by themselves. */
const PAYS_BY_ITSELF: readonly (PayerProfile | null)[] = ['automatic', 'good-payer'];

/** A preventive step for those who want one, none for those who pay by themselves. */
export const preventiveWhereWanted: LadderRule = {
  id: 'preventive-where-wanted',
  source: `${ETREPAYE}, "Les différents profils payeurs"; ${RELANCE_PREVENTIVE}`,
  check: (ladder) => {
    const preventive = ladder.steps.filter(({ level }) => level === 'preventive');
    if (PAYS_BY_ITSELF.includes(ladder.profile)) {
      return preventive.map((step) => ({
        path: pathOf(ladder, step),
        problem: `${step.stepId} asks one who pays by themselves before the due date`,
        cure: `set isDropped: true in the overlay of ${ladder.profile}`,
      }));
    }
    if (preventive.length > 0) return [];
    const problem = 'nothing is asked before the due date';
    return [{ path: pathOfLadder(ladder), problem, cure: 'add a step of level preventive' }];
  },
};

const THREE_WEEKS_LATE = 22;

/** PROPOSAL: "soon after three weeks" is within a week; the administrative circuit gets 45 days. */
const REGISTERED_BY_DAY = { usual: THREE_WEEKS_LATE + 7, administrative: 45 };

/** Once three weeks late, letters are registered, and there is one. */
export const registeredAfterThreeWeeks: LadderRule = {
  id: 'registered-after-three-weeks',
  source: `${ETREPAYE}: "retards de paiement de plus de 3 semaines"`,
  check: (ladder) => {
    const severity = ladder.kind === 'business' ? 'fault' : 'warning';
    const ordinary = ladder.steps
      .filter((step) => step.channel === 'letter' && soonestDay(step) >= THREE_WEEKS_LATE)
      .map((step): Breach => {
        const problem = `${step.stepId} is an ordinary letter more than three weeks late`;
        return {
          path: pathOf(ladder, step, 'channel'),
          problem,
          cure: 'make it a registered-letter, or an email',
          severity,
        };
      });
    const last = ladder.steps.findLast(({ channel }) => channel !== 'hand-over');
    if (!last || soonestDay(last) < THREE_WEEKS_LATE || hasRegisteredInTime(ladder)) return ordinary;
    const problem = `no registered letter to everybody by ${registeredByDay(ladder)} days late`;
    const cure = `add a registered-letter without a threshold about ${THREE_WEEKS_LATE} days after the due date`;
    return [...ordinary, { path: pathOfLadder(ladder), problem, cure, severity }];
  },
};

function hasRegisteredInTime(ladder: Ladder): boolean {
  return ladder.steps.some(
    (step) =>
      step.channel === 'registered-letter' &&
      latestDay(step) <= registeredByDay(ladder) &&
      !step.conditions?.amountAtLeast,
  );
}

function registeredByDay({ profile, kind }: Ladder): number {
  const isAdministrative = profile === 'administrative' || kind === 'public';
  return isAdministrative ? REGISTERED_BY_DAY.administrative : REGISTERED_BY_DAY.usual;
}

/** The ladder ends with a person who decides, whoever the debtor is. */
export const endsWithHandOver: LadderRule = {
  id: 'ends-with-hand-over',
  source: `${ETREPAYE}: "toute relance amiable a une fin"; ${TEN_TIPS}, "L’accord amiable"`,
  check: (ladder) => {
    const last = ladder.steps.at(-1);
    const cure = 'end with a step of channel hand-over that everybody gets';
    if (!last) return [{ path: pathOfLadder(ladder), problem: 'every step is dropped', cure }];
    if (last.channel !== 'hand-over') {
      return [{ path: pathOf(ladder, last), problem: `the ladder ends in silence after ${last.stepId}`, cure }];
    }
    if (!last.conditions?.amountAtLeast) return [];
    const problem = `small amounts end in silence: ${last.stepId} has a threshold`;
    return [{ path: pathOf(ladder, last, 'conditions'), problem, cure }];
  },
};
