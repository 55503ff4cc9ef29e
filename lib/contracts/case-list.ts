import * as z from 'zod/mini';
import { STANDINGS } from '../domain/dunning-case.ts';
import { LevelSchema } from '../domain/level.ts';
import { type CaseFacts, caseView } from './case-view.ts';
import { ChosenIdSchema } from './text-field.ts';

/** How `GET /cases` sorts: most urgent first, longest overdue first, or largest amount first. */
const CASE_SORTS = ['priority', 'overdue', 'amount'] as const;

/** See {@link CASE_SORTS}. */
export type CaseSort = (typeof CASE_SORTS)[number];

/** The query of `GET /cases`. */
export const CaseQuerySchema = z.object({
  standing: z.optional(z.enum(STANDINGS)),
  level: z.optional(LevelSchema),
  customerId: z.optional(ChosenIdSchema),
  sort: z._default(z.enum(CASE_SORTS), 'priority'),
});

/** A case on the list of finance: `score` from 0 to 100, and the sentences that say why it is so urgent. */
interface CaseListItem extends CaseFacts {
  readonly priority: { readonly score: number; readonly why: readonly string[] };
}

/** A slice of the cases, most urgent first unless another sort was asked for; `cursor` asks for the next one and is null at the end. */
export interface CasePage {
  readonly cases: readonly CaseListItem[];
  readonly cursor: string | null;
}

/** The answer of `GET /cases`: each case as `GET /cases/{invoiceId}` shows it, without the lines of its interest. */
export function caseListView({ cases, cursor }: CasePage) {
  return { cases: cases.map(itemView), cursor };
}

function itemView(item: CaseListItem) {
  const { interestLines: _, ...view } = caseView(item);
  return { ...view, priority: { score: item.priority.score, why: item.priority.why } };
}
