import type { HolidayTable } from '../calendar/holiday-table.ts';
import { type CaseFile, type CustomerRecord, claimsOfCycle, effectiveProfile, levelReached } from '../case-file.ts';
import { isConfirmation } from '../confirmation.ts';
import { type ClosedStanding, isClosedStanding, isOwed } from '../dunning-case.ts';
import { ladderOf } from '../ladder.ts';
import { firmer, isFirmer, type Level } from '../level.ts';
import { isPassedIn } from '../next-cycle.ts';
import type { Policy, PolicyStep } from '../policy.ts';
import { type Channel, isFinal, type SkipReason, type StepClaim } from '../step-claim.ts';
import { decideStep } from './decide-step.ts';
import { disputePlan, withDisputeReview } from './dispute-review.ts';
import { instalmentsPlan } from './instalment-plan-review.ts';
import { nextConfirmation } from './next-confirmation.ts';
import { claimOnItsWay } from './on-its-way.ts';
import { promisePlan } from './promise-review.ts';
import { reasonToSkip } from './step-conditions.ts';
import { type PlannedReview, type WaitingPlan, waitingPlan } from './waiting-case.ts';

/** Everything the plan depends on. The same facts always give the same plan. */
export interface PlanFacts {
  readonly file: CaseFile;
  readonly record: CustomerRecord;
  readonly policy: Policy;
  readonly holidays: HolidayTable;
  /** IANA zone of the creditor's own dates, and of a debtor who gives none and whose country's is not known. */
  readonly creditorTimeZone: string;
  /** ISO 3166-1 country of the creditor, whose open days count for what the bank tells. */
  readonly creditorCountry: string;
  /** The last day of which the bank's statements told all; null while there was none. */
  readonly bankDataOn: string | null;
  /** The creditor's own email domains: who is there is never dunned. */
  readonly internalDomains: readonly string[];
  /** How long a reserved notice may be on its way before its outcome is asked for. */
  readonly sendTimeoutMinutes: number;
  /** UTC instant of the question. */
  readonly at: string;
}

/** A step that will happen, and the sentence that says why then. `at` is a UTC instant. `awaitsStatement`: today the bank's statements are too old to say that nothing was paid, so it is not made before the next one, nor goes along with another step. */
export interface PlannedStep {
  readonly stepId: string;
  readonly level: Level;
  readonly channel: Channel;
  readonly at: string;
  readonly why: string;
  readonly awaitsStatement?: true;
}

/** A step that will never be sent, and why. */
export interface SkippedStep {
  readonly step: PolicyStep;
  readonly reason: SkipReason;
}

/**
 * What is to be done with a case: nothing any more, wait until what keeps it back is over, or the steps to pass over and the next one. `next` is `null` at the end of the ladder, and while the case waits for a person; then
 * `awaited` is the step that person has in hand, or the one that is held until they lift the hold. `review` is when the case is looked at meanwhile, whatever comes next to the debtor.
 */
export type Plan =
  | { readonly standing: ClosedStanding }
  | WaitingPlan
  | {
      readonly standing: 'open';
      readonly skipped: readonly SkippedStep[];
      readonly next: PlannedStep | null;
      readonly awaited: PlannedStep | null;
      readonly review: PlannedReview | null;
      readonly reached: Level;
    };

/**
 * Decides the next step of a case from the facts alone.
 *
 * The ladder is that of the debtor's payer profile. A step falls on its offset from the due date, or later: never before the day after the one the last notice asked to answer by, never
 * while a promise or an objection holds it, never on a closed day, never beyond the debtor's contact budget, always within the hours of its channel in the debtor's zone. So two steps
 * never stack on one day, and an invoice imported late starts with the gentlest notice. Firmness never falls: what comes before a step that was served is passed over. A notice that is
 * reserved is on its way, never open: its outcome is asked for once the send timeout has passed. A letter or an approval that a person has in hand holds the ladder; a call does not.
 */
export function planNextStep(facts: PlanFacts): Plan {
  return withDisputeReview(planWithoutReview(facts), facts);
}

function planWithoutReview(facts: PlanFacts): Plan {
  const { file, policy, record } = facts;
  const { dunningCase } = file;
  if (isClosedStanding(dunningCase.standing)) return { standing: dunningCase.standing };
  if (!isOwed(dunningCase)) return { standing: 'settled' };
  const waiting = waitingPlan(facts);
  if (waiting) return waiting;
  const open = { standing: 'open', reached: levelReached(file), review: null } as const;
  const confirmation = nextConfirmation(facts);
  if (confirmation) return { ...open, skipped: [], next: confirmation, awaited: null };
  // Whatever the case waits for, what has left already is known first.
  const reserved = claimOnItsWay(facts, facts.at);
  if (reserved) return { ...open, skipped: [], next: onItsWay(reserved, facts), awaited: null };
  const waits = disputePlan(facts) ?? promisePlan(facts) ?? instalmentsPlan(facts);
  if (waits) return waits;
  const ladder = ladderOf(policy, effectiveProfile(record));
  const claims = claimsOfCycle(file);
  const left = leftBehind(ladder, file);
  if (left) return { ...open, skipped: [], next: null, awaited: left };
  const { resumesFrom } = dunningCase;
  const lastServed = ladder.findLastIndex(({ stepId }) => isServed(claims.get(stepId)));
  const resumesAfter = resumesFrom ? ladder.findLastIndex(isPassedIn(file, resumesFrom)) : -1;
  const isBehind = (index: number) => index < lastServed || index <= resumesAfter;
  // What was served in an earlier cycle counts as far as the case resumes from it.
  const servedInCycle = levelReached({ ...file, claims: [...claims.values()] });
  const servedLevel = resumesFrom ? firmer(servedInCycle, resumesFrom.level) : servedInCycle;
  const skipped: SkippedStep[] = [];
  for (const [index, step] of ladder.entries()) {
    const claim = claims.get(step.stepId);
    if (claim && (isFinal(claim) || isMadeWithoutWaiting(claim))) continue;
    if (claim?.state === 'assigned') {
      const work = step.requiresApproval && !claim.isApproved ? 'approve it' : 'post the letter';
      return { ...open, skipped, next: null, awaited: inHand(claim, work) };
    }
    // Whatever came before it, the ladder ends with a person who decides, never in silence.
    const isPassed = step.channel !== 'hand-over' && (isBehind(index) || isFirmer(servedLevel, step.level));
    const decision = isPassed
      ? (reasonToSkip(step, dunningCase, record) ?? 'step-passed')
      : decideStep(step, { claim, ladder, facts });
    if (typeof decision === 'string') skipped.push({ step, reason: decision });
    else if (decision.isHeld) return { ...open, skipped, next: null, awaited: decision.step };
    else return { ...open, skipped, next: decision.step, awaited: null };
  }
  return { ...open, skipped, next: null, awaited: null };
}

/**
 * The letter or the approval in somebody's hands of a step that the ladder does not have any more, because the policy or the profile changed meanwhile: it is awaited. Null when there is none.
 */
function leftBehind(ladder: readonly PolicyStep[], file: CaseFile): PlannedStep | null {
  const inHands = [...claimsOfCycle(file).values()].find(
    (claim) =>
      claim.state === 'assigned' &&
      !isMadeWithoutWaiting(claim) &&
      !isConfirmation(claim.stepId) &&
      !ladder.some(({ stepId }) => stepId === claim.stepId),
  );
  return inHands ? inHand(inHands, inHands.documentKey ? 'post the letter' : 'approve it') : null;
}

/** Whether a step was served, or a person is at it: what comes before it in the ladder has had its time. */
function isServed(claim: StepClaim | undefined): boolean {
  return claim?.state === 'sent' || claim?.state === 'assigned' || claim?.failureReason === 'outcome-unknown';
}

/** A call on somebody's list does not hold up the ladder: whoever forgets to call must not stop the notices. */
function isMadeWithoutWaiting({ state, channel }: StepClaim): boolean {
  return state === 'assigned' && (channel === 'call' || channel === 'hand-over');
}

function inHand({ stepId, level, channel, at }: StepClaim, work: 'approve it' | 'post the letter'): PlannedStep {
  return { stepId, level, channel, at, why: `${stepId} waits for a person to ${work}` };
}

function onItsWay(claim: StepClaim, { sendTimeoutMinutes }: PlanFacts): PlannedStep {
  const { stepId, level, channel } = claim;
  const at = new Date(Date.parse(claim.at) + sendTimeoutMinutes * 60_000).toISOString();
  return { stepId, level, channel, at, why: `${stepId} is on its way; its outcome is asked for if nothing is heard` };
}
