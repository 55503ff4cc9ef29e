import { expect, it } from 'vitest';
import { dayStart } from '../../../lib/domain/calendar/day-start.ts';
import { dateIn } from '../../../lib/domain/calendar/sending-window.ts';

it.each([
  ['2026-02-05', 'Europe/Paris', '2026-02-04T23:00:00Z'],
  ['2026-07-14', 'Europe/Paris', '2026-07-13T22:00:00Z'],
  ['2026-02-05', 'America/New_York', '2026-02-05T05:00:00Z'],
  ['2026-02-05', 'Pacific/Auckland', '2026-02-04T11:00:00Z'],
  ['2026-02-05', 'UTC', '2026-02-05T00:00:00Z'],
  // Santiago jumps from midnight to one o'clock.
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'],
])('%s begins in %s at %s', (date, timeZone, instant) => {
  expect(dayStart(date, timeZone)).toBe(instant);
  expect(dateIn(instant, timeZone)).toBe(date);
});

it('knows no day of a zone there is none of', () => {
  expect(() => dayStart('2026-02-05', 'Europe/Atlantis')).toThrow(RangeError);
});
