import { moneyText } from '../contracts/money-text.ts';
import { type DunningCase, outstandingMinor, receivedMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type CaseCommand, type CommandAnswer, type CommandDeps, remarksWith } from './case-command.ts';
import { endCase } from './end-case.ts';
import { raiseTask } from './raise-task.ts';

/** What cancelling needs beside: who owns the task about money that was paid on an invoice that should never have been. */
interface CancellationDeps extends CommandDeps {
  readonly taskOwner: string;
}

/**
 * Cancels an invoice and ends its case: what is still owed counts as credited. What was paid on it is the customer's, and a person is asked what becomes of it. Asked again, nothing more happens.
 */
export function cancelInvoice(
  deps: CancellationDeps,
  command: CaseCommand & { readonly reason: string },
): Promise<CommandAnswer> {
  const { actor, at } = command;
  return endCase(deps, command, {
    isEnded: ({ standing }) => standing === 'cancelled',
    end(dunningCase) {
      const { currency } = dunningCase.invoice;
      const amountMinor = outstandingMinor(dunningCase);
      const data = { credited: moneyText({ amountMinor, currency }) };
      const cancelled: HistoryDraft = { type: 'CaseCancelled', actor, data };
      const asked = receivedMinor(dunningCase) > 0 ? askAboutPayment(deps, dunningCase, at) : null;
      const changes = {
        standing: 'cancelled',
        creditedMinor: dunningCase.creditedMinor + amountMinor,
        remarks: remarksWith(dunningCase, command, 'CaseCancelled'),
      } as const;
      const drafts = [cancelled, ...(asked ? [asked.draft] : [])];
      return { edit: { drafts, changes, opensTasks: asked ? [asked.task.taskId] : [] }, asked: asked?.task };
    },
  });
}

function askAboutPayment(
  { taskOwner }: CancellationDeps,
  dunningCase: DunningCase,
  at: string,
): ReturnType<typeof raiseTask> {
  const { invoiceId, customerId, number, currency } = dunningCase.invoice;
  const { amount } = moneyText({ amountMinor: receivedMinor(dunningCase), currency });
  return raiseTask({
    kind: 'attention',
    owner: taskOwner,
    invoiceIds: [invoiceId],
    customerId,
    title: `Invoice ${number} was cancelled after a payment`,
    reason: `${amount} ${currency} were paid on it, and are the customer's now. Pay them back, or set them against another invoice.`,
    about: 'cancelled',
    at,
  });
}
