import { amountText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { withConfirmation } from '../domain/confirmation.ts';
import { type Dispute, openDisputes, wholeDispute } from '../domain/dispute.ts';
import { type DunningCase, outstandingMinor, undisputedMinor } from '../domain/dunning-case.ts';
import type { Money } from '../domain/money.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandNo,
  closedAlready,
  commandCase,
  otherCurrency,
  remarksWith,
} from './case-command.ts';
import { proofTask } from './dispute-tasks.ts';
import type { ReviewDeps } from './judge-promise.ts';
import { contestedAmount, disputeReviewDates, nextDisputeId, openDispute } from './open-dispute.ts';
import { loadFacts } from './plan-case.ts';
import { restateCase } from './restate-case.ts';

/** A dispute somebody heard outside of a call on the list: what is contested, and how much of the invoice (all that is owed when left out), who settles it, when it is looked at again, what else was said. */
export interface RecordDispute extends CaseCommand {
  readonly category: Dispute['category'];
  readonly amount?: Money;
  readonly note?: string;
  readonly ownerEmail?: string;
  readonly reviewOn?: string;
}

/**
 * Takes a dispute, as a call's would be: what people have in hand is withdrawn, it is confirmed to the debtor in writing, and somebody puts the proof together. The same open dispute again has no effect.
 */
export function recordDispute(deps: ReviewDeps, command: RecordDispute): Promise<CommandAnswer> {
  const { ledger } = deps;
  const { invoiceId, category, amount, reviewOn = null, at, actor } = command;
  return commandCase(ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const closed = closedAlready(dunningCase);
    if (closed) return closed;
    if (isOpenAlready(dunningCase, command)) return { invoiceId, wasThere: true };
    const { record, policy } = await loadFacts(deps, file);
    const calendar = debtorCalendar(record.customer, deps);
    const today = dateIn(at, calendar.timeZone);
    const no = refusalOf(dunningCase, command, today);
    if (no) return no;
    const ownerEmail = command.ownerEmail ?? record.customer.salesRep?.email ?? null;
    const told = { category, amountMinor: amount?.amountMinor ?? null, ownerEmail, reviewOn };
    const { task, draft } = proofTask({
      ...{ invoiceIds: [invoiceId], customerId: dunningCase.invoice.customerId, owner: ownerEmail ?? deps.taskOwner },
      about: `${dunningCase.cycle}/dispute/${nextDisputeId(dunningCase)}/proof`,
      ...{ category, today, policy, calendar, at },
    });
    const opened = openDispute(file, { ...told, policy, calendar, today, actor, at }, [task.taskId]);
    const changes = { ...opened.changes, ...confirmedWith(file, command, today), ...remarked(dunningCase, command) };
    const edit = { drafts: [...opened.drafts, draft], changes, opensTasks: [task.taskId] };
    const { tasks = [], ...change } = await restateCase(ledger, file, edit, at);
    return { invoiceId, wasThere: false, change: { ...change, tasks: [...tasks, { task, expectedVersion: null }] } };
  });
}

function isOpenAlready(dunningCase: DunningCase, { category, amount }: RecordDispute): boolean {
  const askedMinor = amount?.amountMinor ?? null;
  const amounts = [askedMinor, contestedAmount(dunningCase, askedMinor)];
  return openDisputes(dunningCase.disputes).some(
    (open) => open.category === category && amounts.includes(open.amountMinor),
  );
}

function refusalOf(dunningCase: DunningCase, { amount, reviewOn }: RecordDispute, today: string): CommandNo | null {
  const { invoice, disputes } = dunningCase;
  const whole = wholeDispute(disputes);
  if (whole) {
    const detail = `All that is owed of invoice ${invoice.invoiceId} is contested already, since ${whole.openedOn}; nothing was changed.`;
    return { conflict: detail };
  }
  const { from, to } = disputeReviewDates(today);
  if (reviewOn !== undefined && (reviewOn < from || reviewOn > to)) {
    const detail = `must lie between today ${from} and ${to}, not "${reviewOn}"`;
    return { refused: { pointer: '/reviewOn', detail } };
  }
  const foreign = amount && otherCurrency(dunningCase, amount);
  if (foreign) return foreign;
  const owedMinor = outstandingMinor(dunningCase);
  const freeMinor = undisputedMinor(dunningCase);
  const isTooMuch = (amount?.amountMinor ?? owedMinor) > freeMinor;
  if (!isTooMuch) return null;
  const beside = freeMinor < owedMinor ? 'is owed and not contested yet' : 'is owed';
  const most = amountText(freeMinor, invoice.currency);
  const pointer = amount ? '/amount/amount' : '/amount';
  return { refused: { pointer, detail: `must be at most ${most}, which is what ${beside}` } };
}

function confirmedWith({ dunningCase }: CaseFile, { invoiceId, category, amount, at }: RecordDispute, today: string) {
  const amountMinor = contestedAmount(dunningCase, amount?.amountMinor ?? null);
  return {
    confirmations: withConfirmation(dunningCase.confirmations, {
      ...{ template: 'dispute-confirmation', invoiceIds: [invoiceId], result: 'dispute', agreedOn: today },
      ...{ category, requestedAt: at, ...(amountMinor !== null && { amountMinor }) },
    }),
  };
}

/** What else was said: it stays with the case, not in the history. */
function remarked(
  dunningCase: DunningCase,
  { note, ...command }: RecordDispute,
): Partial<Pick<DunningCase, 'remarks'>> {
  return note ? { remarks: remarksWith(dunningCase, { ...command, reason: note }, 'DisputeOpened') } : {};
}
