import { amountText } from '../contracts/money-text.ts';
import type { HolidayTable } from '../domain/calendar/holiday-table.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { withConfirmation } from '../domain/confirmation.ts';
import { type DunningCase, outstandingMinor } from '../domain/dunning-case.ts';
import type { Money } from '../domain/money.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { openPromise } from '../domain/promise.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  type CommandNo,
  closedAlready,
  commandCase,
  otherCurrency,
  remarksWith,
} from './case-command.ts';
import { makePromise, promiseDates, promiseRefusal } from './make-promise.ts';
import { loadDebtor } from './plan-case.ts';
import { restateCase } from './restate-case.ts';

/** A promise somebody heard outside of a call on the list: by when, how much of it (all that is owed when left out), who promised, and what else was said. */
export interface RecordPromise extends CaseCommand {
  readonly promisedOn: string;
  readonly amount?: Money;
  readonly contact?: string;
  readonly note?: string;
}

/**
 * Takes a promise to pay, as a call's would be: notices wait until the money can be there, what people have in hand is withdrawn, and it is confirmed to the debtor in writing. The same open promise again
 * has no effect.
 */
export function recordPromise(
  deps: CommandDeps & { readonly holidays: HolidayTable },
  command: RecordPromise,
): Promise<CommandAnswer> {
  const { ledger } = deps;
  const { invoiceId, promisedOn, amount, at, actor } = command;
  const amountMinor = amount?.amountMinor ?? null;
  return commandCase(ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const closed = closedAlready(dunningCase);
    if (closed) return closed;
    const open = openPromise(dunningCase.promises);
    if (open?.promisedOn === promisedOn && open.amountMinor === amountMinor) return { invoiceId, wasThere: true };
    const calendar = debtorCalendar((await loadDebtor(ledger, file)).customer, deps);
    const today = dateIn(at, calendar.timeZone);
    const no = refusalOf(dunningCase, command, today);
    if (no) return no;
    const made = makePromise(dunningCase, { promisedOn, amountMinor, today, calendar, actor, at });
    const confirmations = withConfirmation(dunningCase.confirmations, {
      ...{ template: 'promise-confirmation', invoiceIds: [invoiceId], result: 'promise', agreedOn: today },
      ...{ promisedOn, requestedAt: at, ...(amountMinor !== null && { amountMinor }) },
    });
    const reason = saidOf(command);
    const remarks = reason ? { remarks: remarksWith(dunningCase, { ...command, reason }, 'PromiseMade') } : {};
    const edit = { drafts: made.drafts, changes: { ...made.changes, confirmations, ...remarks } };
    return { invoiceId, wasThere: false, change: await restateCase(ledger, file, edit, at) };
  });
}

function refusalOf(dunningCase: DunningCase, { promisedOn, amount }: RecordPromise, today: string): CommandNo | null {
  const { from, to } = promiseDates(today);
  if (promisedOn < from || promisedOn > to) {
    const detail = `must lie between today ${from} and ${to}, not "${promisedOn}"`;
    return { refused: { pointer: '/promisedOn', detail } };
  }
  const foreign = amount && otherCurrency(dunningCase, amount);
  if (foreign) return foreign;
  const owedMinor = outstandingMinor(dunningCase);
  if (amount && amount.amountMinor > owedMinor) {
    const most = amountText(owedMinor, amount.currency);
    return { refused: { pointer: '/amount/amount', detail: `must be at most ${most}, which is what is owed` } };
  }
  const conflict = promiseRefusal(dunningCase);
  return conflict ? { conflict } : null;
}

/** Who promised, and what else was said: it stays with the case, not in the history. */
function saidOf({ contact, note }: RecordPromise): string {
  return [contact && `${contact} promised.`, note].filter(Boolean).join(' ');
}
