import { calendarDaysBetween } from './calendar/business-day.ts';
import type { ClosedInvoice } from './payer-record.ts';

/** What the closed invoices of a debtor say about how they pay. Every figure is a whole number. */
export interface PayerFigures {
  readonly invoices: number;
  /** Those that were paid, and not credited or written off. */
  readonly paid: number;
  /** Null when none was paid. */
  readonly averageDaysLate: number | null;
  readonly isWeightedByAmount: boolean;
  readonly paidAfterNotice: number;
  readonly paidAutomatically: number;
  readonly promisesKept: number;
  readonly promisesBroken: number;
  /** Invoices of which at least one dispute was recorded. */
  readonly disputed: number;
  readonly disputes: number;
  readonly disputesUnfounded: number;
}

/** The figures of some closed invoices, whatever order they come in. */
export function payerFigures(closed: readonly ClosedInvoice[]): PayerFigures {
  const paid = closed.filter(({ paidOn }) => paidOn !== null);
  const isWeightedByAmount = new Set(paid.map(({ currency }) => currency)).size === 1;
  return {
    invoices: closed.length,
    paid: paid.length,
    averageDaysLate: averageDaysLate(paid, isWeightedByAmount),
    isWeightedByAmount,
    paidAfterNotice: paid.filter(({ noticesAfterDue }) => noticesAfterDue > 0).length,
    paidAutomatically: paid.filter(({ isAutomaticPayment }) => isAutomaticPayment).length,
    promisesKept: sumOf(closed, ({ promisesKept }) => promisesKept),
    promisesBroken: sumOf(closed, ({ promisesBroken }) => promisesBroken),
    disputed: closed.filter(({ disputes }) => disputes > 0).length,
    disputes: sumOf(closed, ({ disputes }) => disputes),
    disputesUnfounded: sumOf(closed, ({ disputesUnfounded }) => disputesUnfounded),
  };
}

/**
 * The average days late, rounded half up to a whole day: an invoice paid early is 0 days late, so that it does not make up for another's delay.
 *
 * Weighted by amount when all are in one currency. Amounts of several currencies have no common measure, so then every invoice counts alike: weighting each by its share
 * within its currency would let the only invoice in a rare currency outweigh a year of others.
 */
function averageDaysLate(paid: readonly ClosedInvoice[], isWeightedByAmount: boolean): number | null {
  if (paid.length === 0) return null;
  const isAnyOwed = paid.some(({ amountMinor }) => amountMinor > 0);
  const weightOf = (invoice: ClosedInvoice) => BigInt(isWeightedByAmount && isAnyOwed ? invoice.amountMinor : 1);
  let weight = 0n;
  let weightedDays = 0n;
  for (const invoice of paid) {
    weight += weightOf(invoice);
    weightedDays += weightOf(invoice) * BigInt(daysLate(invoice));
  }
  return Number((2n * weightedDays + weight) / (2n * weight));
}

function daysLate({ dueOn, paidOn }: ClosedInvoice): number {
  return paidOn === null ? 0 : Math.max(0, calendarDaysBetween(dueOn, paidOn));
}

function sumOf(closed: readonly ClosedInvoice[], countOf: (invoice: ClosedInvoice) => number): number {
  return closed.reduce((sum, invoice) => sum + countOf(invoice), 0);
}
