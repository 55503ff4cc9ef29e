import { moneyText } from '../contracts/money-text.ts';
import { outstandingMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type CaseCommand, type CommandAnswer, type CommandDeps, remarksWith } from './case-command.ts';
import { endCase } from './end-case.ts';

/** To whom a case is handed over: a lawyer, an agency, the credit insurer. */
export interface HandOver extends CaseCommand {
  readonly to: string;
  readonly reason: string;
}

/** Hands a case over to others, who collect what is still owed: nothing of it is sent from here any more. Asked again with the same recipient, nothing more happens. */
export function handOver(deps: CommandDeps, command: HandOver): Promise<CommandAnswer> {
  const { to, actor } = command;
  return endCase(deps, command, {
    isEnded: ({ handedOverTo }) => handedOverTo === to,
    end(dunningCase) {
      const { currency } = dunningCase.invoice;
      const owed = moneyText({ amountMinor: outstandingMinor(dunningCase), currency });
      const handedOver: HistoryDraft = { type: 'CaseHandedOver', actor, data: { to, outstanding: owed } };
      const remarks = remarksWith(dunningCase, command, 'CaseHandedOver');
      return { edit: { drafts: [handedOver], changes: { standing: 'handed-over', handedOverTo: to, remarks } } };
    },
  });
}
