import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays, calendarDaysBetween } from '../../../lib/domain/calendar/business-day.ts';
import { type InterestClaim, interestStatement } from '../../../lib/domain/interest/interest-statement.ts';
import { REGIME_IDS } from '../../../lib/domain/interest/regime.ts';
import { REGIMES } from '../../../lib/domain/interest/regimes.ts';
import { RATES } from '../../../lib/generated/rates.ts';
import { aClaim } from './claims.ts';

const RUNS = { numRuns: 5_000 };

/** Any debt due from 2019 on, of which up to five parts were paid around and after the due date; some reach beyond the table. */
const anyClaim: fc.Arbitrary<InterestClaim> = fc
  .record({
    regimeId: fc.constantFrom(...REGIME_IDS),
    principalMinor: fc.oneof(fc.nat({ max: 5_000 }), fc.nat({ max: 500_000_000 })),
    creditedMinor: fc.oneof(fc.constant(0), fc.nat({ max: 100_000 })),
    dueAfterDays: fc.nat({ max: 2_900 }),
    days: fc.nat({ max: 1_200 }),
    noticeAfterDays: fc.option(fc.integer({ min: -20, max: 200 }), { freq: 8 }),
    contractAnnualRateBps: fc.option(fc.nat({ max: 2_500 }), { nil: undefined }),
    parts: fc.array(fc.tuple(fc.integer({ min: -30, max: 1_300 }), fc.nat({ max: 40 })), { maxLength: 5 }),
  })
  .map(({ regimeId, dueAfterDays, days, noticeAfterDays, parts, ...amounts }) => {
    const dueOn = addCalendarDays('2018-12-31', dueAfterDays);
    return aClaim({
      ...amounts,
      ...{ regime: REGIMES[regimeId], currency: regimeId === 'uk-business' ? 'GBP' : 'EUR' },
      ...{ dueOn, until: addCalendarDays(dueOn, days) },
      formalNoticeReceivedOn: noticeAfterDays === null ? null : addCalendarDays(dueOn, noticeAfterDays),
      payments: parts.map(([after, percent]) => ({
        valueOn: addCalendarDays(dueOn, after),
        amountMinor: Math.floor((amounts.principalMinor * percent) / 100),
      })),
    });
  });

function statementOf(claim: InterestClaim) {
  return interestStatement(claim, RATES);
}

/** What is owed on a day, told anew and plainly: money that came before it is gone. */
function owedOn(day: string, { principalMinor, creditedMinor = 0, payments }: InterestClaim): number {
  const gone = payments.filter(({ valueOn }) => valueOn < day).map(({ amountMinor }) => amountMinor);
  return Math.max(0, principalMinor - creditedMinor - gone.reduce((sum, amount) => sum + amount, 0));
}

describe('any statement', () => {
  it('is the sum of its lines, which follow each other without a gap and bear what is owed on each of their days', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const { lines, totalMinor } = statementOf(claim);
        expect(totalMinor).toBe(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
        for (const [index, { from, to, days, baseMinor, amountMinor }] of lines.entries()) {
          if (index > 0) expect(from).toBe(addCalendarDays(lines[index - 1]!.to, 1));
          expect(days).toBe(calendarDaysBetween(from, to) + 1);
          expect([owedOn(from, claim), owedOn(to, claim)]).toEqual([baseMinor, baseMinor]);
          expect(baseMinor).toBeGreaterThan(0);
          expect(amountMinor).toBeGreaterThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  it('is within half a minor unit a line of the exact sum of its days', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const { lines, totalMinor } = statementOf(claim);
        let exact = 0n;
        for (const { from, days, annualRateBps } of lines)
          for (let day = 0; day < days; day += 1)
            exact += BigInt(owedOn(addCalendarDays(from, day), claim)) * BigInt(annualRateBps);
        const difference = exact - BigInt(totalMinor) * 3_650_000n;
        const allowed = BigInt(lines.length) * 1_825_000n;
        expect(difference <= allowed && -difference <= allowed).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never falls when days are added', () => {
    fc.assert(
      fc.property(anyClaim, fc.integer({ min: 1, max: 400 }), (claim, more) => {
        const later = statementOf({ ...claim, until: addCalendarDays(claim.until, more) });
        const now = statementOf(claim);
        expect(later.totalMinor).toBeGreaterThanOrEqual(now.totalMinor);
        expect(later.compensationMinor).toBeGreaterThanOrEqual(now.compensationMinor);
        // What was missing stays missing.
        if (!now.complete) expect(later).toEqual(now);
      }),
      RUNS,
    );
  });

  it('comes to the same in two parts, but for the rounding of the line that is cut', () => {
    fc.assert(
      fc.property(anyClaim, fc.nat({ max: 1_200 }), (claim, after) => {
        const followsHalfYears = claim.regime.versions[0].rateSelection === 'per-half-year';
        const startsAtDueDate = claim.regime.versions[0].accruesAfter === 'due-date';
        fc.pre(startsAtDueDate && (followsHalfYears || claim.contractAnnualRateBps !== undefined));
        const cutOn = addCalendarDays(claim.dueOn, after % (calendarDaysBetween(claim.dueOn, claim.until) + 1));
        const whole = statementOf(claim);
        const first = statementOf({ ...claim, until: cutOn });
        const second = statementOf({ ...claim, dueOn: cutOn });
        const difference = Math.abs(first.totalMinor + second.totalMinor - whole.totalMinor);
        const isCut = whole.lines.some(({ from, to }) => from <= cutOn && cutOn < to);
        if (first.complete) expect(difference).toBeLessThanOrEqual(isCut ? 1 : 0);
      }),
      RUNS,
    );
  });

  it('does not depend on the order in which payments are told', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        expect(statementOf({ ...claim, payments: claim.payments.toReversed() })).toEqual(statementOf(claim));
      }),
    );
  });

  it('is never dearer for one more payment, and never cheaper for a later one', () => {
    fc.assert(
      fc.property(anyClaim, fc.nat({ max: 900 }), fc.nat({ max: 100_000 }), (claim, after, amountMinor) => {
        const paidAfter = (days: number) =>
          statementOf({
            ...claim,
            payments: [...claim.payments, { valueOn: addCalendarDays(claim.dueOn, days), amountMinor }],
          });
        const [sooner, later, never] = [paidAfter(after), paidAfter(after + 30), statementOf(claim)];
        fc.pre(never.complete);
        // Without rounding it would hold to the cent; each line is rounded by itself, by half a minor unit at most.
        const isAtMost = (one: typeof never, other: typeof never) =>
          one.totalMinor <= other.totalMinor + (one.lines.length + other.lines.length) / 2;
        expect([isAtMost(sooner, later), isAtMost(later, never)]).toEqual([true, true]);
      }),
      RUNS,
    );
  });

  it('says where it stops, and stops nowhere else', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const { lines, complete, missingFrom } = statementOf(claim);
        const last = lines.at(-1)?.to;
        expect(complete).toBe(missingFrom === null);
        if (missingFrom !== null) {
          expect(owedOn(missingFrom, claim)).toBeGreaterThan(0);
          if (last !== undefined) expect(missingFrom).toBe(addCalendarDays(last, 1));
        } else if (last !== undefined && last < claim.until) expect(owedOn(addCalendarDays(last, 1), claim)).toBe(0);
      }),
      RUNS,
    );
  });
});
