import type { DunningCase } from '../domain/dunning-case.ts';
import type { Money } from '../domain/money.ts';
import type { CashReceipt } from '../domain/payment.ts';
import { allocateTo, type BookingDeps } from './allocation-terms.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  type CommandDone,
  type CommandNo,
  closedAlready,
  commandCase,
  otherCurrency,
  todayOf,
} from './case-command.ts';
import { payInto, type ReceivedCash } from './pay-into.ts';
import { settleReturns } from './return-payment.ts';
import { tellNewProfile } from './tell-new-profile.ts';

/** How money came in that a person saw. */
type PaymentMethod = 'transfer' | 'cheque' | 'card' | 'cash' | 'direct-debit' | 'other';

/** A payment a person has seen for an invoice; `receivedOn` is its value date. The bank's own report of it must come under the same `transactionId`. */
export interface RecordPayment extends CaseCommand {
  readonly transactionId: string;
  readonly amount: Money;
  readonly receivedOn: string;
  readonly method: PaymentMethod;
}

/**
 * Applies a payment that a person has seen, as the bank's would be: what exceeds the balance is kept as unapplied cash. There is one receipt for each transaction id, whoever tells of it first; the same payment
 * again has no effect.
 */
export async function recordPayment(deps: CommandDeps & BookingDeps, command: RecordPayment): Promise<CommandAnswer> {
  const answer = await record(deps, command);
  if (answer !== 'unknown-case' && 'wasThere' in answer) await settleReturns(deps, { ...command, kind: 'credit' });
  return answer;
}

function record(deps: CommandDeps & BookingDeps, command: RecordPayment): Promise<CommandAnswer> {
  const { invoiceId, transactionId, amount, receivedOn, method, actor, at } = command;
  const today = todayOf(deps, command);
  return commandCase(deps.ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const known = await deps.ledger.loadReceipt(transactionId);
    if (known) return sameAgain(known, command);
    const refusal = closedAlready(dunningCase) ?? otherCurrency(dunningCase, amount);
    if (refusal) return refusal;
    if (receivedOn > today) {
      return { refused: { pointer: '/receivedOn', detail: `must not be after today ${today}, not "${receivedOn}"` } };
    }
    const cash = cashOf(dunningCase, command);
    const { appliedMinor, unappliedMinor, unappliedReason } = await allocateTo(deps, file, cash);
    const receipt: CashReceipt = {
      ...cash,
      allocations: [{ invoiceId, amountMinor: appliedMinor }],
      unappliedMinor,
      ...(unappliedReason && { unappliedReason }),
      suggestedInvoiceIds: [],
    };
    const told = { rule: 'by-person', actor, method } as const;
    const before = await deps.ledger.loadCustomer(dunningCase.invoice.customerId);
    const paid = await payInto(deps, file, { cash, amountMinor: appliedMinor, leftMinor: unappliedMinor, told });
    const change = { ...paid, receipt };
    const andThen = () => tellNewProfile(deps.ledger, { before, change, at });
    return { ...done(invoiceId, receipt, false), change, andThen };
  });
}

function cashOf({ invoice }: DunningCase, { transactionId, amount, receivedOn, at }: RecordPayment): ReceivedCash {
  return {
    ...{ transactionId, kind: 'credit', ...amount, bookedOn: receivedOn, valueOn: receivedOn },
    ...{ customerId: invoice.customerId, receivedAt: at },
  };
}

function done(invoiceId: string, { unappliedMinor, currency }: CashReceipt, wasThere: boolean): CommandDone {
  const unapplied = { amountMinor: unappliedMinor, currency };
  return { invoiceId, wasThere, ...(unappliedMinor > 0 && { unapplied }) };
}

/** What an id that was used before means: the same payment, or other money, which a person must book under an id of its own. */
function sameAgain(known: CashReceipt, { invoiceId, transactionId, amount }: RecordPayment): CommandNo | CommandDone {
  const isSame =
    known.kind === 'credit' && known.amountMinor === amount.amountMinor && known.currency === amount.currency;
  if (!isSame) {
    return { conflict: `Transaction ${transactionId} was received before as other money; nothing was changed.` };
  }
  const isHere = known.allocations.some((allocation) => allocation.invoiceId === invoiceId);
  if (isHere) return done(invoiceId, known, true);
  return {
    conflict: `Transaction ${transactionId} is in already, and not for this invoice: allocate what is left of it from the unapplied cash.`,
  };
}
