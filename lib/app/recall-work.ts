import type { HistoryDraft } from '../domain/history.ts';
import { editCase } from './edit-case.ts';
import { hasSpoken } from './overtaken-call.ts';
import type { Ledger, LedgerChange } from './ports.ts';
import { editOf, withdrawWork } from './settle-tasks.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Takes back the work people have in hand about the cases that a change has put on hold, or whose debtor has spoken anew: what was promised or objected overtakes it. */
export async function recallHeldWork(ledger: Ledger, { cases }: LedgerChange, at: string): Promise<void> {
  const held = cases.filter(
    ({ dunningCase, entries }) =>
      hasSpoken(entries) || (dunningCase.hold && entries.some(({ type }) => type === 'HoldPlaced')),
  );
  for (const { dunningCase, entries } of held) {
    await recall(ledger, dunningCase.invoice.invoiceId, { told: entries, at });
  }
}

/** Withdraws the calls, approvals and unposted letters about one case, in a transaction of its own. Harmless when there is none. */
export function recallWork(ledger: Ledger, invoiceId: string, at: string): Promise<void> {
  return recall(ledger, invoiceId, { told: [], at });
}

function recall(
  ledger: Ledger,
  invoiceId: string,
  { told, at }: { told: readonly Pick<HistoryDraft, 'type'>[]; at: string },
): Promise<void> {
  return withFreshRead(async () => {
    const file = await ledger.loadCaseFile(invoiceId);
    if (!file) return;
    const withdrawn = await withdrawWork(ledger, file, { told, at });
    if (withdrawn.tasks.length === 0) return;
    const { write } = editCase(withdrawn.file, editOf(withdrawn), at);
    await ledger.commit({ cases: [write, ...withdrawn.others], tasks: withdrawn.tasks });
  });
}
