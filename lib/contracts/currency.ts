import { data } from 'currency-codes';
import * as z from 'zod/mini';

/**
 * The only codes that begin with X and are money: those of monetary unions (ISO 4217 gives X to everything that belongs
 * to no country).
 */
const UNION_CURRENCIES = ['XAF', 'XCD', 'XCG', 'XOF', 'XPF'];

/**
 * Funds and units of account, in which no bank account is kept: `IsFund="true"` in ISO 4217 list one, as the library
 * carries it (`iso-4217-list-one.xml` of 2024-06-25), and Uruguay's pension unit.
 */
const FUNDS = ['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW'];

/**
 * Money that came after the library's list of 2024-06-25: the Caribbean guilder (ISO 4217 amendment 176, in use since
 * 2025-03-31).
 */
const NEWER_CURRENCIES = [{ code: 'XCG', digits: 2 }];

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  [...data, ...NEWER_CURRENCIES]
    .filter(({ code }) => !FUNDS.includes(code) && (!code.startsWith('X') || UNION_CURRENCIES.includes(code)))
    .map(({ code, digits }) => [code, digits]),
);

/**
 * The number of decimals of a currency by ISO 4217 (0 JPY, 2 EUR, 3 TND), or `null` when the code is no money an
 * invoice can be paid in: unknown, in lower case, a metal, a unit of account, a fund, or reserved for tests.
 */
export function exponentOf(code: string): number | null {
  return EXPONENTS.get(code) ?? null;
}

/** An ISO 4217 code of money; see {@link exponentOf}. */
export const CurrencyCodeSchema = z
  .string()
  .check(z.refine((code) => exponentOf(code) !== null, 'must be an ISO 4217 currency code such as EUR'));
