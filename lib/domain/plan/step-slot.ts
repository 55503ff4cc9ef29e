import { addCalendarDays } from '../calendar/business-day.ts';
import { dateIn, firstSendingInstant } from '../calendar/sending-window.ts';
import { spreadMinute } from '../calendar/spread-minute.ts';
import { addMinutes } from '../calendar/wall-time.ts';
import { firstDayWithinBudget } from '../contact-budget.ts';
import type { ContactBudget, SendingHours } from '../policy.ts';
import type { Channel } from '../step-claim.ts';
import type { DebtorCalendar } from './debtor-calendar.ts';

/**
 * What bounds one step in time. The hours are on the clock of `timeZone`, the recipient's; dates, and with them the budget, are those of the debtor. `contactsOn` are the dates of the
 * debtor's other contacts; `caseKey` spreads the start times of many cases.
 */
export interface SlotBounds {
  readonly channel: Channel;
  readonly notBeforeOn: string;
  readonly notBeforeAt: string;
  readonly hours: SendingHours;
  readonly timeZone: string;
  readonly calendar: DebtorCalendar;
  readonly contactsOn: readonly string[];
  readonly budget: ContactBudget;
  readonly caseKey: string;
}

/** An instant, the debtor's local date then, and the sentence that says why the contact budget moved it, if it did. */
export interface StepSlot {
  readonly at: string;
  readonly on: string;
  readonly movedBecause: string | null;
}

/** Work for people is put on their list within this many minutes of the opening, so that the day can be planned; messages are spread over the day. */
const WORK_SPREAD_MINUTES = 15;

/** {@link spreadMinute} leaves the last hour of the hours it is given free. */
const LAST_HOUR_MINUTES = 60;

/**
 * The first moment a step may take place: within the hours of its channel on an open day, not earlier than the hour its case was given so that not all cases wake at once, and on a
 * day on which the debtor may be contacted once more. What stays in the house (a hand-over) is no contact.
 */
export function firstStepSlot(bounds: SlotBounds): StepSlot {
  const { channel, notBeforeAt, timeZone, calendar, contactsOn, budget } = bounds;
  const hours = { from: startOf(bounds), to: bounds.hours.to };
  let { notBeforeOn } = bounds;
  let movedBecause: string | null = null;
  for (;;) {
    const { at, on: recipientsDate } = firstSendingInstant({ ...calendar, notBeforeOn, notBeforeAt, hours, timeZone });
    const on = dateIn(at, calendar.timeZone);
    const counted = channel === 'hand-over' ? [] : contactsOn;
    const within = firstDayWithinBudget({ notBeforeOn: on, contactsOn: counted, budget });
    if (within.on === on && on >= bounds.notBeforeOn) return { at, on, movedBecause };
    movedBecause = within.movedBecause ?? movedBecause;
    // Where the recipient's day begins before the debtor's, the date asked for may be one they have already.
    notBeforeOn = within.on > recipientsDate ? within.on : addCalendarDays(recipientsDate, 1);
  }
}

function startOf({ channel, hours, caseKey }: SlotBounds): string {
  if (channel === 'email' || channel === 'sms') return spreadMinute(caseKey, hours);
  const to = addMinutes(hours.from, LAST_HOUR_MINUTES + WORK_SPREAD_MINUTES);
  return spreadMinute(caseKey, { from: hours.from, to: to < hours.to ? to : hours.to });
}
