import { expect, it } from 'vitest';
import { earlyPaymentDiscountMinor } from '../../lib/domain/early-payment-discount.ts';

it.each([
  // base   percent  discount   worked by hand
  [120_000, '2', 2_400],
  [120_000, '2.0', 2_400],
  [120_000, '0.75', 900],
  [33_333, '3.0', 1_000], // 999.99
  [25, '2', 1], // 0.5, half up
  [24, '2', 0], // 0.48
  [75, '2.0', 2], // 1.5, half up
  [9_007_199_254_740_991, '2.5', 225_179_981_368_525], // 225 179 981 368 524.775
] as const)('the discount on %i at %s %% is %i', (baseMinor, percent, expected) => {
  expect(earlyPaymentDiscountMinor(baseMinor, percent)).toBe(expected);
});

it.each(['', '2,0', '-2', '2e1', '1/2'])('refuses %j, which is no decimal', (percent) => {
  expect(() => earlyPaymentDiscountMinor(100, percent)).toThrow('is no decimal');
});
