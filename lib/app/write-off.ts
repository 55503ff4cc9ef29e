import { moneyText } from '../contracts/money-text.ts';
import { outstandingMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type CaseCommand, type CommandAnswer, type CommandDeps, remarksWith } from './case-command.ts';
import { endCase } from './end-case.ts';

/** Writes off what an invoice still owes, and ends its case: the money is given up. Asked again, nothing more happens. */
export function writeOff(
  deps: CommandDeps,
  command: CaseCommand & { readonly reason: string },
): Promise<CommandAnswer> {
  return endCase(deps, command, {
    isEnded: ({ standing }) => standing === 'written-off',
    end(dunningCase) {
      const amountMinor = outstandingMinor(dunningCase);
      const data = { writtenOff: moneyText({ amountMinor, currency: dunningCase.invoice.currency }) };
      const writtenOff: HistoryDraft = { type: 'CaseWrittenOff', actor: command.actor, data };
      const changes = {
        standing: 'written-off',
        writtenOffMinor: dunningCase.writtenOffMinor + amountMinor,
        remarks: remarksWith(dunningCase, command, 'CaseWrittenOff'),
      } as const;
      return { edit: { drafts: [writtenOff], changes } };
    },
  });
}
