import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Charges, unpaidOf } from '../../lib/domain/charges.ts';

const lineOf = (amountMinor: number): Charges['lines'][number] => ({
  ...{ from: '2026-01-31', to: '2026-02-24', days: 25, baseMinor: 120_000, annualRatePercent: '12.15', amountMinor },
});

const chargesOf = (...amounts: number[]): Charges => ({
  interestMinor: amounts.reduce((sum, amountMinor) => sum + amountMinor, 0),
  compensationMinor: 4_000,
  lines: amounts.map(lineOf),
});

describe('what is left to claim of 40.00 and interest of 9.99 and 4.99', () => {
  const charges = chargesOf(999, 499);

  it.each([
    // paid of both, left of both, lines left, paid of them
    [0, 0, 1_498, 4_000, 2, undefined],
    [0, 1_500, 1_498, 2_500, 2, undefined],
    [998, 4_000, 500, 0, 2, 998],
    [999, 4_000, 499, 0, 1, undefined],
    [1_000, 4_000, 498, 0, 1, 1],
    [1_498, 4_000, 0, 0, 0, undefined],
    [2_000, 5_000, 0, 0, 0, undefined], // more than would be due now
  ])(
    'once %i and %i are paid is %i and %i',
    (interestMinor, compensationMinor, interest, compensation, lines, paid) => {
      const left = unpaidOf(charges, { interestMinor, compensationMinor });
      expect([left.interestMinor, left.compensationMinor]).toEqual([interest, compensation]);
      expect([left.lines.length, left.interestPaidMinor]).toEqual([lines, paid]);
    },
  );
});

it('the interest that is left is the sum of its lines less what was paid of them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { maxLength: 6 }), fc.nat(20_000), (amounts, paidMinor) => {
      const left = unpaidOf(chargesOf(...amounts), { interestMinor: paidMinor, compensationMinor: 0 });
      const sum = left.lines.reduce((total, { amountMinor }) => total + amountMinor, 0);
      expect(left.interestMinor).toBe(sum - (left.interestPaidMinor ?? 0));
    }),
  );
});
