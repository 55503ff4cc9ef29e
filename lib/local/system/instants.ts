/** An ISO 8601 duration such as `P10D`, `PT36H`, `P1Y2M3W4DT5H6M7S`; only the smallest unit may have decimals. */
const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of an ISO 8601 instant with its offset, or `undefined` when the text is none. */
export function parseInstant(text: string): number | undefined {
  const millis = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 30 February for 2 March: a day that is not in the calendar is no instant.
  return Number.isNaN(millis) || !isInCalendar(text.slice(0, 10)) ? undefined : millis;
}

/**
 * The instant a duration after another one, counted in UTC; a month that is too short ends at its last day.
 * `undefined` when the text is no duration.
 */
export function addDuration(startMillis: number, text: string): number | undefined {
  const parts = DURATION.exec(text);
  if (!parts || /[PT]$/.test(text)) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const afterMonths = addMonths(startMillis, years * 12 + months);
  const millis = afterMonths + ((weeks * 7 + days) * 24 + hours) * 3_600_000 + minutes * 60_000 + seconds * 1000;
  return Number.isNaN(new Date(millis).getTime()) ? undefined : Math.round(millis);
}

function addMonths(startMillis: number, months: number): number {
  const date = new Date(startMillis);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

function isInCalendar(date: string): boolean {
  const millis = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(date);
}
