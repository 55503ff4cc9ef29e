import { addCalendarDays, nextBusinessDay } from '../calendar/business-day.ts';
import type { HolidayTable } from '../calendar/holiday-table.ts';
import type { PolicyStep } from '../policy.ts';

/** The calendar that binds a debtor: the region's holidays. */
export interface DebtorCalendar {
  readonly region: string;
  readonly holidays: HolidayTable;
}

/** The date a notice gives to answer by: what it grants after the day it is sent, on an open day, because a bank moves no money on a closed one. */
export function respondByOn(
  sentOn: string,
  step: Pick<PolicyStep, 'grantsDays'>,
  { region, holidays }: DebtorCalendar,
): string {
  return nextBusinessDay(addCalendarDays(sentOn, step.grantsDays), region, holidays);
}

/** The first date on which a later notice may go out: the open day after the one to answer by, so that what was paid that day can arrive. */
export function heldUntilOn(sentOn: string, step: Pick<PolicyStep, 'grantsDays'>, calendar: DebtorCalendar): string {
  const dayAfter = addCalendarDays(respondByOn(sentOn, step, calendar), 1);
  return nextBusinessDay(dayAfter, calendar.region, calendar.holidays);
}
