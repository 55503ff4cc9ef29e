import { PlausibleDateSchema } from '../text-field.ts';

const DAY_MS = 86_400_000;

/** A date of a bank's file as `YYYY-MM-DD`, or `null` when there is no such day between 1970 and 2199. */
export function statementDate(year: number | string, month: string, day: string): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return PlausibleDateSchema.safeParse(date).success ? date : null;
}

/** The year that two digits mean in a bank's file. */
export function fullYear(twoDigits: string): number {
  const year = Number(twoDigits);
  return year < 70 ? 2000 + year : 1900 + year;
}

/** The day `MMDD` nearest to a date: a booking of 2 January may have a value date in December. `null` when there is none. */
export function nearestDate(monthDay: string, date: string): string | null {
  const year = Number(date.slice(0, 4));
  const candidates = [year, year - 1, year + 1]
    .map((candidate) => statementDate(candidate, monthDay.slice(0, 2), monthDay.slice(2)))
    .filter((candidate) => candidate !== null);
  const distance = (candidate: string) => Math.abs(Date.parse(candidate) - Date.parse(date)) / DAY_MS;
  return candidates.sort((one, other) => distance(one) - distance(other))[0] ?? null;
}
