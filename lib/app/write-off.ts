import { moneyText } from '../contracts/money-text.ts';
import { outstandingMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  closedAlready,
  commandCase,
  remarksWith,
  todayOf,
} from './case-command.ts';
import { closeCase } from './close-case.ts';

/** Writes off what an invoice still owes, and ends its case: the money is given up. Asked again, nothing more happens. */
export function writeOff(
  deps: CommandDeps,
  command: CaseCommand & { readonly reason: string },
): Promise<CommandAnswer> {
  const { invoiceId, actor, at } = command;
  return commandCase(deps.ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    if (dunningCase.standing === 'written-off') return { invoiceId, wasThere: true };
    const no = closedAlready(dunningCase);
    if (no) return no;
    const { currency } = dunningCase.invoice;
    const amountMinor = outstandingMinor(dunningCase);
    const data = { writtenOff: moneyText({ amountMinor, currency }) };
    const writtenOff: HistoryDraft = { type: 'CaseWrittenOff', actor, data };
    const changes = {
      standing: 'written-off',
      writtenOffMinor: dunningCase.writtenOffMinor + amountMinor,
      remarks: remarksWith(dunningCase, command, 'CaseWrittenOff'),
    } as const;
    const closing = { closedOn: todayOf(deps, command), paidOn: null, at };
    const change = await closeCase(deps.ledger, file, { drafts: [writtenOff], changes }, closing);
    return { invoiceId, wasThere: false, change };
  });
}
