import type { DunningCase } from './dunning-case.ts';
import { type HistoryDraft, type HistoryEntry, sealEntries } from './history.ts';

/** What a fact does to the figures of a case. */
type Figures = Partial<Pick<DunningCase, 'standing' | 'paidMinor' | 'creditedMinor' | 'writtenOffMinor'>>;

/** What happened to a case: the history it adds, the figures it changes, and whether it comes from outside and can change the plan. */
export interface Happening {
  readonly at: string;
  readonly drafts: readonly HistoryDraft[];
  readonly figures?: Figures;
  readonly changesPlan: boolean;
}

/** The case after something happened, with the sealed entries that say so: version raised, chain extended, `planRevision` raised only by facts from outside. */
export function advanceCase(
  dunningCase: DunningCase,
  { at, drafts, figures, changesPlan }: Happening,
): { dunningCase: DunningCase; entries: HistoryEntry[] } {
  const head = { seq: dunningCase.historySeq, hash: dunningCase.historyHash };
  const entries = sealEntries(dunningCase.invoice.invoiceId, head, at, drafts);
  const last = entries.at(-1);
  const next = {
    ...dunningCase,
    ...figures,
    version: dunningCase.version + 1,
    planRevision: dunningCase.planRevision + (changesPlan ? 1 : 0),
    historySeq: last?.seq ?? head.seq,
    historyHash: last?.hash ?? head.hash,
  };
  return { dunningCase: next, entries };
}
