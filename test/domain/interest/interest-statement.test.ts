import { describe, expect, it } from 'vitest';
import { type InterestClaim, interestStatement } from '../../../lib/domain/interest/interest-statement.ts';
import { REGIMES } from '../../../lib/domain/interest/regimes.ts';
import { RATES } from '../../../lib/generated/rates.ts';
import { aClaim, written } from './claims.ts';

function statementOf(fields: Partial<InterestClaim> = {}) {
  return interestStatement(aClaim(fields), RATES);
}

function linesOf(fields: Partial<InterestClaim> = {}): string[] {
  return written(statementOf(fields).lines);
}

const NOTHING = { lines: [], totalMinor: 0, compensationMinor: 0, complete: true, missingFrom: null };

describe('the days that bear interest', () => {
  it('begin the day after the due date and end on the value date of the money', () => {
    // 1 200 × 12.40 % × 12 / 365 = 4.8920, then 700 × 12.40 % × 8 / 365 = 1.9025
    const payments = [{ valueOn: '2026-11-12', amountMinor: 50_000 }];
    const claim = { principalMinor: 120_000, dueOn: '2026-10-31', until: '2026-11-20', payments };
    expect(linesOf(claim)).toEqual([
      '2026-11-01 2026-11-12 12 1200.00 12.40 4.89',
      '2026-11-13 2026-11-20 8 700.00 12.40 1.90',
    ]);
  });

  it('are none on the due date, and one on the day after', () => {
    expect(statementOf({ until: '2023-11-15' })).toEqual(NOTHING);
    // 10 000 × 14.00 % / 365 = 3.8356
    expect(linesOf({ until: '2023-11-16' })).toEqual(['2023-11-16 2023-11-16 1 10000.00 14.00 3.84']);
    expect(statementOf({ until: '2023-11-16' }).compensationMinor).toBe(4_000);
  });

  it('count 29 February, over 365 in a leap year too', () => {
    // 10 000 × 14.50 % × 30 / 365 = 119.1781
    expect(linesOf({ dueOn: '2024-01-31', until: '2024-03-01' })).toEqual([
      '2024-02-01 2024-03-01 30 10000.00 14.50 119.18',
    ]);
    // 366 days: 10 000 × 14.50 % × 182 / 365 = 723.0137 and 10 000 × 14.25 % × 184 / 365 = 718.3562
    expect(linesOf({ dueOn: '2023-12-31', until: '2024-12-31' })).toEqual([
      '2024-01-01 2024-06-30 182 10000.00 14.50 723.01',
      '2024-07-01 2024-12-31 184 10000.00 14.25 718.36',
    ]);
  });

  it('end when the principal is paid, though the compensation stays due', () => {
    const payments = [{ valueOn: '2023-11-20', amountMinor: 1_000_000 }];
    // 10 000 × 14.00 % × 5 / 365 = 19.1781
    const statement = statementOf({ payments, until: '2030-01-01' });
    expect(written(statement.lines)).toEqual(['2023-11-16 2023-11-20 5 10000.00 14.00 19.18']);
    expect(statement).toMatchObject({ compensationMinor: 4_000, complete: true });
  });

  it('are none for money in time, even when it comes before the due date in parts', () => {
    const payments = [
      { valueOn: '2023-11-01', amountMinor: 400_000 },
      { valueOn: '2023-11-15', amountMinor: 600_000 },
    ];
    expect(statementOf({ payments })).toEqual(NOTHING);
  });
});

describe('the base', () => {
  it('counts as owed what a payment after the last day of the statement will take off', () => {
    const payments = [{ valueOn: '2024-01-10', amountMinor: 1_000_000 }];
    expect(linesOf({ payments, until: '2023-11-25' })).toEqual(['2023-11-16 2023-11-25 10 10000.00 14.00 38.36']);
  });

  it('is never what was credited, not even on days before the credit note', () => {
    // 6 000 × 14.00 % × 10 / 365 = 23.0137
    expect(linesOf({ creditedMinor: 400_000, until: '2023-11-25' })).toEqual([
      '2023-11-16 2023-11-25 10 6000.00 14.00 23.01',
    ]);
    expect(statementOf({ creditedMinor: 1_000_000 })).toEqual(NOTHING);
  });

  it('takes two payments of one day together and no notice of one of nothing', () => {
    const payments = [
      { valueOn: '2023-11-18', amountMinor: 0 },
      { valueOn: '2023-11-20', amountMinor: 100_000 },
      { valueOn: '2023-11-20', amountMinor: 200_000 },
    ];
    // 10 000 × 14.00 % × 5 / 365 = 19.1781; 7 000 × 14.00 % × 5 / 365 = 13.4247
    expect(linesOf({ payments, until: '2023-11-25' })).toEqual([
      '2023-11-16 2023-11-20 5 10000.00 14.00 19.18',
      '2023-11-21 2023-11-25 5 7000.00 14.00 13.42',
    ]);
  });

  it('must be whole minor units', () => {
    expect(() => statementOf({ principalMinor: 0.5 })).toThrow('interest is worked out on whole numbers ≥ 0, got 0.5');
    expect(() => statementOf({ payments: [{ valueOn: '2024-01-10', amountMinor: -1 }] })).toThrow('got -1');
  });
});

describe('a line', () => {
  it('is rounded half up, once', () => {
    // 3.65 × 10.00 % × 5 / 365 = 0.0050, 3.64 less than that, 10.95 × 10.00 % × 5 / 365 = 0.0150
    const atTenPercent = { contractAnnualRateBps: 1_000, regime: REGIMES['it-business'], dueOn: '2024-01-31' };
    const onFiveDays = (principalMinor: number) =>
      statementOf({ ...atTenPercent, principalMinor, until: '2024-02-05' }).totalMinor;
    expect(onFiveDays(365)).toBe(1);
    expect(onFiveDays(364)).toBe(0);
    expect(onFiveDays(1_095)).toBe(2);
  });

  it('is exact where amounts are as large as they may be', () => {
    // 9 007 199 254 740 991 × 14.00 % × 46 / 365 = 158 922 912 604 964.88…
    const statement = statementOf({ principalMinor: Number.MAX_SAFE_INTEGER, until: '2023-12-31' });
    expect(BigInt(statement.totalMinor)).toBe((9_007_199_254_740_991n * 1_400n * 46n * 2n + 3_650_000n) / 7_300_000n);
  });
});

describe('a statement that reaches beyond what is known', () => {
  // The table as it ended in 2026, whatever rows were added since.
  const KNOWN = RATES.filter(({ from }) => from <= '2026-07-01');

  it('says from when the rates are missing, and ends the day before', () => {
    const claim = aClaim({ regime: REGIMES['it-business'], dueOn: '2026-12-01', until: '2027-01-15' });
    const statement = interestStatement(claim, KNOWN);
    // 10 000 × 10.40 % × 30 / 365 = 85.4795
    expect(written(statement.lines)).toEqual(['2026-12-02 2026-12-31 30 10000.00 10.40 85.48']);
    expect(statement).toMatchObject({ totalMinor: 8_548, complete: false, missingFrom: '2027-01-01' });
  });

  it('has no line at all when the first day is unknown', () => {
    const british = { regime: REGIMES['uk-business'], currency: 'GBP' };
    const late = interestStatement(aClaim({ ...british, dueOn: '2026-12-31', until: '2027-02-01' }), KNOWN);
    expect(late).toMatchObject({ lines: [], complete: false, missingFrom: '2027-01-01' });
    const early = statementOf({ dueOn: '2018-12-01', until: '2019-03-01' });
    expect(early).toMatchObject({ lines: [], complete: false, missingFrom: '2018-12-02' });
  });

  it('says so too when the rates go on and the law does not', () => {
    const next = { ...KNOWN.at(-1)!, from: '2027-01-01' };
    const claim = aClaim({ dueOn: '2026-12-01', until: '2027-01-15', contractAnnualRateBps: 1_500 });
    expect(interestStatement(claim, [...KNOWN, next])).toMatchObject({ complete: false, missingFrom: '2027-01-01' });
    const italian = { ...claim, regime: REGIMES['it-business'], contractAnnualRateBps: undefined };
    expect(interestStatement(italian, [...KNOWN, next])).toMatchObject({ complete: true, missingFrom: null });
  });

  it('is complete on the last day of the table', () => {
    expect(statementOf({ dueOn: '2026-12-01', until: '2026-12-31' }).complete).toBe(true);
  });

  it('is complete for a rate that was fixed before', () => {
    const british = { regime: REGIMES['uk-business'], currency: 'GBP', dueOn: '2026-12-01', until: '2027-03-01' };
    // 10 000 × 11.75 % × 90 / 365 = 289.7260
    expect(linesOf(british)).toEqual(['2026-12-02 2027-03-01 90 10000.00 11.75 289.73']);
  });
});

describe('a rate that is fixed at the start', () => {
  const british = { regime: REGIMES['uk-business'], currency: 'GBP' };

  it('is that of the day before the half-year in which interest starts', () => {
    // Due on 30 June 2025, late from 1 July: Bank Rate of 30 June, 4.25. Due a day earlier, late from 30 June: Bank Rate of 31 December, 4.75.
    expect(linesOf({ ...british, dueOn: '2025-06-30', until: '2025-07-01' })[0]).toContain(' 12.25 ');
    expect(linesOf({ ...british, dueOn: '2025-06-29', until: '2025-07-01' })[0]).toContain(' 12.75 ');
  });

  it('does not follow the Bank of England, as tables on the web do', () => {
    // 10 000 × 12.75 % × 306 / 365 = 1 068.9041; the Bank moved on 6 February, 8 May and 7 August 2025.
    expect(linesOf({ ...british, dueOn: '2025-01-31', until: '2025-12-03' })).toEqual([
      '2025-02-01 2025-12-03 306 10000.00 12.75 1068.90',
    ]);
  });
});

describe('a clause of the contract', () => {
  it('is lifted in France to three times the legal rate, half-year by half-year', () => {
    const clause = { contractAnnualRateBps: 1_000, dueOn: '2023-06-29', until: '2025-07-01' };
    const rates = statementOf(clause).lines.map(({ annualRateBps }) => annualRateBps);
    // 3 × 2.06 = 6.18, 3 × 4.22 = 12.66, 3 × 5.07 = 15.21, 3 × 4.92 = 14.76, 3 × 3.71 = 11.13, 3 × 2.76 = 8.28
    expect(rates).toEqual([1_000, 1_266, 1_521, 1_476, 1_113, 1_000]);
  });

  it('does not lift the rate of the law, which was below that floor in 2024', () => {
    const rates = statementOf({ dueOn: '2023-12-31' }).lines.map(({ annualRateBps }) => annualRateBps);
    expect(rates).toEqual([1_450, 1_425]);
  });

  it('may be dearer than the law', () => {
    expect(statementOf({ contractAnnualRateBps: 1_800, until: '2023-11-30' }).lines[0]).toMatchObject({
      annualRateBps: 1_800,
      amountMinor: 7_397, // 10 000 × 18.00 % × 15 / 365 = 73.9726
    });
  });

  it('holds through half-years where the law has no floor, and needs no table', () => {
    const german = { regime: REGIMES['de-business'], contractAnnualRateBps: 500, until: '2027-03-01' };
    expect(statementOf(german)).toMatchObject({ complete: true, lines: [{ days: 1_202, annualRateBps: 500 }] });
  });
});

describe('a French consumer', () => {
  const consumer = { regime: REGIMES['fr-consumer'] };

  it('owes no interest before the formal notice is received', () => {
    expect(statementOf(consumer)).toEqual(NOTHING);
    expect(statementOf({ ...consumer, formalNoticeReceivedOn: '2024-12-31' })).toEqual(NOTHING);
  });

  it('owes it from the day after the due date when the notice came before', () => {
    const early = { ...consumer, formalNoticeReceivedOn: '2023-11-01', until: '2023-11-16' };
    // 10 000 × 4.22 % / 365 = 1.1562
    expect(linesOf(early)).toEqual(['2023-11-16 2023-11-16 1 10000.00 4.22 1.16']);
  });
});

describe('the compensation', () => {
  const owing = (principalMinor: number, regimeId: keyof typeof REGIMES, currency = 'EUR') =>
    statementOf({ principalMinor, regime: REGIMES[regimeId], currency, until: '2023-11-20' }).compensationMinor;

  it.each([
    ['fr-business', 'EUR', 1, 4_000],
    ['fr-consumer', 'EUR', 1_000_000, 0],
    ['de-consumer', 'EUR', 1_000_000, 0],
    ['uk-business', 'GBP', 99_999, 4_000],
    ['uk-business', 'GBP', 100_000, 7_000],
    ['uk-business', 'GBP', 999_999, 7_000],
    ['uk-business', 'GBP', 1_000_000, 10_000],
    ['ie-business', 'EUR', 100_000, 4_000],
    ['ie-business', 'EUR', 100_001, 7_000],
    ['ie-business', 'EUR', 1_000_000, 7_000],
    ['ie-business', 'EUR', 1_000_001, 10_000],
  ] as const)('in %s, %s, on %i is %i', (regimeId, currency, principalMinor, expected) => {
    expect(owing(principalMinor, regimeId, currency)).toBe(expected);
  });

  it('is not claimed in another currency than the law has it in', () => {
    expect(owing(1_000_000, 'fr-business', 'USD')).toBe(0);
    expect(owing(1_000_000, 'uk-business', 'EUR')).toBe(0);
  });

  it('is measured by what was late, and not by what was paid in time', () => {
    const payments = [{ valueOn: '2023-11-15', amountMinor: 950_000 }];
    const british = { regime: REGIMES['uk-business'], currency: 'GBP', payments };
    expect(statementOf(british).compensationMinor).toBe(4_000);
  });

  it('stands back in Britain where the contract has its own remedy, and not in France', () => {
    const clause = { contractAnnualRateBps: 1_500 };
    expect(statementOf({ ...clause, regime: REGIMES['uk-business'], currency: 'GBP' }).compensationMinor).toBe(0);
    expect(statementOf(clause).compensationMinor).toBe(4_000);
  });
});
