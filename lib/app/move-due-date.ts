import type { HistoryDraft } from '../domain/history.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  closedAlready,
  commandCase,
  remarksWith,
} from './case-command.ts';
import { restateCase } from './restate-case.ts';

/** A new due date of an invoice. */
export interface MoveDueDate extends CaseCommand {
  readonly dueOn: string;
  readonly reason: string;
}

/**
 * Moves the due date of an invoice. The plan is worked out again from the new date: what was served stays served, and no level is begun again; work in people's hands that names the old date is
 * withdrawn.
 */
export function moveDueDate({ ledger }: Pick<CommandDeps, 'ledger'>, command: MoveDueDate): Promise<CommandAnswer> {
  const { invoiceId, dueOn, actor, at } = command;
  return commandCase(ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const { invoice } = dunningCase;
    const no = closedAlready(dunningCase);
    if (no) return no;
    if (dueOn === invoice.dueOn) return { invoiceId, wasThere: true };
    if (dueOn < invoice.issuedOn) {
      const detail = `must not be before ${invoice.issuedOn}, when the invoice was issued, not "${dueOn}"`;
      return { refused: { pointer: '/dueOn', detail } };
    }
    const moved: HistoryDraft = { type: 'DueDateMoved', actor, data: { from: invoice.dueOn, to: dueOn } };
    const remarks = remarksWith(dunningCase, command, 'DueDateMoved');
    const edit = { drafts: [moved], changes: { invoice: { ...invoice, dueOn }, remarks } };
    return { invoiceId, wasThere: false, change: await restateCase(ledger, file, edit, at) };
  });
}
