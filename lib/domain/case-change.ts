import type { DunningCase } from './dunning-case.ts';
import { type HistoryDraft, type HistoryEntry, sealEntries } from './history.ts';

/** What a fact may change in a case, beside its chain and its counters. */
type Changes = Partial<
  Pick<
    DunningCase,
    | 'invoice'
    | 'standing'
    | 'paidMinor'
    | 'paidInterestMinor'
    | 'paidCompensationMinor'
    | 'creditedMinor'
    | 'writtenOffMinor'
    | 'grantedDiscountMinor'
    | 'toleratedMinor'
    | 'policy'
    | 'openTaskIds'
    | 'hold'
    | 'block'
    | 'blockAtClosing'
    | 'confirmations'
    | 'promises'
    | 'disputes'
    | 'instalmentPlan'
    | 'resumesFrom'
    | 'cycle'
    | 'lastAnsweredOn'
    | 'remarks'
    | 'handedOverTo'
  >
>;

/** What happened to a case: the history it adds, what it changes, and whether it comes from outside and can change the plan. */
export interface Happening {
  readonly at: string;
  readonly drafts: readonly HistoryDraft[];
  readonly changes?: Changes;
  readonly changesPlan: boolean;
}

/** The case after something happened, with the sealed entries that say so: version raised, chain extended, `planRevision` raised only by facts from outside. */
export function advanceCase(
  dunningCase: DunningCase,
  { at, drafts, changes, changesPlan }: Happening,
): { dunningCase: DunningCase; entries: HistoryEntry[] } {
  const head = { seq: dunningCase.historySeq, hash: dunningCase.historyHash };
  const entries = sealEntries(dunningCase.invoice.invoiceId, head, at, drafts);
  const last = entries.at(-1);
  const next = {
    ...dunningCase,
    ...changes,
    version: dunningCase.version + 1,
    planRevision: dunningCase.planRevision + (changesPlan ? 1 : 0),
    historySeq: last?.seq ?? head.seq,
    historyHash: last?.hash ?? head.hash,
  };
  return { dunningCase: next, entries };
}
