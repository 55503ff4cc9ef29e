import { describe, expect, it } from 'vitest';
import { foreseenOn, offsetInWords } from '../../../lib/domain/plan/step-date.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';

const calendar = { region: 'FR', holidays: HOLIDAYS };

describe('the date a step is foreseen on', () => {
  it.each([
    // Thursday 14 May 2026 is Ascension Day, Friday 15 is open, Whit Monday is 25 May.
    ['2026-05-13', 2, 'calendar', '2026-05-15'],
    ['2026-05-13', -10, 'calendar', '2026-05-03'],
    ['2026-05-13', 1, 'business', '2026-05-15'],
    ['2026-05-13', 2, 'business', '2026-05-18'],
    ['2026-05-22', 1, 'business', '2026-05-26'],
    ['2026-05-23', 1, 'business', '2026-05-26'], // counted from a Saturday
    ['2026-05-23', 0, 'business', '2026-05-26'],
    ['2026-05-18', -1, 'business', '2026-05-15'],
    ['2026-05-18', -2, 'business', '2026-05-13'],
    ['2026-05-17', -2, 'business', '2026-05-13'], // counted from a Sunday
  ] as const)('due %s, %i %s days, is %s', (dueOn, offsetDays, offsetCounts, on) => {
    expect(foreseenOn(dueOn, { offsetDays, offsetCounts }, calendar)).toBe(on);
  });

  it('counts calendar days when nothing is said', () => {
    expect(foreseenOn('2026-01-30', { offsetDays: 2 }, calendar)).toBe('2026-02-01');
  });
});

it.each([
  [{ offsetDays: -10 }, '10 days before the due date'],
  [{ offsetDays: 1 }, '1 day after the due date'],
  [{ offsetDays: -1, offsetCounts: 'business' }, '1 open day before the due date'],
  [{ offsetDays: 5, offsetCounts: 'business' }, '5 open days after the due date'],
] as const)('says %j in words', (offset, words) => {
  expect(offsetInWords(offset)).toBe(words);
});
