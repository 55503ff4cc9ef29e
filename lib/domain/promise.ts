import * as z from 'zod/mini';
import { AmountMinorSchema, CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';

/** What becomes of a promise: `open` until the money is in or its time is over. */
const PROMISE_STATES = ['open', 'kept', 'partly-kept', 'broken'] as const;

/** How often a debtor is taken at their word about one invoice; whoever promises a third time is asked for a plan, or for the money. */
export const PROMISES_MAX = 2;

/**
 * A promise to pay an invoice by a date: so much of it, or all that is owed (`amountMinor` null). `paidBeforeMinor` is what had been paid when it was made: what came since counts for it. `at` is the
 * instant it was recorded.
 */
export const PromiseToPaySchema = z.object({
  promiseId: IdSchema,
  promisedOn: CalendarDateSchema,
  amountMinor: z.nullable(AmountMinorSchema),
  paidBeforeMinor: AmountMinorSchema,
  state: z.enum(PROMISE_STATES),
  at: InstantSchema,
});

/** See {@link PromiseToPaySchema}. */
export type PromiseToPay = z.infer<typeof PromiseToPaySchema>;

/** How a promise ended. */
export type PromiseEnding = Exclude<PromiseToPay['state'], 'open'>;

/** The promise whose money is awaited; there is never more than one. */
export function openPromise(promises: readonly PromiseToPay[]): PromiseToPay | null {
  return promises.find(({ state }) => state === 'open') ?? null;
}

/**
 * What a promise about an invoice that is still owed has come to, by what is paid of it: kept when all that was promised came, partly kept when something did. Of a promise to pay everything, an
 * invoice that is still owed has not seen all.
 */
export function endingOf(
  { amountMinor, paidBeforeMinor }: Pick<PromiseToPay, 'amountMinor' | 'paidBeforeMinor'>,
  paidMinor: number,
): PromiseEnding {
  const paidSince = paidMinor - paidBeforeMinor;
  if (amountMinor !== null && paidSince >= amountMinor) return 'kept';
  return paidSince > 0 ? 'partly-kept' : 'broken';
}

/** The promises with the one that was open ended so. */
export function withEnding(promises: readonly PromiseToPay[], ending: PromiseEnding): PromiseToPay[] {
  return promises.map((promise) => (promise.state === 'open' ? { ...promise, state: ending } : promise));
}

/** Each invoice's part of a promised amount, in their order: what the amount does not reach is not promised, and stays out. All of everything when no amount was named. */
export function promisedShares<Item extends { readonly outstandingMinor: number }>(
  items: readonly Item[],
  amountMinor: number | null,
): { readonly item: Item; readonly amountMinor: number | null }[] {
  if (amountMinor === null) return items.map((item) => ({ item, amountMinor: null }));
  let left = amountMinor;
  return items.flatMap((item) => {
    const share = Math.min(left, item.outstandingMinor);
    left -= share;
    return share > 0 ? [{ item, amountMinor: share }] : [];
  });
}
