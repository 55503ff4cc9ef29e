import type { CaseFile } from '../domain/case-file.ts';
import { isOpenStanding } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type CaseEdit, editCase } from './edit-case.ts';
import type { Ledger } from './ports.ts';
import { editOf, withdrawLetters } from './settle-tasks.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What a change of the debtor means for one case, beside that it is planned again: what is edited, and whether letters about it that lie ready to be posted are not true any more. */
export type Consequence = Pick<CaseEdit, 'drafts' | 'changes' | 'opensTasks'> & { readonly withdrawsLetters?: boolean };

/** Which cases are touched, but for `exceptIds`, with the history entry that says why; `consequence` is worked out for each as it is then. */
export interface Touch {
  readonly customerId: string;
  readonly exceptIds?: readonly string[];
  readonly draft: HistoryDraft;
  readonly at: string;
  readonly consequence?: (file: CaseFile) => Consequence | Promise<Consequence>;
}

/** Cases written at a time; those of one letter are written together, and again when they meet. */
const WRITTEN_TOGETHER = 10;

/**
 * Has the open cases of a customer planned again, each with the history entry that says why: their contacts, hours or profile changed.
 *
 * @returns how many cases were told
 */
export async function touchOpenCases(ledger: Ledger, touch: Touch): Promise<number> {
  const { customerId, exceptIds = [] } = touch;
  const ids = (await ledger.listOpenCaseIds(customerId)).filter((invoiceId) => !exceptIds.includes(invoiceId));
  for (let start = 0; start < ids.length; start += WRITTEN_TOGETHER) {
    const together = ids.slice(start, start + WRITTEN_TOGETHER);
    await Promise.all(together.map((invoiceId) => touchCase(ledger, invoiceId, touch)));
  }
  return ids.length;
}

function touchCase(ledger: Ledger, invoiceId: string, { draft, at, consequence }: Touch): Promise<void> {
  return withFreshRead(async () => {
    const file = await ledger.loadCaseFile(invoiceId);
    if (!file || !isOpenStanding(file.dunningCase.standing)) return;
    const { drafts = [], changes, opensTasks, withdrawsLetters } = (await consequence?.(file)) ?? {};
    const withdrawn = withdrawsLetters ? await withdrawLetters(ledger, file, at) : null;
    const work = withdrawn ? editOf(withdrawn) : {};
    const edit = {
      ...work,
      drafts: [...(withdrawn?.drafts ?? []), draft, ...drafts],
      changes,
      opensTasks,
      wakes: true,
    };
    const { write } = editCase(withdrawn?.file ?? file, edit, at);
    await ledger.commit({ cases: [write, ...(withdrawn?.others ?? [])], tasks: withdrawn?.tasks ?? [] });
  });
}
