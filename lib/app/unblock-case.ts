import { standingUnblocked } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type CaseCommand, type CommandAnswer, type CommandDeps, closedAlready, commandCase } from './case-command.ts';
import { editCase } from './edit-case.ts';

/** Lifts the block of a case: its next step is worked out from what is true now, at the level it had reached. */
export function unblockCase(
  { ledger }: Pick<CommandDeps, 'ledger'>,
  { invoiceId, actor, at }: CaseCommand,
): Promise<CommandAnswer> {
  return commandCase(ledger, invoiceId, (file) => {
    const no = closedAlready(file.dunningCase);
    if (no) return no;
    if (file.dunningCase.standing !== 'blocked') return { invoiceId, wasThere: true };
    const unblocked: HistoryDraft = { type: 'CaseUnblocked', actor, data: { reason: 'lifted' } };
    const standing = standingUnblocked(file.dunningCase);
    const edit = { drafts: [unblocked], changes: { standing, block: null }, wakes: true } as const;
    return { invoiceId, wasThere: false, change: { cases: [editCase(file, edit, at).write] } };
  });
}
