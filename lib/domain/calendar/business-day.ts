import { invariant } from '../errors.ts';
import { type HolidayTable, isPublicHoliday } from './holiday-table.ts';

/**
 * How far ahead an open day is looked for; no region is closed that long, so going further means that the data is
 * wrong.
 */
const LOOK_AHEAD_DAYS = 60;

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Whether notices go out on a date: neither Saturday, nor Sunday, nor a public holiday of the region.
 *
 * The week-end is Saturday and Sunday everywhere; countries that rest on other days are treated alike.
 *
 * @param date calendar date `YYYY-MM-DD`
 * @param region a region of {@link HolidayTable}; one that is not there has week-ends only
 */
export function isBusinessDay(date: string, region: string, holidays: HolidayTable): boolean {
  const dayOfWeek = new Date(epochDay(date) * MILLISECONDS_PER_DAY).getUTCDay();
  return dayOfWeek !== 0 && dayOfWeek !== 6 && !isPublicHoliday(date, region, holidays);
}

/** The first open day on or after a date: the date itself when it is open. */
export function nextBusinessDay(date: string, region: string, holidays: HolidayTable): string {
  for (let days = 0; days <= LOOK_AHEAD_DAYS; days += 1) {
    const candidate = addCalendarDays(date, days);
    if (isBusinessDay(candidate, region, holidays)) return candidate;
  }
  throw new Error(`invariant: no open day within ${LOOK_AHEAD_DAYS} days of ${date} in ${region}`);
}

/** The last open day on or before a date: the date itself when it is open. */
export function previousBusinessDay(date: string, region: string, holidays: HolidayTable): string {
  for (let days = 0; days <= LOOK_AHEAD_DAYS; days += 1) {
    const candidate = addCalendarDays(date, -days);
    if (isBusinessDay(candidate, region, holidays)) return candidate;
  }
  throw new Error(`invariant: no open day within ${LOOK_AHEAD_DAYS} days before ${date} in ${region}`);
}

/**
 * The date that lies `days` open days after a date: the first open day strictly after it for 1. A closed date counts
 * from its eve, so Friday, Saturday and Sunday all give Monday for 1; 0 gives the first open day on or after the date.
 *
 * @param days a whole number, not negative
 */
export function addBusinessDays(
  date: string,
  days: number,
  { region, holidays }: { readonly region: string; readonly holidays: HolidayTable },
): string {
  invariant(Number.isSafeInteger(days) && days >= 0, `addBusinessDays needs a whole number of days ≥ 0, got ${days}`);
  if (days === 0) return nextBusinessDay(date, region, holidays);
  let reached = date;
  for (let left = days; left > 0; left -= 1) reached = nextBusinessDay(addCalendarDays(reached, 1), region, holidays);
  return reached;
}

/** The calendar date `days` days later (earlier when negative). */
export function addCalendarDays(date: string, days: number): string {
  invariant(Number.isSafeInteger(days), `addCalendarDays needs a whole number of days, got ${days}`);
  return new Date((epochDay(date) + days) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** The same day of the month so many months later, or the last day of that month when it has no such day. */
export function addCalendarMonths(date: string, months: number): string {
  invariant(Number.isSafeInteger(months), `addCalendarMonths needs a whole number of months, got ${months}`);
  const from = new Date(epochDay(date) * MILLISECONDS_PER_DAY);
  const [year, month, day] = [from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate()];
  // Day 0 of the month after is the last day of the month itself.
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** The calendar days from one date to another: 1 from a day to the next, negative when `to` is the earlier one. */
export function calendarDaysBetween(from: string, to: string): number {
  return epochDay(to) - epochDay(from);
}

function epochDay(date: string): number {
  const milliseconds = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  invariant(
    !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(date),
    `"${date}" is not a calendar date YYYY-MM-DD`,
  );
  return milliseconds / MILLISECONDS_PER_DAY;
}
