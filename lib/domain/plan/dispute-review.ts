import { addBusinessDays, nextBusinessDay } from '../calendar/business-day.ts';
import { dayStart } from '../calendar/day-start.ts';
import { levelReached } from '../case-file.ts';
import { type Dispute, openDisputes } from '../dispute.ts';
import { isDisputed } from '../dunning-case.ts';
import type { Policy } from '../policy.ts';
import { type DebtorCalendar, debtorCalendar } from './debtor-calendar.ts';
import type { Plan, PlanFacts } from './plan-next-step.ts';
import type { PlannedReview, WaitingPlan } from './waiting-case.ts';

/** What time alone does next to a dispute, and from which date on: its owner is reminded, then it is escalated. */
export interface DueReview {
  readonly dispute: Dispute;
  readonly what: 'reminder' | 'escalation';
  readonly on: string;
}

/** What time alone does next to an open dispute, or null when it has been escalated: then only a person ends it. Both fall on an open day of the debtor's. */
export function reviewOf(
  dispute: Dispute,
  { policy, calendar }: { policy: Pick<Policy, 'disputes'>; calendar: DebtorCalendar },
): DueReview | null {
  const { reviewOn, remindedOn, escalatedOn } = dispute;
  const { region, holidays } = calendar;
  if (remindedOn === null) return { dispute, what: 'reminder', on: nextBusinessDay(reviewOn, region, holidays) };
  if (escalatedOn !== null) return null;
  return { dispute, what: 'escalation', on: addBusinessDays(remindedOn, policy.disputes.escalatesAfterDays, calendar) };
}

/**
 * How a case waits of which all that is owed is contested, or null when it does not: until the next of its disputes is looked at, or, once all have been escalated, until a person ends one.
 */
export function disputePlan(facts: PlanFacts): WaitingPlan | null {
  const { file } = facts;
  if (!isDisputed(file.dunningCase)) return null;
  return { standing: 'waiting', lane: 'dispute', reached: levelReached(file), review: disputeReview(facts) };
}

/** The plan with the next look at a dispute in it, whatever else is next: the clock of a dispute goes on while the part that is not contested is dunned, promised or blocked. */
export function withDisputeReview(plan: Plan, facts: PlanFacts): Plan {
  if (plan.standing !== 'open' && plan.standing !== 'waiting') return plan;
  return { ...plan, review: earlier(plan.review, disputeReview(facts)) };
}

function disputeReview(facts: PlanFacts): PlannedReview | null {
  const { file, record, policy, at } = facts;
  const calendar = debtorCalendar(record.customer, facts);
  const due = openDisputes(file.dunningCase.disputes).flatMap(
    (dispute) => reviewOf(dispute, { policy, calendar }) ?? [],
  );
  const [next] = due.toSorted((one, other) => (one.on < other.on ? -1 : 1));
  if (!next) return null;
  const startsAt = dayStart(next.on, calendar.timeZone);
  const done = next.what === 'reminder' ? 'its owner is reminded' : 'it is escalated';
  return {
    ...{ stepId: 'review', level: levelReached(file), channel: 'review' },
    at: Date.parse(startsAt) > Date.parse(at) ? startsAt : at,
    why: `contested since ${next.dispute.openedOn}; ${done} on ${next.on} unless it is settled by then`,
  };
}

function earlier(one: PlannedReview | null, other: PlannedReview | null): PlannedReview | null {
  if (!one || !other) return one ?? other;
  return Date.parse(other.at) < Date.parse(one.at) ? other : one;
}
