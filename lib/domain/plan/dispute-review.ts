import { addBusinessDays, nextBusinessDay } from '../calendar/business-day.ts';
import { dayStart } from '../calendar/day-start.ts';
import { dateIn } from '../calendar/sending-window.ts';
import { levelReached } from '../case-file.ts';
import { type Dispute, openDisputes } from '../dispute.ts';
import { type DunningCase, isDisputed } from '../dunning-case.ts';
import type { Policy } from '../policy.ts';
import { type DebtorCalendar, debtorCalendar } from './debtor-calendar.ts';
import type { Plan, PlanFacts } from './plan-next-step.ts';
import type { PlannedReview, WaitingPlan } from './waiting-case.ts';

/** What time alone does next to a dispute, and from which date on: its owner is reminded, then it is escalated, until it ends. */
export interface DueReview {
  readonly dispute: Dispute;
  readonly what: 'reminder' | 'escalation';
  readonly on: string;
}

/** What disputes are looked at with: the work about their case that is not done, and `today`, the debtor's date. */
interface DisputeLook {
  readonly dunningCase: Pick<DunningCase, 'openTaskIds'>;
  readonly policy: Pick<Policy, 'disputes'>;
  readonly calendar: DebtorCalendar;
  readonly today: string;
}

/**
 * What time alone does next to an open dispute, on an open day of the debtor's: as long as nobody ends it, it is escalated again and again, every so many days from the last time, but not while somebody has the last escalation on
 * their list. A turn that was missed is not made up for, so that nobody who says that it is done is asked again in the same breath.
 */
export function reviewOf(dispute: Dispute, { dunningCase, policy, calendar, today }: DisputeLook): DueReview {
  const { reviewOn, remindedOn, escalatedOn } = dispute;
  const { region, holidays } = calendar;
  if (remindedOn === null) return { dispute, what: 'reminder', on: nextBusinessDay(reviewOn, region, holidays) };
  const after = (date: string) => addBusinessDays(date, policy.disputes.escalatesAfterDays, calendar);
  let on = after(escalatedOn ?? remindedOn);
  if (escalatedOn === null) return { dispute, what: 'escalation', on };
  const isInHand = dunningCase.openTaskIds.includes(dispute.taskIds.at(-1) ?? '');
  while (on < today || (isInHand && on === today)) on = after(on);
  return { dispute, what: 'escalation', on };
}

/** How a case waits of which all that is owed is contested, or null when it does not: until the next of its disputes is looked at. */
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
  const look = { ...file, policy, calendar, today: dateIn(at, calendar.timeZone) };
  const due = openDisputes(file.dunningCase.disputes).map((dispute) => reviewOf(dispute, look));
  const [next] = due.toSorted((one, other) => (one.on < other.on ? -1 : 1));
  if (!next) return null;
  const startsAt = dayStart(next.on, calendar.timeZone);
  const again = next.dispute.escalatedOn === null ? '' : ' again';
  const done = next.what === 'reminder' ? 'its owner is reminded' : `it is escalated${again}`;
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
