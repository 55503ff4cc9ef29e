import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';

/**
 * The UTC instant at which a calendar date begins on the clocks of a zone; where they jump over midnight, when they land.
 *
 * @throws RangeError when the zone is unknown
 */
export function dayStart(date: string, timeZone: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const midnight = PlainDateTime.toZonedDateTime(PlainDateTime.create(year, month, day), timeZone);
  return new Date(midnight.epochMilliseconds).toISOString().replace('.000Z', 'Z');
}
