import { invariant } from '../errors.ts';
import type { SendingHours } from '../policy.ts';

/** The end of the hours is left free, for what has to be tried again the same day. */
const FREE_AT_THE_END_MINUTES = 60;

/**
 * The minute of its sending hours at which a case sends: always the same for one case, and spread evenly over the hours for many, so that the whole portfolio does not
 * wake in one second. The last hour is left free; hours of an hour or less give their opening.
 *
 * @param caseKey what tells the case apart from all others
 * @returns a wall time `HH:MM`
 */
export function spreadMinute(caseKey: string, { from, to }: SendingHours): string {
  invariant(from < to, `sending hours ${from} to ${to} never open: "from" must be before "to"`);
  const opening = minuteOfDay(from);
  const lastOffset = Math.max(0, minuteOfDay(to) - FREE_AT_THE_END_MINUTES - opening);
  const minute = opening + (fnv1a(caseKey) % (lastOffset + 1));
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

/**
 * The 32-bit FNV-1a hash of a text, over its UTF-8 bytes.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv: the offset basis and the prime
 */
function fnv1a(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01_00_01_93);
  return hash >>> 0;
}

function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
