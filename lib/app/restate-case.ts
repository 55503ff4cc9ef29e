import type { CaseFile } from '../domain/case-file.ts';
import { type CaseEdit, editCase } from './edit-case.ts';
import type { CaseLedger, LedgerChange } from './ports.ts';
import { editOf, withdrawWork } from './settle-tasks.ts';

/**
 * Writes a fact after which what a case owes, or when, is no longer what people have been asked to say: the calls, approvals and unposted letters about it are withdrawn with it, and their steps are
 * open again.
 *
 * @returns one change, the case's own write first
 */
export async function restateCase(
  ledger: CaseLedger,
  file: CaseFile,
  edit: Pick<CaseEdit, 'drafts' | 'changes' | 'opensTasks' | 'closesTasks'>,
  at: string,
): Promise<LedgerChange> {
  const told = edit.drafts ?? [];
  const withdrawn = await withdrawWork(ledger, file, { told, at });
  const drafts = [...told, ...withdrawn.drafts];
  const closesTasks = [...(edit.closesTasks ?? []), ...withdrawn.closedTaskIds];
  const { write } = editCase(withdrawn.file, { ...edit, ...editOf(withdrawn), drafts, closesTasks }, at);
  return { cases: [write, ...withdrawn.others], tasks: withdrawn.tasks };
}
