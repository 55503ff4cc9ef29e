import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { firstDayWithinBudget } from '../../lib/domain/contact-budget.ts';

const budget = { perDay: 1, perWeek: 3 };
const MONDAY = '2026-02-02';

describe('a contact within the budget', () => {
  it.each([
    { contactsOn: [], on: '2026-02-02', movedBecause: null },
    { contactsOn: ['2026-01-26', '2026-01-26'], on: '2026-02-02', movedBecause: null },
    {
      contactsOn: ['2026-02-02'],
      on: '2026-02-03',
      movedBecause: 'one contact with the debtor on 2026-02-02, and the budget allows 1 a day',
    },
    {
      contactsOn: ['2026-01-31', '2026-01-28', '2026-01-30'],
      on: '2026-02-04',
      movedBecause: '3 contacts with the debtor from 2026-01-27 to 2026-02-02, and the budget allows 3 in seven days',
    },
    {
      contactsOn: ['2026-02-03', '2026-02-05', '2026-02-07'],
      on: '2026-02-10',
      movedBecause: '3 contacts with the debtor from 2026-02-01 to 2026-02-07, and the budget allows 3 in seven days',
    },
  ])('is on $on beside $contactsOn', ({ contactsOn, on, movedBecause }) => {
    expect(firstDayWithinBudget({ notBeforeOn: MONDAY, contactsOn, budget })).toEqual({ on, movedBecause });
  });

  it('joins others on a day that has room for more', () => {
    const twoADay = { perDay: 2, perWeek: 5 };
    expect(firstDayWithinBudget({ notBeforeOn: MONDAY, contactsOn: [MONDAY], budget: twoADay }).on).toBe(MONDAY);
  });
});

const aBudget = fc.record({ perDay: fc.integer({ min: 1, max: 3 }), perWeek: fc.integer({ min: 1, max: 5 }) });
const someDates = fc.array(
  fc.integer({ min: 0, max: 30 }).map((days) => addCalendarDays(MONDAY, days)),
  { maxLength: 25 },
);

/** Whether a list of contacts keeps the budget, counted plainly: day by day and week by week. */
function isKept(contactsOn: readonly string[], { perDay, perWeek }: { perDay: number; perWeek: number }): boolean {
  const countOf = (first: string, last: string) => contactsOn.filter((on) => first <= on && on <= last).length;
  const starts = Array.from({ length: 200 }, (_, index) => addCalendarDays(MONDAY, index - 10));
  return starts.every(
    (start) => countOf(start, start) <= perDay && countOf(start, addCalendarDays(start, 6)) <= perWeek,
  );
}

describe('the budget', () => {
  it('is never exceeded by contacts planned one after the other, in whatever order they are asked for', () => {
    fc.assert(
      fc.property(someDates, aBudget, (asked, limits) => {
        const contactsOn: string[] = [];
        for (const notBeforeOn of asked) {
          contactsOn.push(firstDayWithinBudget({ notBeforeOn, contactsOn, budget: limits }).on);
        }
        expect(isKept(contactsOn, limits)).toBe(true);
      }),
    );
  });

  it('never moves a contact without need, and says so whenever it does', () => {
    fc.assert(
      fc.property(someDates, someDates, aBudget, (asked, [notBeforeOn = MONDAY], limits) => {
        const contactsOn: string[] = [];
        for (const on of asked)
          contactsOn.push(firstDayWithinBudget({ notBeforeOn: on, contactsOn, budget: limits }).on);
        const { on, movedBecause } = firstDayWithinBudget({ notBeforeOn, contactsOn, budget: limits });
        for (let day = notBeforeOn; day < on; day = addCalendarDays(day, 1)) {
          expect(isKept([...contactsOn, day], limits)).toBe(false);
        }
        expect(movedBecause === null).toBe(on === notBeforeOn);
      }),
    );
  });
});
