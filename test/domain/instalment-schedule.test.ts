import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstalmentPlan } from '../../lib/domain/instalment-plan.ts';
import { equalParts, instalmentSchedule, openInstalments } from '../../lib/domain/instalment-schedule.ts';
import { aCase } from '../support/case-builders.ts';

/** A plan of these parts, one a month, agreed when 100 had been paid and 50 credited. */
function aPlan(amounts: readonly number[]): InstalmentPlan {
  return {
    ...{ planId: '1', agreedOn: '2026-01-15', state: 'running', isForced: false, at: '2026-01-15T10:00:00Z' },
    ...{ paidBeforeMinor: 100, creditedBeforeMinor: 50 },
    instalments: amounts.map((amountMinor, index) => ({
      dueOn: `2026-${String(index + 1).padStart(2, '0')}-20`,
      ...{ amountMinor, remindedOn: null, missedOn: null },
    })),
  };
}

const restsOf = (amounts: readonly number[], paidSince: number, creditedSince: number) =>
  instalmentSchedule(aPlan(amounts), { paidMinor: 100 + paidSince, creditedMinor: 50 + creditedSince }).map(
    ({ restMinor }) => restMinor,
  );

const amountsOfPlan = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 });

describe('equal parts', () => {
  it.each([
    [100_00, 3, [33_33, 33_33, 33_34]],
    [1_200_00, 3, [400_00, 400_00, 400_00]],
    [1_000_00, 7, [142_85, 142_85, 142_85, 142_85, 142_85, 142_85, 142_90]], // 7 × 142.85 = 999.95
    [1_001, 2, [500, 501]], // yen, which have no cents
    [3, 3, [1, 1, 1]],
    [5, 1, [5]],
  ])('of %i in %i are %j', (totalMinor, count, parts) => {
    expect(equalParts(totalMinor, count)).toEqual(parts);
  });

  it('add up exactly, and only the last differs, by less than one unit a part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 1e12 }), (count, totalMinor) => {
        const parts = equalParts(totalMinor, count);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(totalMinor);
        expect(new Set(parts.slice(0, -1)).size).toBeLessThanOrEqual(1);
        const over = parts.at(-1)! - parts[0]!;
        expect(over >= 0 && over < count).toBe(true);
      }),
    );
  });

  it('of less than a unit each are a defect', () => {
    expect(() => equalParts(2, 3)).toThrow('2 cannot be paid in 3 parts');
    expect(() => equalParts(2, 0)).toThrow('in 0 parts');
  });
});

describe('the schedule of a plan', () => {
  it.each([
    // paid, credited since the plan; what is still to come of 400, 400, 400
    [0, 0, [400, 400, 400]],
    [400, 0, [0, 400, 400]],
    [399, 0, [1, 400, 400]],
    [650, 0, [0, 150, 400]],
    [0, 100, [400, 400, 300]], // a credit note shortens the plan from its end
    [0, 500, [400, 300, 0]],
    [650, 500, [0, 50, 0]],
    [700, 500, [0, 0, 0]],
    [-50, 0, [400, 400, 400]], // a payment from before the plan was taken back
  ])('with %i paid and %i credited has %j to come', (paid, credited, rests) => {
    expect(restsOf([400, 400, 400], paid, credited)).toEqual(rests);
  });

  it('counts what came for a part, and what the part comes to', () => {
    const [first, second, third] = instalmentSchedule(aPlan([400, 400, 400]), { paidMinor: 600, creditedMinor: 150 });
    expect(first).toMatchObject({ amountMinor: 400, paidMinor: 400, restMinor: 0 });
    expect(second).toMatchObject({ amountMinor: 400, paidMinor: 100, restMinor: 300 });
    expect(third).toMatchObject({ amountMinor: 300, paidMinor: 0, restMinor: 300 });
  });

  it('has something to come for as long as something is owed', () => {
    fc.assert(
      fc.property(
        amountsOfPlan,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (amounts, paidShare, creditShare) => {
          const sum = amounts.reduce((total, amount) => total + amount, 0);
          const paid = Math.floor(sum * paidShare);
          const credited = Math.floor((sum - paid) * creditShare);
          const rests = restsOf(amounts, paid, credited);
          expect(rests.reduce((total, rest) => total + rest, 0)).toBe(sum - paid - credited);
        },
      ),
    );
  });

  it('covers the earliest first: whatever comes, an open part is never followed by one that money covered', () => {
    fc.assert(
      fc.property(amountsOfPlan, fc.nat(60_000_000), (amounts, paid) => {
        const sum = amounts.reduce((total, amount) => total + amount, 0);
        const rests = restsOf(amounts, Math.min(paid, sum), 0);
        const firstOpen = rests.findIndex((rest) => rest > 0);
        const after = firstOpen < 0 ? [] : rests.slice(firstOpen + 1);
        expect(after).toEqual(firstOpen < 0 ? [] : amounts.slice(firstOpen + 1));
      }),
    );
  });

  it('is the same in whichever order payments and credit notes came', () => {
    const facts = fc.array(fc.record({ isCredit: fc.boolean(), amount: fc.integer({ min: 1, max: 500 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(amountsOfPlan, facts, fc.infiniteStream(fc.nat()), (amounts, told, dice) => {
        const sumOf = (ordered: typeof told, isCredit: boolean) =>
          ordered.reduce((sum, fact) => sum + (fact.isCredit === isCredit ? fact.amount : 0), 0);
        const shuffled = told
          .map((fact) => ({ fact, place: Number(dice.next().value) }))
          .toSorted((one, other) => one.place - other.place)
          .map(({ fact }) => fact);
        const restsAfter = (ordered: typeof told) => restsOf(amounts, sumOf(ordered, false), sumOf(ordered, true));
        expect(restsAfter(shuffled)).toEqual(restsAfter(told));
      }),
    );
  });

  it('names the parts that are open', () => {
    const open = openInstalments(aPlan([400, 400, 400]), aCase({ paidMinor: 500, creditedMinor: 450 }));
    expect(open.map(({ dueOn, restMinor }) => [dueOn, restMinor])).toEqual([['2026-02-20', 400]]);
  });
});
