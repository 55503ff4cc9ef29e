import { minorFromDecimal } from '../../domain/money.ts';
import { exponentOf } from '../currency.ts';
import { shown } from '../fault.ts';

/** Longer than any amount, and short enough for patterns that look at it more than once. */
const LENGTH_MAX = 60;

/**
 * Reads an amount of a bank's file: digits and perhaps a decimal point. Zeros at the end may be left out or be too many, as XML and SWIFT allow; more
 * precision than the currency has is refused.
 */
export function statementAmount(
  text: string,
  currency: string,
): { ok: true; amountMinor: number } | { ok: false; detail: string } {
  const exponent = exponentOf(currency);
  if (exponent === null) return { ok: false, detail: `must be in a currency of ISO 4217, not ${shown(currency)}` };
  const decimal = text.length > LENGTH_MAX ? null : /^0*(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  if (!decimal) return { ok: false, detail: `must be an amount without sign, not ${shown(text)}` };
  const [, whole = '', decimals = ''] = decimal;
  if (decimals.length > exponent) {
    return { ok: false, detail: `must have at most ${exponent} decimals as ${currency} does, not ${shown(text)}` };
  }
  const point = exponent === 0 ? '' : `.${decimals.padEnd(exponent, '0')}`;
  const amountMinor = minorFromDecimal(`${whole}${point}`, exponent);
  if (amountMinor === null) return { ok: false, detail: `is too large an amount: ${shown(text)}` };
  return { ok: true, amountMinor };
}
