import * as z from 'zod/mini';
import { CalendarDateSchema } from './identifiers.ts';

/**
 * A block on a case: nothing is sent while it stands, though money may come in. It stands through `until` (null: until a person lifts it). `reason` is in the words of the person who put it there,
 * `actor` who they are. The `cause` `direct-debit`: the creditor draws the money on `collectedOn`, and `until` is when it can be there at last.
 */
export const BlockSchema = z.object({
  reason: z.string(),
  since: CalendarDateSchema,
  until: z.nullable(CalendarDateSchema),
  actor: z.string(),
  cause: z.optional(z.literal('direct-debit')),
  collectedOn: z.optional(CalendarDateSchema),
});

/** See {@link BlockSchema}. */
export type Block = z.infer<typeof BlockSchema>;

/** The block that stands again when the payment that closed its case is taken back: one that a person had put there, unless its end has passed by then. A direct debit is over with its money. */
export function blockAgain(blockAtClosing: Block | null, today: string): Block | null {
  if (!blockAtClosing || blockAtClosing.cause === 'direct-debit') return null;
  return isBlockOver(blockAtClosing, today) ? null : blockAtClosing;
}

/** Whether the end of a block has passed on a date of the creditor. */
export function isBlockOver({ until }: Block, today: string): boolean {
  return until !== null && until < today;
}
