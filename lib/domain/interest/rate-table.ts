/**
 * A reference rate that late-payment interest is counted from: the main refinancing rate of the European Central Bank, the two French legal rates (for debts owed to
 * private individuals, and all others), the Bank of England's rate on the day before the half-year, and the Basiszinssatz of the Bundesbank.
 */
export type ReferenceRate = 'ecb' | 'fr-legal-individuals' | 'fr-legal-others' | 'boe' | 'bundesbank';

/** The rates that hold for a half-year, in basis points (1.00 % is 100); `from` is 1 January or 1 July. */
export interface HalfYearRates {
  readonly from: string;
  readonly bps: Readonly<Record<ReferenceRate, number>>;
}

/** Half-years one after the other, without a gap; written at build time to lib/generated/rates.ts from rates.csv. */
export type RateTable = readonly HalfYearRates[];

/**
 * A reference rate of the half-year a date is in.
 *
 * A decision of a central bank in the middle of a half-year changes nothing before the next one.
 *
 * @returns basis points, which may be negative, or `null` for a date the table does not reach: rates are never extrapolated
 */
export function referenceRateBps(reference: ReferenceRate, on: string, rates: RateTable): number | null {
  const from = halfYearStart(on);
  return rates.find((halfYear) => halfYear.from === from)?.bps[reference] ?? null;
}

/** The first day of the half-year a date is in. */
export function halfYearStart(on: string): string {
  return `${on.slice(0, 4)}-${isFirstHalf(on) ? '01' : '07'}-01`;
}

/** The last day of the half-year a date is in. */
export function halfYearEnd(on: string): string {
  return `${on.slice(0, 4)}-${isFirstHalf(on) ? '06-30' : '12-31'}`;
}

function isFirstHalf(on: string): boolean {
  return on.slice(5, 7) < '07';
}
