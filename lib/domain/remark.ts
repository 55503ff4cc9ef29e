import * as z from 'zod/mini';
import { HistoryTypeSchema } from './history.ts';
import { InstantSchema } from './identifiers.ts';

/**
 * Why a person or a system did something to a case, in their words: the reason that goes with the history entry of this type and instant. The history is for ever and holds no such text; the case
 * does, from where it can be erased.
 */
export const RemarkSchema = z.object({
  type: HistoryTypeSchema,
  reason: z.string(),
  actor: z.string(),
  at: InstantSchema,
});

/** See {@link RemarkSchema}. */
export type Remark = z.infer<typeof RemarkSchema>;

/** How many remarks a case keeps, the newest: they lie in one item of the ledger. */
const REMARKS_MAX = 50;

/** The remarks of a case with one more. */
export function withRemark(remarks: readonly Remark[] | undefined, remark: Remark): Remark[] {
  return [...(remarks ?? []), remark].slice(-REMARKS_MAX);
}
