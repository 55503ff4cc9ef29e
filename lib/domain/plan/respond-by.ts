import { addBusinessDays, addCalendarDays, nextBusinessDay } from '../calendar/business-day.ts';
import { dateIn } from '../calendar/sending-window.ts';
import type { Policy, PolicyStep } from '../policy.ts';
import type { StepClaim } from '../step-claim.ts';
import type { DebtorCalendar } from './debtor-calendar.ts';

/** The holidays that bind a debtor. */
type OpenDays = Pick<DebtorCalendar, 'region' | 'holidays'>;

/** The date a notice gives to answer by: what it grants after the day it is sent, on an open day, because a bank moves no money on a closed one. */
export function respondByOn(
  sentOn: string,
  step: Pick<PolicyStep, 'grantsDays'>,
  { region, holidays }: OpenDays,
): string {
  return nextBusinessDay(addCalendarDays(sentOn, step.grantsDays), region, holidays);
}

/** The open day after a date, so that what was paid on that date can arrive. */
export function openDayAfter(date: string, { region, holidays }: OpenDays): string {
  return nextBusinessDay(addCalendarDays(date, 1), region, holidays);
}

/**
 * Open days between the cut-off of a formal notice and what follows it, so that money sent on the last day is seen before a person decides to go to court. PROPOSAL.
 */
const OPEN_DAYS_AFTER_CUT_OFF = 2;

/**
 * The first date on which a later notice may go out after this one: the open day after the one to answer by. A letter grants from the day it was posted; a formal notice from its
 * receipt, which counts as having happened some days after the posting when nobody reported it, and what follows it comes two open days after the cut-off. Of a step the ladder no longer
 * has (`undefined`: the policy or the profile changed), the date its message named still binds. `null` when the step gave no time: it never reached anybody.
 */
export function heldUntilOn(
  claim: StepClaim,
  step: Pick<PolicyStep, 'grantsDays' | 'isFormalNotice'> | undefined,
  { calendar, policy }: { calendar: DebtorCalendar; policy: Pick<Policy, 'presumedReceiptDays'> },
): string | null {
  // What may have left must be treated as received.
  const isOnItsWay = claim.state === 'reserved' && (claim.channel === 'email' || claim.channel === 'sms');
  const isServed = claim.state === 'sent' || claim.state === 'assigned';
  const hasLeft = isServed || isOnItsWay || claim.failureReason === 'outcome-unknown';
  if (!hasLeft) return null;
  const { postedOn, receivedOn, respondBy } = claim;
  if (!step) return respondBy === undefined ? null : openDayAfter(respondBy, calendar);
  const isFromReceipt = step.isFormalNotice && postedOn !== undefined;
  if (isFromReceipt) {
    const receipt = receivedOn ?? addCalendarDays(postedOn, policy.presumedReceiptDays);
    return addBusinessDays(respondByOn(receipt, step, calendar), OPEN_DAYS_AFTER_CUT_OFF, calendar);
  }
  const startedOn = postedOn ?? dateIn(claim.at, calendar.timeZone);
  const own = respondByOn(startedOn, step, calendar);
  return openDayAfter(respondBy && respondBy > own ? respondBy : own, calendar);
}
