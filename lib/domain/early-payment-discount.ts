import { invariant } from './errors.ts';

/**
 * The discount for paying early on an amount, rounded half up to the minor unit.
 *
 * @param percent a decimal string such as `"2.0"`
 */
export function earlyPaymentDiscountMinor(baseMinor: number, percent: string): number {
  invariant(/^\d+(\.\d+)?$/.test(percent), `percent=${percent} is no decimal`);
  const [whole = '', decimals = ''] = percent.split('.');
  const divisor = 100n * 10n ** BigInt(decimals.length);
  // In bigint: base × percent passes 2^53 long before either does.
  const product = BigInt(baseMinor) * BigInt(whole + decimals);
  return Number((2n * product + divisor) / (2n * divisor));
}
