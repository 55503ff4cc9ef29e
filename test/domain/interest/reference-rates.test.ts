import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../../../lib/domain/calendar/business-day.ts';
import { interestStatement } from '../../../lib/domain/interest/interest-statement.ts';
import { halfYearEnd, halfYearStart, referenceRateBps } from '../../../lib/domain/interest/rate-table.ts';
import type { RegimeId } from '../../../lib/domain/interest/regime.ts';
import { REGIMES } from '../../../lib/domain/interest/regimes.ts';
import { RATES } from '../../../lib/generated/rates.ts';
import { aClaim } from './claims.ts';

/** The yearly rate of a regime for a debt whose interest starts on a day. */
function rateBps(regimeId: RegimeId, on: string, contractAnnualRateBps?: number): number | undefined {
  const claim = aClaim({ regime: REGIMES[regimeId], dueOn: addCalendarDays(on, -1), until: on, contractAnnualRateBps });
  return interestStatement(claim, RATES).lines[0]?.annualRateBps;
}

// The columns that follow from the rates: France + 10, European Union + 8, three times the French legal rate, United Kingdom + 8, Germany + 9 and + 5.
const DERIVED = `
2019-01-01 10.00  8.00  2.58  8.75  8.12 4.12
2019-07-01 10.00  8.00  2.61  8.75  8.12 4.12
2020-01-01 10.00  8.00  2.61  8.75  8.12 4.12
2020-07-01 10.00  8.00  2.52  8.10  8.12 4.12
2021-01-01 10.00  8.00  2.37  8.10  8.12 4.12
2021-07-01 10.00  8.00  2.28  8.10  8.12 4.12
2022-01-01 10.00  8.00  2.28  8.25  8.12 4.12
2022-07-01 10.00  8.00  2.31  9.25  8.12 4.12
2023-01-01 12.50 10.50  6.18 11.50 10.62 6.62
2023-07-01 14.00 12.00 12.66 13.00 12.12 8.12
2024-01-01 14.50 12.50 15.21 13.25 12.62 8.62
2024-07-01 14.25 12.25 14.76 13.25 12.37 8.37
2025-01-01 13.15 11.15 11.13 12.75 11.27 7.27
2025-07-01 12.15 10.15  8.28 12.25 10.27 6.27
2026-01-01 12.15 10.15  7.86 11.75 10.27 6.27
2026-07-01 12.40 10.40  8.25 11.75 10.52 6.52`
  .trim()
  .split('\n')
  .map((row) => row.split(/\s+/));

describe('the rates of the half-years', () => {
  it.each(DERIVED)('from %s are %s, %s, %s, %s, %s and %s', (from, ...percentages) => {
    const bps = percentages.map((percentage) => Number(percentage.replace('.', '')));
    for (const on of [from!, halfYearEnd(from!)])
      expect([
        rateBps('fr-business', on),
        rateBps('eu-default', on),
        // A clause of nothing is lifted to the floor.
        rateBps('fr-business', on, 0),
        rateBps('uk-business', on),
        rateBps('de-business', on),
        rateBps('de-consumer', on),
      ]).toEqual(bps);
  });

  // A row that is added to the table every half-year must not break a test.
  it('are those the table begins with', () => {
    expect(RATES.slice(0, DERIVED.length).map(({ from }) => from)).toEqual(DERIVED.map(([from]) => from));
  });

  it('are rounded up to half a point in Belgium', () => {
    const published = { '2020-01-01': 800, '2024-01-01': 1_250, '2024-07-01': 1_250, '2026-01-01': 1_050 };
    for (const [on, bps] of Object.entries(published)) expect(rateBps('be-business', on)).toBe(bps);
  });

  it.each(['eu-default', 'es-business', 'it-business', 'ie-business', 'fr-public'] as const)(
    'are ECB + 8 in %s',
    (id) => {
      for (const { from, bps } of RATES) expect(rateBps(id, from)).toBe(bps.ecb + 800);
    },
  );

  it('are never extrapolated', () => {
    const after = addCalendarDays(halfYearEnd(RATES.at(-1)!.from), 1);
    for (const on of ['2018-12-31', after, '1999-07-01']) expect(referenceRateBps('ecb', on, RATES)).toBeNull();
  });

  it('fall to nothing and no lower where a reference rate is far below zero', () => {
    const ofThen = RATES.find(({ from }) => from === '2026-07-01')!;
    const sunken = [{ ...ofThen, bps: { ...ofThen.bps, ecb: -900 } }];
    const claim = aClaim({ regime: REGIMES['it-business'], dueOn: '2026-07-31', until: '2026-08-31' });
    expect(interestStatement(claim, sunken)).toMatchObject({ lines: [{ annualRateBps: 0 }], totalMinor: 0 });
  });
});

describe('the rates that wrong tables on the web have', () => {
  it.each([
    // They follow the decision of the central bank, which changes nothing before the next half-year.
    ['fr-business', '2022-07-27', 1_050, 1_000],
    ['fr-business', '2022-09-30', 1_050, 1_000],
    ['fr-business', '2024-01-01', 1_475, 1_450],
    ['fr-business', '2025-01-01', 1_350, 1_315],
    ['fr-business', '2024-09-18', 1_365, 1_425],
    ['fr-business', '2024-12-31', 1_365, 1_425],
    ['eu-default', '2024-07-01', 365 + 800, 1_225],
    ['eu-default', '2025-01-01', 265 + 800, 1_115],
    // They take the column of private individuals, or another half-year, for the legal rate of businesses.
    ['fr-consumer', '2025-01-01', 761, 371],
    ['fr-consumer', '2025-07-01', 654, 276],
    ['fr-consumer', '2025-01-01', 721, 371],
    // They have a Bank Rate of 4.5 % in early 2026.
    ['uk-business', '2026-01-15', 450 + 800, 1_175],
  ] as const)('are not ours: %s on %s is not %i but %i', (regimeId, on, wrongBps, rightBps) => {
    const claim = aClaim({
      ...{ regime: REGIMES[regimeId], dueOn: addCalendarDays(on, -1), until: on },
      formalNoticeReceivedOn: addCalendarDays(on, -1),
    });
    const [line] = interestStatement(claim, RATES).lines;
    expect(line?.annualRateBps).not.toBe(wrongBps);
    expect(line?.annualRateBps).toBe(rightBps);
  });

  it('are never those of private individuals', () => {
    const references = Object.values(REGIMES).flatMap(({ versions }) =>
      versions.flatMap(({ reference, contractFloor }) => [reference, contractFloor?.reference]),
    );
    expect(references).not.toContain('fr-legal-individuals');
  });
});

describe('a half-year', () => {
  it.each([
    ['2024-01-01', '2024-01-01', '2024-06-30'],
    ['2024-06-30', '2024-01-01', '2024-06-30'],
    ['2024-07-01', '2024-07-01', '2024-12-31'],
    ['2024-12-31', '2024-07-01', '2024-12-31'],
  ])('with %s in it runs from %s to %s', (on, from, to) => {
    expect([halfYearStart(on), halfYearEnd(on)]).toEqual([from, to]);
  });
});
