const OFFSET_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a timestamp of a Wait as epoch milliseconds; undefined when Step Functions would not take it: it wants a date,
 * a `T`, a time and an offset.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== 'string' || !OFFSET_DATE_TIME.test(value)) return undefined;
  const millis = Date.parse(value);
  if (Number.isNaN(millis) || !isRealDate(value)) return undefined;
  return millis;
}

/** `Date.parse` takes 31 April for 1 May; AWS refuses it. */
function isRealDate(value: string): boolean {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
