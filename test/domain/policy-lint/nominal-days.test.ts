import { expect, it } from 'vitest';
import { daysBetween, latestDay, soonestDay } from '../../../lib/domain/policy-lint/nominal-days.ts';

const business = (offsetDays: number) => ({ offsetDays, offsetCounts: 'business' as const });
const calendar = (offsetDays: number) => ({ offsetDays });

it.each([
  // Business days from a Sunday at the soonest, from a Friday at the latest.
  [business(0), 0, 0],
  [business(1), 1, 3],
  [business(5), 5, 7],
  [business(6), 8, 10],
  [business(10), 12, 14],
  [business(-1), -3, -1],
  [business(-6), -10, -8],
  [calendar(22), 22, 22],
  [calendar(-10), -10, -10],
])('falls $0 between day %i and day %i', (offset, soonest, latest) => {
  expect([soonestDay(offset), latestDay(offset)]).toEqual([soonest, latest]);
});

it.each([
  { earlier: calendar(10), later: calendar(15), days: 5 },
  { earlier: business(5), later: calendar(15), days: 8 },
  { earlier: calendar(10), later: business(10), days: 2 },
  { earlier: business(5), later: business(10), days: 5 },
])('counts at least $days days from $earlier to $later', ({ earlier, later, days }) => {
  expect(daysBetween(earlier, later)).toBe(days);
});
