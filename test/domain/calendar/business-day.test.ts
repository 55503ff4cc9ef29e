import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  addCalendarDays,
  addCalendarMonths,
  calendarDaysBetween,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from '../../../lib/domain/calendar/business-day.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';

const aDate = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2040-11-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aRegion = fc.constantFrom(...Object.keys(HOLIDAYS.regions), 'XX');

describe('a business day', () => {
  it.each([
    { date: '2026-11-02', region: 'FR', open: true, because: 'a plain Monday' },
    { date: '2026-10-31', region: 'FR', open: false, because: 'a Saturday' },
    { date: '2026-11-01', region: 'FR', open: false, because: 'a Sunday' },
    { date: '2026-11-11', region: 'FR', open: false, because: 'Armistice' },
    { date: '2026-11-11', region: 'DE', open: true, because: 'a plain Wednesday in Germany' },
    { date: '2026-04-03', region: 'FR', open: true, because: 'Good Friday in most of France' },
    { date: '2026-04-03', region: 'FR-ALSACE-MOSELLE', open: false, because: 'Good Friday in Alsace' },
    { date: '2028-02-29', region: 'FR', open: true, because: 'a leap day on a Tuesday' },
    { date: '2026-12-25', region: 'XX', open: true, because: 'a country without known holidays' },
  ])('is $open on $date in $region: $because', ({ date, region, open }) => {
    expect(isBusinessDay(date, region, HOLIDAYS)).toBe(open);
  });

  it('follows a closed day, over week-end and holiday together', () => {
    // Good Friday to Easter Monday in Germany.
    expect(nextBusinessDay('2026-04-03', 'DE', HOLIDAYS)).toBe('2026-04-07');
  });

  it('comes before a closed day, over week-end and holiday together', () => {
    expect(previousBusinessDay('2026-04-06', 'DE', HOLIDAYS)).toBe('2026-04-02');
    expect(previousBusinessDay('2026-11-02', 'FR', HOLIDAYS)).toBe('2026-11-02');
  });

  it('is the day itself when that is open', () => {
    expect(nextBusinessDay('2026-11-02', 'FR', HOLIDAYS)).toBe('2026-11-02');
  });

  it('is never preceded by another open day since the date asked for', () => {
    fc.assert(
      fc.property(aDate, aRegion, (date, region) => {
        const next = nextBusinessDay(date, region, HOLIDAYS);
        expect(isBusinessDay(next, region, HOLIDAYS)).toBe(true);
        for (let day = date; day < next; day = addCalendarDays(day, 1)) {
          expect(isBusinessDay(day, region, HOLIDAYS)).toBe(false);
        }
      }),
    );
  });
});

describe('business days added', () => {
  const france = { region: 'FR', holidays: HOLIDAYS };

  it.each([
    { date: '2026-11-09', days: 2, reached: '2026-11-12', because: 'Armistice does not count' },
    { date: '2026-11-06', days: 1, reached: '2026-11-09', because: 'the week-end does not count' },
    { date: '2026-11-07', days: 1, reached: '2026-11-09', because: 'a Saturday counts from its eve' },
    { date: '2026-11-07', days: 0, reached: '2026-11-09', because: 'none added reaches the next open day' },
    { date: '2026-11-02', days: 0, reached: '2026-11-02', because: 'none added to an open day' },
    { date: '2026-12-24', days: 5, reached: '2027-01-04', because: 'Christmas and New Year do not count' },
  ])('reach $reached from $date with $days: $because', ({ date, days, reached }) => {
    expect(addBusinessDays(date, days, france)).toBe(reached);
  });

  it('refuse a part of a day', () => {
    expect(() => addBusinessDays('2026-11-02', 1.5, france)).toThrow(/whole number/);
    expect(() => addBusinessDays('2026-11-02', -1, france)).toThrow(/whole number/);
  });
});

describe('calendar days', () => {
  it.each([
    { date: '2026-10-31', days: -10, reached: '2026-10-21' },
    { date: '2024-02-28', days: 1, reached: '2024-02-29' },
    { date: '2026-12-31', days: 1, reached: '2027-01-01' },
    { date: '2026-03-28', days: 2, reached: '2026-03-30' },
  ])('lead from $date by $days to $reached', ({ date, days, reached }) => {
    expect(addCalendarDays(date, days)).toBe(reached);
  });

  it('are counted from one date to the other as they were added', () => {
    fc.assert(
      fc.property(aDate, fc.integer({ min: -3000, max: 3000 }), (date, days) => {
        expect(calendarDaysBetween(date, addCalendarDays(date, days))).toBe(days);
      }),
    );
  });

  it.each([
    ['2026-01-15', 2, '2026-03-15'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-03-31', 0, '2026-03-31'],
  ])(
    'are counted in months from %s by %i to %s, at the last day of a month that is shorter',
    (date, months, reached) => {
      expect(addCalendarMonths(date, months)).toBe(reached);
    },
  );

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01T00:00:00Z', ''])('refuse "%s"', (text) => {
    expect(() => addCalendarDays(text, 1)).toThrow(/is not a calendar date YYYY-MM-DD/);
  });
});
