/** A ratio rounded half up (away from zero) to one decimal, exactly; null when there is nothing to divide by. */
export function roundedRatio(dividend: bigint, divisor: bigint): number | null {
  if (divisor === 0n) return null;
  const isNegative = dividend < 0n !== divisor < 0n;
  const [top, bottom] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const tenths = Number((20n * top + bottom) / (2n * bottom));
  return (isNegative && tenths > 0 ? -tenths : tenths) / 10;
}
