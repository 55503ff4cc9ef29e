// The function API of the polyfill: a third of the size of its classes on every cold start, and its codemod turns it
// into native Temporal one day.
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { invariant } from '../errors.ts';
import type { SendingHours } from '../policy.ts';
import { addCalendarDays, nextBusinessDay } from './business-day.ts';
import type { HolidayTable } from './holiday-table.ts';

/**
 * What bounds the sending of one notice. Dates and hours are local to `timeZone`, the debtor's IANA zone; `notBeforeAt`
 * is a UTC instant.
 */
export interface SendingBounds {
  readonly notBeforeOn: string;
  readonly notBeforeAt: string;
  readonly region: string;
  readonly timeZone: string;
  readonly hours: SendingHours;
  readonly holidays: HolidayTable;
}

/** An instant to send at: UTC with whole seconds and a `Z`, and the debtor's local date at that instant. */
export interface SendingSlot {
  readonly at: string;
  readonly on: string;
}

/** A few closed days in a row, and the odd day that a zone leaves out of its calendar, fit in easily. */
const ATTEMPTS_MAX = 30;

/**
 * The earliest instant at which a notice may go out: on or after both bounds, on an open day of the region, at or after
 * the opening time and before the closing time, all on the debtor's own clock.
 *
 * Where clocks jump over the opening time, the hours start when they land; where they strike it twice, both passes
 * count.
 *
 * @throws invariant failure when the hours do not open before they close, or a bound is not written as described
 * @throws RangeError when the zone is unknown
 */
export function firstSendingInstant(bounds: SendingBounds): SendingSlot {
  const { notBeforeOn, notBeforeAt, region, timeZone, hours, holidays } = bounds;
  invariant(hours.from < hours.to, `sending hours ${hours.from} to ${hours.to} never open: "from" must be before "to"`);
  const start = atWholeSecond(notBeforeAt, timeZone);
  let on = dateOf(start);
  if (on < notBeforeOn) on = notBeforeOn;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    on = nextBusinessDay(on, region, holidays);
    for (const candidate of [start, ...openingsOn(on, hours.from, timeZone)]) {
      if (candidate.epochMilliseconds < start.epochMilliseconds) continue;
      if (dateOf(candidate) === on && isWithin(candidate, hours)) return { at: instantOf(candidate), on };
    }
    on = addCalendarDays(on, 1);
  }
  throw new Error(
    `invariant: no sending hour found from ${notBeforeOn} and ${notBeforeAt} on in ${region}, ${timeZone}`,
  );
}

/**
 * The calendar date of a UTC instant on the clocks of a zone.
 *
 * @throws RangeError when the zone is unknown
 */
export function dateIn(instant: string, timeZone: string): string {
  return dateOf(Instant.toZonedDateTimeISO(Instant.fromString(instant), timeZone));
}

type Zoned = ReturnType<typeof Instant.toZonedDateTimeISO>;

function atWholeSecond(instant: string, timeZone: string): Zoned {
  const milliseconds = Date.parse(instant);
  invariant(instant.endsWith('Z') && !Number.isNaN(milliseconds), `"${instant}" is not a UTC instant with a Z`);
  const ceiling = Instant.fromEpochMilliseconds(Math.ceil(milliseconds / 1000) * 1000);
  return Instant.toZonedDateTimeISO(ceiling, timeZone);
}

/**
 * The instants of a date at which its hours may begin, earliest first: when the opening time strikes (twice where
 * clocks go back over it), and, on a day that is not 24 hours long, when the clocks change, since they may land inside
 * the hours.
 */
function openingsOn(on: string, from: string, timeZone: string): Zoned[] {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number);
  const [hour = 0, minute = 0] = from.split(':').map(Number);
  const wall = PlainDateTime.create(year, month, day, hour, minute);
  const earlier = PlainDateTime.toZonedDateTime(wall, timeZone, { disambiguation: 'earlier' });
  const later = PlainDateTime.toZonedDateTime(wall, timeZone, { disambiguation: 'later' });
  const changes = ZonedDateTime.hoursInDay(later) === 24 ? [] : changesOfClocks(later);
  return [earlier, later, ...changes].sort((one, other) => one.epochMilliseconds - other.epochMilliseconds);
}

/** When the clocks change on the day of a moment: at its very start, or after. */
function changesOfClocks(moment: Zoned): Zoned[] {
  const start = ZonedDateTime.startOfDay(moment);
  const change = ZonedDateTime.getTimeZoneTransition(start, 'next');
  return change ? [start, change] : [start];
}

function isWithin(moment: Zoned, { from, to }: SendingHours): boolean {
  const time = timeOf(moment);
  return from <= time && time < to;
}

function dateOf(moment: Zoned): string {
  return [String(moment.year).padStart(4, '0'), twoDigits(moment.month), twoDigits(moment.day)].join('-');
}

function timeOf(moment: Zoned): string {
  return `${twoDigits(moment.hour)}:${twoDigits(moment.minute)}`;
}

function instantOf(moment: Zoned): string {
  return new Date(moment.epochMilliseconds).toISOString().replace('.000Z', 'Z');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
