import { describe, expect, it } from 'vitest';
import { type CollectionPeriod, collectionFigures } from '../../../lib/domain/reports/collection-figures.ts';

const NOTHING: CollectionPeriod = {
  ...{ from: '2026-06-01', to: '2026-06-30', openingReceivablesMinor: 0, closingReceivablesMinor: 0 },
  ...{ closingCurrentMinor: 0, creditSalesMinor: 0, salesByMonth: [], promises: [] },
};
const figures = (period: Partial<CollectionPeriod>) => collectionFigures({ ...NOTHING, ...period });

describe('days sales outstanding', () => {
  it('is 50 days, at best 12, of which 38 are delinquent, in the published example', () => {
    // 25 000 owed, 6 000 of it not due, 15 000 sold in 30 days.
    const amounts = { closingReceivablesMinor: 2500000, closingCurrentMinor: 600000, creditSalesMinor: 1500000 };
    expect(figures(amounts)).toMatchObject({ dsoDays: 50, bestPossibleDsoDays: 12, averageDaysDelinquent: 38 });
  });

  it.each([
    // owed, sold in 30 days, days
    [1, 3, 10],
    [1, 7, 4.3], // 4.2857…
    [83, 2000, 1.2], // 1.245 to one decimal
    [1, 24, 1.3], // 1.25 exactly: half goes up
    [-1, 24, -1.3],
    [5, 0, null],
  ])('of %d owed and %d sold is %s', (closingReceivablesMinor, creditSalesMinor, dsoDays) => {
    expect(figures({ closingReceivablesMinor, creditSalesMinor }).dsoDays).toBe(dsoDays);
  });

  it('stays exact beyond what a double can multiply', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    expect(figures({ closingReceivablesMinor: huge, creditSalesMinor: huge }).dsoDays).toBe(30);
  });
});

describe('days sales outstanding by count-back', () => {
  const march = { days: 31, salesMinor: 60 };
  const february = { days: 28, salesMinor: 30 };
  const january = { days: 31, salesMinor: 50 };

  it.each([
    // 60 of March, 30 of February, 10 of January's 50: 31 + 28 + 6.2
    [100, [march, february, january], 65.2],
    [30, [march, february, january], 15.5],
    [60, [march, february, january], 31], // March just used up
    [90, [march, february], 59],
    [91, [march, february], null], // older than the sales we know
    [0, [march], 0],
    [0, [], 0],
    [-20, [march], 0], // a net creditor is owed nothing
    [70, [march, { days: 28, salesMinor: 0 }, january], 65.2], // a month without sales passes
    [70, [march, { days: 28, salesMinor: -5 }, january], 65.2],
    [60, [march, { days: 28, salesMinor: -5 }], 31],
  ])('of %d owed is what the newest months of sales use up', (closingReceivablesMinor, salesByMonth, days) => {
    expect(figures({ closingReceivablesMinor, salesByMonth }).dsoCountBackDays).toBe(days);
  });
});

describe('collection effectiveness', () => {
  it.each([
    // opening, sales, closing, of it current, percent
    [100, 50, 60, 40, 81.8], // 90 of the 110 that could be collected: 81.8181…
    [100, 50, 40, 40, 100], // nothing due is left
    [100, 0, 100, 0, 0], // nothing was collected
    [0, 50, 50, 50, null], // nothing was due
  ])('of %d opening, %d sold and %d closing, %d of it current, is %s', (...given) => {
    const [openingReceivablesMinor, creditSalesMinor, closingReceivablesMinor, closingCurrentMinor, percent] = given;
    const amounts = { openingReceivablesMinor, creditSalesMinor, closingReceivablesMinor, closingCurrentMinor };
    expect(figures(amounts as Partial<CollectionPeriod>).collectionEffectivenessPercent).toBe(percent);
  });
});

describe('promises kept', () => {
  it('counts those fallen due, and a part kept is not kept', () => {
    const promises = (['kept', 'broken', 'partly-kept', 'kept', 'kept', 'broken'] as const).map((status) => ({
      status,
    }));
    expect(figures({ promises }).promisesKeptPercent).toBe(50);
    expect(figures({ promises: promises.slice(0, 3) }).promisesKeptPercent).toBe(33.3);
    expect(figures({}).promisesKeptPercent).toBeNull();
  });
});
