import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { priorityOf, priorityRank } from '../../lib/domain/case-priority.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { opening } from '../support/ledger-writes.ts';

function caseOf(dueOn: string, totalMinor: number, isFirstInvoice = false): DunningCase {
  return opening({ invoice: { dueOn, totalMinor }, dunningCase: { isFirstInvoice } }).dunningCase;
}

const anyCase = fc
  .tuple(fc.nat(3_000), fc.nat(1_000_000_000), fc.boolean())
  .map(([days, totalMinor, isFirst]) => caseOf(addCalendarDays('2024-01-01', days), totalMinor, isFirst));

describe('the priority of a case', () => {
  // 12 · log10(1 + amount) + days late (+ 10 of a first invoice), halved.
  it.each([
    ['2026-01-30', 120_000, '2026-03-07', 36],
    ['2026-01-30', 99_900, '2026-03-07', 36],
    ['2026-01-30', 99_900, '2026-01-30', 18],
    ['2026-01-30', 0, '2026-01-20', 0],
    ['2026-01-30', 99_999_900, '2026-06-01', 97],
    ['2025-01-30', 99_900, '2026-06-01', 100],
  ])('of an invoice due on %s of %i cents is on %s %i', (dueOn, totalMinor, today, score) => {
    expect(priorityOf(caseOf(dueOn, totalMinor), { today, exponent: 2 }).score).toBe(score);
  });

  it('tells what it rests on', () => {
    const why = (today: string, isFirst = false) =>
      priorityOf(caseOf('2026-01-30', 120_000, isFirst), { today, exponent: 2 }).why;
    expect(why('2026-03-07', true)).toEqual(['36 days late', '1200.00 EUR outstanding', 'first invoice']);
    expect(why('2026-01-31')).toEqual(['1 day late', '1200.00 EUR outstanding']);
    expect(why('2026-01-30')).toEqual(['due today', '1200.00 EUR outstanding']);
    expect(why('2026-01-25')).toEqual(['due in 5 days', '1200.00 EUR outstanding']);
  });

  it('counts what is still owed, in whole units of the currency', () => {
    const { dunningCase } = opening({ dunningCase: { paidMinor: 119_000, isFirstInvoice: false } });
    expect(priorityRank(dunningCase, 2)).toBe(priorityRank(caseOf('2026-01-30', 1_000), 2));
    expect(priorityRank(caseOf('2026-01-30', 1_000), 0)).toBe(priorityRank(caseOf('2026-01-30', 100_000), 2));
  });

  it('ranks two cases alike on every day', () => {
    fc.assert(
      fc.property(anyCase, anyCase, fc.nat(4_000), (one, other, days) => {
        const today = addCalendarDays('2024-01-01', days);
        const [first, second] = [one, other].map((each) => priorityOf(each, { today, exponent: 2 }).score);
        if (priorityRank(one, 2) >= priorityRank(other, 2)) expect(first).toBeGreaterThanOrEqual(second!);
        expect(first).toSatisfy((score: number) => Number.isInteger(score) && score >= 0 && score <= 100);
      }),
    );
  });
});
