import { type CustomerRecord, effectiveProfile } from '../domain/case-file.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Ledger, LedgerChange } from './ports.ts';
import { touchOpenCases } from './touch-open-cases.ts';

/** Has a debtor's other open cases planned again when a case that closed shows another payer in them: the ladder of every invoice follows the profile. */
export async function tellNewProfile(
  ledger: Ledger,
  { before, change, at }: { before: CustomerRecord | null; change: LedgerChange; at: string },
): Promise<void> {
  const after = change.customer?.record;
  if (!before || !after || effectiveProfile(before) === effectiveProfile(after)) return;
  const draft: HistoryDraft = { type: 'CustomerChanged', actor: 'relance', data: { changed: ['profile'] } };
  await touchOpenCases(ledger, { customerId: after.customer.customerId, draft, at });
}
