import { addCalendarDays, calendarDaysBetween } from '../calendar/business-day.ts';
import { invariant } from '../errors.ts';
import { applicableRate } from './applicable-rate.ts';
import { compensationMinor } from './compensation.ts';
import type { RateTable } from './rate-table.ts';
import { type Regime, versionOn } from './regime.ts';

/**
 * A debt that interest is claimed on, up to and including the day `until`. Amounts are minor units of `currency`.
 *
 * `payments` are what was taken off the principal, each by its value date; a payment that was returned is left out, as if it had never been made. What was credited
 * was never owed, so it bears no interest from the first day on. `contractAnnualRateBps` is the clause of the contract, if it has one.
 */
export interface InterestClaim {
  readonly principalMinor: number;
  readonly currency: string;
  readonly dueOn: string;
  readonly until: string;
  readonly payments: readonly { readonly valueOn: string; readonly amountMinor: number }[];
  readonly creditedMinor?: number | undefined;
  readonly regime: Regime;
  readonly contractAnnualRateBps?: number | undefined;
  readonly formalNoticeReceivedOn?: string | null | undefined;
}

/** Days with one base and one rate, both ends included, and what they cost. */
export interface InterestLine {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly baseMinor: number;
  readonly annualRateBps: number;
  readonly amountMinor: number;
}

/**
 * What a late payment costs: the interest by its lines, and the fixed compensation. Not `complete` when the rate or the law is not known from `missingFrom` on: the lines end on
 * the day before, and a notice leaves the interest out.
 */
export interface InterestStatement {
  readonly lines: readonly InterestLine[];
  readonly totalMinor: number;
  readonly compensationMinor: number;
  readonly complete: boolean;
  readonly missingFrom: string | null;
}

/**
 * Works out the late-payment interest on a debt: simple, by the days that passed over the day base of the law, from the day after the due date (or after what the law
 * asks for) to the value date of the money. A line ends where the rate, the law or the base changes, and is rounded half up.
 *
 * The total is the sum of the lines, and never falls when days are added.
 *
 * @see Directive 2011/7/EU art. 2(5) and 3: simple interest, from the day after the date for payment
 * @throws invariant failure when an amount is negative or not an integer
 */
export function interestStatement(claim: InterestClaim, rates: RateTable): InterestStatement {
  checkAmounts(claim);
  const startsOn = firstDayOfInterest(claim);
  if (startsOn === null || startsOn > claim.until)
    return { lines: [], totalMinor: 0, compensationMinor: 0, complete: true, missingFrom: null };
  const { lines, missingFrom } = linesFrom(startsOn, claim, rates);
  return {
    lines,
    totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    compensationMinor: compensationMinor(claim, { startsOn, debtMinor: baseOn(startsOn, claim) }),
    complete: missingFrom === null,
    missingFrom,
  };
}

/** The first day that bears interest; null while what the law asks for has not happened. */
function firstDayOfInterest({ regime, dueOn, formalNoticeReceivedOn }: InterestClaim): string | null {
  const dayAfterDue = addCalendarDays(dueOn, 1);
  // A law that is not known on that day is told apart below, as a gap in the lines.
  if (versionOn(regime, dayAfterDue)?.accruesAfter !== 'receipt-of-formal-notice') return dayAfterDue;
  if (!formalNoticeReceivedOn) return null;
  const dayAfterReceipt = addCalendarDays(formalNoticeReceivedOn, 1);
  return dayAfterReceipt > dayAfterDue ? dayAfterReceipt : dayAfterDue;
}

function linesFrom(
  startsOn: string,
  claim: InterestClaim,
  rates: RateTable,
): { lines: InterestLine[]; missingFrom: string | null } {
  const basis = { regime: claim.regime, contractAnnualRateBps: claim.contractAnnualRateBps, startsOn };
  const valueDates = claim.payments.filter(({ amountMinor }) => amountMinor > 0).map(({ valueOn }) => valueOn);
  const lines: InterestLine[] = [];
  let from = startsOn;
  for (let baseMinor = baseOn(from, claim); baseMinor > 0 && from <= claim.until; baseMinor = baseOn(from, claim)) {
    const rate = applicableRate(basis, from, rates);
    if (!rate) return { lines, missingFrom: from };
    const paid = valueDates.filter((valueOn) => valueOn >= from);
    const to = earliest([claim.until, ...paid, ...(rate.holdsUntil === null ? [] : [rate.holdsUntil])]);
    const days = calendarDaysBetween(from, to) + 1;
    const { annualRateBps, dayBase } = rate;
    const amountMinor = simpleInterestMinor({ baseMinor, annualRateBps, days, dayBase });
    lines.push({ from, to, days, baseMinor, annualRateBps, amountMinor });
    from = addCalendarDays(to, 1);
  }
  return { lines, missingFrom: null };
}

/** What is still owed on a day. Money bears interest on the day of its value date and no longer, so only earlier payments count. */
function baseOn(day: string, { principalMinor, creditedMinor = 0, payments }: InterestClaim): number {
  const paidMinor = payments.reduce((sum, { valueOn, amountMinor }) => sum + (valueOn < day ? amountMinor : 0), 0);
  return Math.max(0, principalMinor - creditedMinor - paidMinor);
}

function simpleInterestMinor(line: {
  readonly baseMinor: number;
  readonly annualRateBps: number;
  readonly days: number;
  readonly dayBase: number;
}): number {
  // In bigint: base × rate × days passes 2^53 long before any of them does.
  const numerator = BigInt(line.baseMinor) * BigInt(line.annualRateBps) * BigInt(line.days);
  const denominator = 10_000n * BigInt(line.dayBase);
  const roundedHalfUp = Number((2n * numerator + denominator) / (2n * denominator));
  invariant(Number.isSafeInteger(roundedHalfUp), `interest of ${roundedHalfUp} minor units is beyond 2^53 − 1`);
  return roundedHalfUp;
}

function earliest(dates: readonly [string, ...string[]]): string {
  return dates.reduce((first, date) => (date < first ? date : first));
}

function checkAmounts({ principalMinor, creditedMinor = 0, payments, contractAnnualRateBps = 0 }: InterestClaim): void {
  const amounts = [principalMinor, creditedMinor, contractAnnualRateBps, ...payments.map((paid) => paid.amountMinor)];
  for (const amount of amounts)
    invariant(
      Number.isSafeInteger(amount) && amount >= 0,
      `interest is worked out on whole numbers ≥ 0, got ${amount}`,
    );
}
