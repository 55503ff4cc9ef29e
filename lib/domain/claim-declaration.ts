import { addCalendarMonths, previousBusinessDay } from './calendar/business-day.ts';
import type { DebtorCalendar } from './plan/debtor-calendar.ts';

/** Months in which a claim must be declared after insolvency proceedings were published. */
const DECLARATION_MONTHS = 2;

/**
 * The day by which a claim is to be declared: two calendar months after the opening, on the same day of the month or its last; the open day before when that one is closed.
 *
 * @see C. com. R622-24: two months from the publication of the judgment, which never comes before the opening; legifrance.gouv.fr, UNVERIFIED
 */
export function declarationDueOn(
  openedOn: string,
  { region, holidays }: Pick<DebtorCalendar, 'region' | 'holidays'>,
): string {
  return previousBusinessDay(addCalendarMonths(openedOn, DECLARATION_MONTHS), region, holidays);
}
