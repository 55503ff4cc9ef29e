import type { HistoryDraft } from '../domain/history.ts';
import { type Hold, laterHold, overtaking } from '../domain/hold.ts';

/** The history entry of a hold that is placed on the notices of a case. */
export function holdPlaced({ reason, until }: Hold): HistoryDraft {
  return { type: 'HoldPlaced', actor: 'relance', data: { reason, until } };
}

/**
 * What asking for a hold comes to, beside the one that is known: the hold to go on with, and its history when that is the new one. What a task is to lift stays, since nothing else would bring it back: another is in force beside it,
 * the debtor's insolvency by what is known of them.
 */
export function placeHold(known: Hold | null, asked: Hold): { readonly hold: Hold; readonly drafts: HistoryDraft[] } {
  if (known?.taskId) {
    const hold = overtaking(known, asked);
    const isTold = asked.until === null || hold.overtaken !== known.overtaken;
    return { hold, drafts: isTold ? [holdPlaced(asked)] : [] };
  }
  const hold = laterHold(known, asked);
  return { hold, drafts: hold === asked ? [holdPlaced(asked)] : [] };
}
