import * as z from 'zod/mini';
import { CalendarDateSchema } from './identifiers.ts';

/**
 * A block that a person put on a case: nothing is sent while it stands, though money may come in. It stands through `until` (null: until a person lifts it). `reason` is in their words,
 * `actor` who they are.
 */
export const BlockSchema = z.object({
  reason: z.string(),
  since: CalendarDateSchema,
  until: z.nullable(CalendarDateSchema),
  actor: z.string(),
});

/** See {@link BlockSchema}. */
export type Block = z.infer<typeof BlockSchema>;

/** Whether the end of a block has passed on a date of the creditor. */
export function isBlockOver({ until }: Block, today: string): boolean {
  return until !== null && until < today;
}
