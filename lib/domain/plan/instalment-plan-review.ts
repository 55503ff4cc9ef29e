import { addCalendarDays, isBusinessDay, nextBusinessDay } from '../calendar/business-day.ts';
import { dayStart } from '../calendar/day-start.ts';
import { dateIn } from '../calendar/sending-window.ts';
import { type CaseFile, levelReached } from '../case-file.ts';
import type { Confirmation } from '../confirmation.ts';
import { type InstalmentPlan, runningPlan } from '../instalment-plan.ts';
import { openInstalments, type ScheduledInstalment } from '../instalment-schedule.ts';
import { planMessageOf } from '../plan-message.ts';
import type { Policy } from '../policy.ts';
import type { StepClaim } from '../step-claim.ts';
import { isBankDataOld, lookAgainAt, waitsForStatement } from './bank-data.ts';
import { type DebtorCalendar, debtorCalendar } from './debtor-calendar.ts';
import { openConfirmations } from './next-confirmation.ts';
import { planMessageSlot } from './plan-message-slot.ts';
import type { PlanFacts } from './plan-next-step.ts';
import { openDayAfter, respondByOn } from './respond-by.ts';
import type { PlannedReview, WaitingPlan } from './waiting-case.ts';

/**
 * What time alone does to a plan, on an open day of the debtor's: `remind` of a part before it is due, `tell` that parts did not come (`dueOns`), or `break` the plan because what was asked for then has
 * not come either.
 */
export interface PlanAct {
  readonly kind: 'remind' | 'tell' | 'break';
  readonly on: string;
  readonly dueOns: readonly string[];
}

/** What a plan is looked at with: `today` is the debtor's date. */
interface PlanLook {
  readonly file: CaseFile;
  readonly policy: Pick<Policy, 'instalmentPlans'>;
  readonly calendar: DebtorCalendar;
  readonly today: string;
}

/**
 * What is to be done next about the running plan of a case, by what was paid and credited so far; null when there is none, or while something is still to be written to the debtor. It goes by the earliest part that is not
 * covered: as long as that one was missed, nothing is said of a later one. Two messages about a plan never fall on one day, and none on the day it was agreed; what holds the notices of a case holds them, too.
 */
export function nextPlanAct(look: PlanLook): PlanAct | null {
  const { dunningCase } = look.file;
  const plan = runningPlan(dunningCase.instalmentPlan);
  const open = plan ? openInstalments(plan, dunningCase) : [];
  const [first] = open;
  const { hold } = dunningCase;
  if (!plan || !first || hold?.until === null || openConfirmations(look.file, look.today).length > 0) return null;
  const heldUntil = hold ? openDayAfter(hold.until, look.calendar) : look.today;
  if (first.missedOn !== null) {
    const broken = breakOf(plan, first, look);
    return { ...broken, on: latest(broken.on, heldUntil) };
  }
  const notBeforeOn = [openDayAfter(lastTold(plan, look), look.calendar), heldUntil].reduce(latest, look.today);
  return remindOf(plan, first, { ...look, notBeforeOn }) ?? tellOf(open, first, { ...look, notBeforeOn });
}

/** The last open day that lies so many days before a part is due, or, when that has passed, the next one before the due date; null when there is none, or the agreement is as young as that. */
function remindOf(
  { agreedOn }: InstalmentPlan,
  { dueOn, remindedOn }: ScheduledInstalment,
  { policy, calendar, notBeforeOn }: PlanLook & { notBeforeOn: string },
): PlanAct | null {
  const foreseenOn = openDayUpTo(addCalendarDays(dueOn, -policy.instalmentPlans.reminderDays), calendar);
  if (remindedOn !== null || foreseenOn <= agreedOn) return null;
  const on = nextBusinessDay(latest(foreseenOn, notBeforeOn), calendar.region, calendar.holidays);
  return on < dueOn ? { kind: 'remind', on, dueOns: [dueOn] } : null;
}

/** The open day after a part was due: all that was due before that day and has not come is asked for together. */
function tellOf(
  open: readonly ScheduledInstalment[],
  first: ScheduledInstalment,
  { calendar, notBeforeOn }: PlanLook & { notBeforeOn: string },
): PlanAct {
  const missedFrom = latest(openDayAfter(first.dueOn, calendar), notBeforeOn);
  const on = nextBusinessDay(missedFrom, calendar.region, calendar.holidays);
  const missed = open.filter(({ dueOn, missedOn }) => missedOn === null && openDayAfter(dueOn, calendar) <= on);
  return { kind: 'tell', on, dueOns: missed.map(({ dueOn }) => dueOn) };
}

/** The open day after the one by which the debtor was told to pay. A message that never left gives the same time from when it should have. */
function breakOf(
  { planId }: InstalmentPlan,
  { dueOn, missedOn }: ScheduledInstalment,
  { file, policy, calendar, today }: PlanLook,
): PlanAct {
  const isAbout = (confirmation: Confirmation) =>
    planMessageOf(confirmation) === 'instalment-missed' &&
    confirmation.plan?.planId === planId &&
    confirmation.plan.dueOns.includes(dueOn);
  const notice = file.dunningCase.confirmations.findLast(isAbout);
  const claim = notice && claimOf(file, notice);
  const { acceleratesAfterDays: grantsDays } = policy.instalmentPlans;
  const payBy = claim?.respondBy ?? respondByOn(missedOn ?? today, { grantsDays }, calendar);
  const endsOn = latest(openDayAfter(payBy, calendar), today);
  return { kind: 'break', on: nextBusinessDay(endsOn, calendar.region, calendar.holidays), dueOns: [dueOn] };
}

/** The last day on which something was, or should have been, written to the debtor about a plan. */
function lastTold({ planId, agreedOn, instalments }: InstalmentPlan, { file, calendar }: PlanLook): string {
  const left = file.dunningCase.confirmations
    .filter(({ plan }) => plan?.planId === planId)
    .flatMap((confirmation) => claimOf(file, confirmation) ?? [])
    .map(({ at }) => dateIn(at, calendar.timeZone));
  const foreseen = instalments.flatMap(({ remindedOn, missedOn }) => [remindedOn ?? agreedOn, missedOn ?? agreedOn]);
  return [...left, ...foreseen].reduce(latest, agreedOn);
}

/** The claim under which a message left or is to leave, in whichever cycle. */
function claimOf({ claims }: CaseFile, { confirmationId }: Confirmation): StepClaim | undefined {
  return claims.findLast(({ stepId }) => stepId === confirmationId);
}

/**
 * How a case waits that is paid in instalments, or null when it is not: up to the day something is to be done about its plan, at the hour its messages may leave. Insolvency overtakes a plan. While the bank's statements are too old to say that nothing came, nobody is told so, and the plan does not end.
 */
export function instalmentsPlan(facts: PlanFacts): WaitingPlan | null {
  const { file, record, policy, bankDataOn, at } = facts;
  const { dunningCase } = file;
  const plan = runningPlan(dunningCase.instalmentPlan);
  if (dunningCase.standing !== 'instalments' || !plan || record.insolventSince !== null) return null;
  // What is owed beyond all of its parts, because an earlier payment was taken back, is dunned on.
  if (openInstalments(plan, dunningCase).length === 0) return null;
  const calendar = debtorCalendar(record.customer, facts);
  const act = nextPlanAct({ ...facts, calendar, today: dateIn(at, calendar.timeZone) });
  const reached = levelReached(file);
  const waiting = { standing: 'waiting', lane: 'instalment', reached } as const;
  if (!act) return { ...waiting, review: null };
  const startsAt =
    act.kind === 'break'
      ? dayStart(act.on, calendar.timeZone)
      : planMessageSlot(facts, { notBeforeOn: act.on, notBeforeAt: at });
  const isDue = Date.parse(startsAt) <= Date.parse(at);
  const waits = isDue && act.kind !== 'remind' && isBankDataOld(facts);
  const review: PlannedReview = {
    ...{ stepId: 'review', level: reached, channel: 'review' },
    at: waits ? lookAgainAt(at) : isDue ? at : startsAt,
    why: waits ? waitsForStatement(bankDataOn, policy.bankDataWithinDays) : WHY[act.kind](act),
  };
  return { ...waiting, review };
}

const WHY: Readonly<Record<PlanAct['kind'], (act: PlanAct) => string>> = {
  remind: ({ dueOns, on }) => `the part due on ${dueOns.join(', ')} is announced on ${on} unless it is paid by then`,
  tell: ({ dueOns, on }) => `paid in instalments, the next by ${dueOns.join(', ')}; looked at on ${on}`,
  break: ({ dueOns, on }) =>
    `the part due on ${dueOns.join(', ')} was missed; the plan ends on ${on} unless it is paid`,
};

function openDayUpTo(date: string, { region, holidays }: DebtorCalendar): string {
  let on = date;
  while (!isBusinessDay(on, region, holidays)) on = addCalendarDays(on, -1);
  return on;
}

function latest(one: string, other: string): string {
  return one > other ? one : other;
}
