import { invariant } from './errors.ts';

/** An amount of money: an integer of minor units (cents, millimes, or whole yen) and its ISO 4217 currency code. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}

/**
 * Reads a decimal string as integer minor units without ever passing through a float.
 *
 * @param text digits with exactly `exponent` decimals, such as `"1200.00"` for exponent 2 or `"1200"` for exponent 0; no sign, no exponent, no
 *   thousands separator, no superfluous leading zero
 * @param exponent number of decimals of the currency (ISO 4217: JPY 0, EUR 2, TND 3)
 * @returns the amount in minor units, or `null` when the text is not written that way or is beyond 2^53 − 1
 */
export function minorFromDecimal(text: string, exponent: number): number | null {
  const pattern = exponent === 0 ? /^(0|[1-9]\d*)$/ : new RegExp(`^(0|[1-9]\\d*)\\.\\d{${exponent}}$`);
  if (!pattern.test(text)) return null;
  const digits = BigInt(text.replace('.', ''));
  return digits <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(digits) : null;
}

/**
 * Writes minor units as a decimal string with exactly `exponent` decimals, the reverse of {@link minorFromDecimal}; a negative amount has a leading minus.
 *
 * @throws invariant failure when the amount is not a safe integer
 */
export function decimalFromMinor(amountMinor: number, exponent: number): string {
  invariant(Number.isSafeInteger(amountMinor), `amountMinor=${amountMinor} is not a safe integer`);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  if (exponent === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
