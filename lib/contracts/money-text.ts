import * as z from 'zod/mini';
import { invariant } from '../domain/errors.ts';
import { decimalFromMinor, type Money, minorFromDecimal } from '../domain/money.ts';
import { CurrencyCodeSchema, exponentOf } from './currency.ts';
import { type Fault, shown } from './fault.ts';
import { fieldOf } from './field-of.ts';

/**
 * Money on the wire: a decimal string with the currency's own number of decimals. {@link moneyFaults} checks the two
 * against each other.
 */
export const MoneyTextSchema = z.strictObject({
  amount: z.string({ error: ({ input }) => (typeof input === 'number' ? STRING_ADVICE : undefined) }),
  currency: CurrencyCodeSchema,
});

/** Money on the wire, such as `{"amount": "1200.00", "currency": "EUR"}`. */
export type MoneyText = z.infer<typeof MoneyTextSchema>;

const STRING_ADVICE = 'must be a decimal string such as "1200.00", because a JSON number passes through a float';

/**
 * What is wrong with an amount that has to be greater than zero, or may be nothing at `least`; empty when it is right, or when it is no string and
 * the schema reports that.
 *
 * @param value the money as it came
 * @param pointer where it stands in the body, such as `/total`
 */
export function moneyFaults(value: unknown, pointer: string, least: 'cent' | 'nothing' = 'cent'): Fault[] {
  const amount = fieldOf(value, 'amount');
  const currency = fieldOf(value, 'currency');
  if (typeof amount !== 'string') return [];
  const detail = amountDetail(amount, typeof currency === 'string' ? currency : '', least);
  return detail === null ? [] : [{ pointer: `${pointer}/amount`, detail: `${detail}, not ${shown(amount)}` }];
}

/**
 * Reads money that {@link moneyFaults} found right.
 *
 * @throws invariant failure when it is not: the caller did not check
 */
export function moneyFromText(text: MoneyText): Money {
  const exponent = exponentOf(text.currency);
  const amountMinor = exponent === null ? null : minorFromDecimal(text.amount, exponent);
  invariant(amountMinor !== null, `"${text.amount}" is not an amount of ${text.currency}`);
  return { amountMinor, currency: text.currency };
}

/** Writes money for the wire. */
export function moneyText(money: Money): MoneyText {
  return { amount: amountText(money.amountMinor, money.currency), currency: money.currency };
}

/**
 * Writes minor units with the currency's own number of decimals.
 *
 * @throws invariant failure when the currency is unknown
 */
export function amountText(amountMinor: number, currency: string): string {
  const exponent = exponentOf(currency);
  invariant(exponent !== null, `currency ${currency} is not one this system keeps amounts in`);
  return decimalFromMinor(amountMinor, exponent);
}

function amountDetail(amount: string, currency: string, least: 'cent' | 'nothing'): string | null {
  const decimal = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (!decimal) return 'must be a decimal string such as "1200.00"';
  const isNothing = /^[0.]+$/.test(amount);
  if (decimal[1] === '-') return least === 'cent' ? 'must be greater than zero' : 'must not be less than zero';
  if (isNothing && least === 'cent') return 'must be greater than zero';
  const exponent = exponentOf(currency);
  if (exponent === null || minorFromDecimal(amount, exponent) !== null) return null;
  const decimals = decimal[3]?.length ?? 0;
  if (decimals !== exponent) return `must have ${exponent} decimals as ${currency} does`;
  if (/^0\d/.test(amount)) return 'must have no superfluous leading zero';
  return `must be at most ${decimalFromMinor(Number.MAX_SAFE_INTEGER, exponent)}`;
}
