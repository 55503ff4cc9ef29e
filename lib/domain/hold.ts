import * as z from 'zod/mini';
import { CalendarDateSchema, IdSchema } from './identifiers.ts';

/**
 * Why notices of a case wait: what the debtor said the last time somebody spoke with them, that a promise or a plan was broken or a payment taken back and somebody is to speak with them, that a dispute ended and
 * what follows from it is given a few days, that we owe them more than they owe us, or that money came which may be what is owed.
 */
const HOLD_REASONS = [
  'promise',
  'promise-broken',
  'plan-broken',
  'payment-returned',
  'paid-claimed',
  'dispute-rejected',
  'dispute-settled',
  'administrative-block',
  'insolvency',
  'net-creditor',
  'unplaced-payment',
] as const;

/**
 * A hold on the notices of a case: none goes out before the day after `until` (null: until a person lifts it, by the task of `taskId` where there is one for it).
 */
export const HoldSchema = z.object({
  reason: z.enum(HOLD_REASONS),
  since: CalendarDateSchema,
  until: z.nullable(CalendarDateSchema),
  taskId: z.optional(IdSchema),
});

/** See {@link HoldSchema}. */
export type Hold = z.infer<typeof HoldSchema>;

/**
 * Why the notices of a case wait, or null: insolvency is the debtor's and holds all their cases, also those that are opened later; anything else was said about the case itself.
 *
 * @param insolventSince the date since which insolvency proceedings are said to be open, or null
 */
export function holdInForce(own: Hold | null, insolventSince: string | null): Hold | null {
  return insolventSince === null ? own : { reason: 'insolvency', since: insolventSince, until: null };
}

/** The hold to go on with when another is asked for: what keeps notices back longer is never replaced by what ends earlier. */
export function laterHold(known: Hold | null, asked: Hold): Hold {
  return known && endOf(known) > endOf(asked) ? known : asked;
}

/** Until a person lifts it sorts after every date. */
function endOf({ until }: Hold): string {
  return until ?? '9999-12-31';
}
