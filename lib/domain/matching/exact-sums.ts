import { discountInTimeMinor } from './early-payment-discount.ts';
import {
  allocateInOrder,
  allocateWithDiscount,
  type MatchedAllocation,
  sumOutstandingMinor,
} from './matching-result.ts';
import { compareByDueDate, type IncomingPayment, type OpenInvoice } from './open-invoice.ts';
import { findSubsetSums } from './subset-sum.ts';

/** Invoices of one debtor that make up an amount exactly, with or without the discounts they grant in time. */
export interface ExactSum {
  readonly invoices: readonly OpenInvoice[];
  readonly allocations: readonly MatchedAllocation[];
}

/** How many sets of invoices make up the amount, exactly, and some of the smallest. */
export interface ExactSums {
  readonly count: number;
  readonly examples: readonly ExactSum[];
}

/**
 * Counts the sets of one debtor's open invoices whose sum is the payment, whether the debtor took all the discounts still in time or none.
 *
 * @param invoices of one debtor, in the payment's currency, each owing something
 * @returns null when the amount is too large to count exactly
 */
export function findExactSums(
  invoices: readonly OpenInvoice[],
  { amountMinor, valueOn }: Pick<IncomingPayment, 'amountMinor' | 'valueOn'>,
  sizeMax: number,
): ExactSums | null {
  const sorted = [...invoices].sort(compareByDueDate);
  const count = (amounts: readonly number[]) => findSubsetSums(amounts, amountMinor, sizeMax);
  const pick = (places: readonly number[]) => places.flatMap((place) => sorted[place] ?? []);
  const full = count(sorted.map(({ outstandingMinor }) => outstandingMinor));
  if (full === null) return null;
  const inFull = full.examples.map(pick).map((chosen) => ({
    ...{ invoices: chosen, allocations: allocateInOrder(chosen, amountMinor) },
  }));
  const grants = (invoice: OpenInvoice) => discountInTimeMinor(invoice, valueOn) > 0;
  if (!sorted.some(grants)) return { count: full.count, examples: inFull };
  const reduced = count(sorted.map((invoice) => invoice.outstandingMinor - discountInTimeMinor(invoice, valueOn)));
  // Sets without any discount are counted by both.
  const common = count(sorted.map((invoice) => (grants(invoice) ? 0 : invoice.outstandingMinor)));
  if (reduced === null || common === null) return null;
  const withDiscount = reduced.examples
    .map(pick)
    .filter((chosen) => chosen.some(grants))
    .map((chosen) => ({ invoices: chosen, allocations: allocateWithDiscount(chosen, valueOn) }));
  return { count: full.count + reduced.count - common.count, examples: [...inFull, ...withDiscount] };
}

/** A sum met by chance by more than one amount in twenty means nothing. */
const CHANCE_MAX = 1 / 20;

/**
 * Whether a unique sum says something. With enough open invoices nearly every amount is the sum of some of them, so that money for
 * something else finds one too: a sum is
 * believed when the sets as small as this one are few beside the amounts they could make.
 *
 * @param debtors the open invoices of each debtor among whom it was looked for
 */
export function isBeyondChance(size: number, debtors: readonly (readonly OpenInvoice[])[]): boolean {
  const chance = debtors.reduce(
    (sum, invoices) => sum + setsUpTo(size, invoices.length) / sumOutstandingMinor(invoices),
    0,
  );
  return chance <= CHANCE_MAX;
}

function setsUpTo(size: number, invoices: number): number {
  let sets = 0;
  let ways = 1;
  for (let chosen = 1; chosen <= size; chosen += 1) {
    ways = (ways * (invoices - chosen + 1)) / chosen;
    sets += ways;
  }
  return sets;
}
