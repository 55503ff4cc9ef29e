import { calendarDaysBetween } from '../calendar/business-day.ts';
import { invariant } from '../errors.ts';
import { roundedRatio } from './ratio.ts';

/** What was billed, tax included, in one calendar month or other stretch of days; minor units. */
interface SalesOfMonth {
  readonly days: number;
  readonly salesMinor: number;
}

/** A promise whose day, with its grace, has come: kept, kept in part or broken. */
interface PromiseFallenDue {
  readonly status: 'kept' | 'partly-kept' | 'broken';
}

/** The figures of a period in one currency, in minor units. "Current" is what is not due yet. */
export interface CollectionPeriod {
  readonly from: string;
  readonly to: string;
  readonly openingReceivablesMinor: number;
  readonly closingReceivablesMinor: number;
  readonly closingCurrentMinor: number;
  readonly creditSalesMinor: number;
  /** Months that end with the period, the newest first. They may begin before it: what is owed may be older. */
  readonly salesByMonth: readonly SalesOfMonth[];
  /** Promises fallen due in the period; open ones are left out. */
  readonly promises: readonly PromiseFallenDue[];
}

/** How well a period collected what was owed; null where the figures allow no answer, as without sales. One decimal, rounded half up. */
export interface CollectionFigures {
  readonly dsoDays: number | null;
  readonly dsoCountBackDays: number | null;
  readonly bestPossibleDsoDays: number | null;
  readonly averageDaysDelinquent: number | null;
  readonly collectionEffectivenessPercent: number | null;
  readonly promisesKeptPercent: number | null;
}

/**
 * The usual figures of collection for a period, both of its dates included.
 *
 * DSO = closing receivables ÷ credit sales × days. Best possible DSO = the same of what is not due yet. Average days delinquent = the
 * difference of the two, taken before rounding.
 * Collection effectiveness = (opening + sales − closing) ÷ (opening + sales − closing current) × 100.
 */
export function collectionFigures(period: CollectionPeriod): CollectionFigures {
  const { openingReceivablesMinor, closingReceivablesMinor, closingCurrentMinor, creditSalesMinor } = period;
  const days = BigInt(calendarDaysBetween(period.from, period.to) + 1);
  invariant(days > 0n, `the period from ${period.from} to ${period.to} has no day`);
  const sales = BigInt(creditSalesMinor);
  const [closing, current] = [BigInt(closingReceivablesMinor), BigInt(closingCurrentMinor)];
  const due = BigInt(openingReceivablesMinor) + sales;
  return {
    dsoDays: roundedRatio(closing * days, sales),
    dsoCountBackDays: dsoCountBackDays(closingReceivablesMinor, period.salesByMonth),
    bestPossibleDsoDays: roundedRatio(current * days, sales),
    averageDaysDelinquent: roundedRatio((closing - current) * days, sales),
    collectionEffectivenessPercent: roundedRatio(100n * (due - closing), due - current),
    promisesKeptPercent: promisesKeptPercent(period.promises),
  };
}

/**
 * DSO by count-back: the sales of the newest months are taken off what is owed; a month used up counts with all its days, the last one with
 * its share.
 *
 * @returns null when what is owed is more than all the sales given, since it is older than they are
 */
function dsoCountBackDays(receivablesMinor: number, salesByMonth: readonly SalesOfMonth[]): number | null {
  let restMinor = Math.max(0, receivablesMinor);
  let wholeDays = 0;
  for (const { days, salesMinor } of salesByMonth) {
    if (restMinor < salesMinor || restMinor === 0) {
      const share = BigInt(wholeDays) * BigInt(salesMinor || 1) + BigInt(restMinor) * BigInt(days);
      return roundedRatio(share, BigInt(salesMinor || 1));
    }
    // A month whose credit notes outweigh its invoices lies behind us, but takes nothing off.
    restMinor -= Math.max(0, salesMinor);
    wholeDays += days;
  }
  return restMinor === 0 ? wholeDays : null;
}

function promisesKeptPercent(promises: readonly PromiseFallenDue[]): number | null {
  const kept = promises.filter(({ status }) => status === 'kept').length;
  return roundedRatio(100n * BigInt(kept), BigInt(promises.length));
}
