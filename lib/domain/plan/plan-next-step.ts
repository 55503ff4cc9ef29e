import { addCalendarDays } from '../calendar/business-day.ts';
import { timeZoneOfCountry } from '../calendar/country-time-zone.ts';
import { type HolidayTable, regionOf, territoryOf } from '../calendar/holiday-table.ts';
import { dateIn, firstSendingInstant } from '../calendar/sending-window.ts';
import { type CaseFile, claimsOfCycle, levelReached } from '../case-file.ts';
import type { Customer } from '../customer.ts';
import { isCollectable } from '../dunning-case.ts';
import { invariant } from '../errors.ts';
import type { Level } from '../level.ts';
import type { Policy, PolicyStep } from '../policy.ts';
import { type Channel, isFinal, type SkipReason, type StepClaim } from '../step-claim.ts';
import { heldUntilOn } from './respond-by.ts';
import { reasonToSkip } from './step-conditions.ts';

/** Everything the plan depends on. The same facts always give the same plan. */
export interface PlanFacts {
  readonly file: CaseFile;
  readonly customer: Customer;
  readonly policy: Policy;
  readonly holidays: HolidayTable;
  /** IANA zone of a debtor who gives none and whose country's is not known. */
  readonly creditorTimeZone: string;
  /** How long a reserved notice may be on its way before its outcome is asked for. */
  readonly sendTimeoutMinutes: number;
  /** UTC instant of the question. */
  readonly at: string;
}

/** A step that will happen, and the sentence that says why then. `at` is a UTC instant. */
export interface PlannedStep {
  readonly stepId: string;
  readonly level: Level;
  readonly channel: Channel;
  readonly at: string;
  readonly why: string;
}

/** A step that will never be sent, and why. */
export interface SkippedStep {
  readonly step: PolicyStep;
  readonly reason: SkipReason;
}

/** What is to be done with a case: nothing any more, or the steps to pass over and the next one (`null` at the end of the ladder). */
export type Plan =
  | { readonly standing: 'settled' }
  | {
      readonly standing: 'open';
      readonly skipped: readonly SkippedStep[];
      readonly next: PlannedStep | null;
      readonly reached: Level;
    };

/**
 * Decides the next step of a case from the facts alone.
 *
 * A step falls on its offset from the due date, or later: never before the day after the one the last notice asked to answer by, never on a closed day, always within the
 * hours of its channel in the debtor's zone. So two steps never stack on one day, and an invoice imported late starts with the gentlest notice.
 * A notice that is reserved is on its way, never open: its outcome is asked for once the send timeout has passed.
 */
export function planNextStep(facts: PlanFacts): Plan {
  const { file, policy } = facts;
  if (!isCollectable(file.dunningCase)) return { standing: 'settled' };
  const claims = claimsOfCycle(file);
  const skipped: SkippedStep[] = [];
  for (const step of policy.steps) {
    const claim = claims.get(step.stepId);
    if (claim && isFinal(claim)) continue;
    const decision = claim?.state === 'reserved' ? onItsWay(step, claim, facts) : decideStep(step, claim, facts);
    if (typeof decision !== 'string') return { standing: 'open', skipped, next: decision, reached: levelReached(file) };
    skipped.push({ step, reason: decision });
  }
  return { standing: 'open', skipped, next: null, reached: levelReached(file) };
}

/** The zone whose hours bind the notices to a customer: their own, else that of where they are, else the creditor's. */
export function timeZoneOf(
  customer: Pick<Customer, 'timeZone' | 'country' | 'address'>,
  creditorTimeZone: string,
): string {
  return customer.timeZone ?? timeZoneOfCountry(territoryOf(customer)) ?? creditorTimeZone;
}

function onItsWay(step: PolicyStep, claim: StepClaim, { sendTimeoutMinutes }: PlanFacts): PlannedStep {
  const at = new Date(Date.parse(claim.at) + sendTimeoutMinutes * 60_000).toISOString();
  return { ...identity(step), at, why: `${step.stepId} is on its way; its outcome is asked for if nothing is heard` };
}

function decideStep(step: PolicyStep, claim: StepClaim | undefined, facts: PlanFacts): PlannedStep | SkipReason {
  const { file, customer, policy, holidays } = facts;
  const isPutOff = claim !== undefined && claim.attempt >= QUICK_ATTEMPTS;
  const at = isPutOff ? laterOf(facts.at, triedAgainAt(claim)) : facts.at;
  const { invoice } = file.dunningCase;
  const reason = reasonToSkip(step, file.dunningCase, customer);
  if (reason) return reason;
  const hours = policy.sendingHours[step.channel];
  invariant(hours !== undefined, `policy ${policy.name} has no sending hours for ${step.channel}`);
  const foreseenOn = addCalendarDays(invoice.dueOn, step.offsetDays);
  const granted = grantedUntil(facts);
  const notBeforeOn = granted && granted.on > foreseenOn ? granted.on : foreseenOn;
  const timeZone = timeZoneOf(customer, facts.creditorTimeZone);
  const slot = firstSendingInstant({
    notBeforeOn,
    notBeforeAt: at,
    region: regionOf(customer),
    timeZone,
    hours,
    holidays,
  });
  if (step.level === 'preventive' && slot.on >= invoice.dueOn) return 'due-date-reached';
  return { ...identity(step), at: slot.at, why: explain(step, { foreseenOn, notBeforeOn, slotOn: slot.on, granted }) };
}

/** Attempts that the workflow makes within a minute or so, before a step that is put off waits for longer. */
const QUICK_ATTEMPTS = 6;

const WAIT_MINUTES_PER_ATTEMPT = 6;

const WAIT_MINUTES_MAX = 120;

/** When a step that the provider keeps putting off is tried again: after ever longer waits, two hours at most. */
function triedAgainAt({ attempt, at }: StepClaim): string {
  const minutes = Math.min(attempt * WAIT_MINUTES_PER_ATTEMPT, WAIT_MINUTES_MAX);
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}

function laterOf(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

/** The first date on which the time granted by the notices so far has passed, or `null` before the first notice. */
function grantedUntil(facts: PlanFacts): { on: string; stepId: string } | null {
  const { file, customer, policy, creditorTimeZone } = facts;
  const timeZone = timeZoneOf(customer, creditorTimeZone);
  const calendar = { region: regionOf(customer), holidays: facts.holidays };
  let last: { on: string; stepId: string } | null = null;
  for (const { state, stepId, at, failureReason } of claimsOfCycle(file).values()) {
    const step = policy.steps.find((candidate) => candidate.stepId === stepId);
    // What may have left must be treated as received.
    const mayHaveLeft = state === 'sent' || failureReason === 'outcome-unknown';
    if (!mayHaveLeft || !step) continue;
    const on = heldUntilOn(dateIn(at, timeZone), step, calendar);
    if (!last || on > last.on) last = { on, stepId };
  }
  return last;
}

interface Dates {
  readonly foreseenOn: string;
  readonly notBeforeOn: string;
  readonly slotOn: string;
  readonly granted: { on: string; stepId: string } | null;
}

function explain(step: PolicyStep, { foreseenOn, notBeforeOn, slotOn, granted }: Dates): string {
  const days = Math.abs(step.offsetDays);
  const parts = [`${days} days ${step.offsetDays < 0 ? 'before' : 'after'} the due date`];
  if (granted && notBeforeOn !== foreseenOn)
    parts.push(`not before ${granted.on}, when the time ${granted.stepId} gave is over`);
  if (slotOn !== notBeforeOn) parts.push(`first open hour from ${notBeforeOn} on is on ${slotOn}`);
  return parts.join('; ');
}

function identity({ stepId, level, channel }: PolicyStep): Pick<PlannedStep, 'stepId' | 'level' | 'channel'> {
  return { stepId, level, channel };
}
