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

const DatedHoldSchema = z.object({
  reason: z.enum(HOLD_REASONS),
  since: CalendarDateSchema,
  until: CalendarDateSchema,
});

/**
 * A hold on the notices of a case: none goes out before the day after `until` (null: until a person lifts it, by the task of `taskId` where there is one for it). `overtaken` is one until a date that such a task must not end: it is in force again afterwards.
 */
export const HoldSchema = z.object({
  reason: z.enum(HOLD_REASONS),
  since: CalendarDateSchema,
  until: z.nullable(CalendarDateSchema),
  taskId: z.optional(IdSchema),
  overtaken: z.optional(DatedHoldSchema),
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

/** A hold that a task is to lift, with the one until a date that is in force again afterwards. A promise is not kept with it: the standing of its case waits for that. */
export function overtaking(own: Hold, known: Hold | null): Hold {
  if (!known || known === own) return own;
  const { reason, since, until, overtaken } = known;
  const dated = until === null ? overtaken : { reason, since, until };
  if (!dated || dated.reason === 'promise') return own;
  const later = own.overtaken && laterHold(own.overtaken, dated) === own.overtaken ? own.overtaken : dated;
  return { ...own, overtaken: later };
}

/** What keeps notices back once such a task has lifted a hold: what it had overtaken, or nothing. */
export function afterLift(hold: Hold | null): Hold | null {
  return hold?.overtaken ?? null;
}

/** Until a person lifts it sorts after every date. */
function endOf({ until }: Hold): string {
  return until ?? '9999-12-31';
}
