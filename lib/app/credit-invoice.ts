import { createHash } from 'node:crypto';
import { moneyText } from '../contracts/money-text.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { CREDIT_NOTE_CASH, type CreditNote } from '../domain/credit-note.ts';
import { isOwed, outstandingMinor, standingAfter } from '../domain/dunning-case.ts';
import { invariant } from '../domain/errors.ts';
import { type ForgivenRest, withForgiven } from '../domain/forgiven-rest.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Money } from '../domain/money.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { BookingDeps } from './allocation-terms.ts';
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
import { closeCase } from './close-case.ts';
import { type CaseEdit, editCase } from './edit-case.ts';
import { forgivenDrafts, forgivenOf } from './forgiven-rest.ts';
import type { LedgerChange } from './ports.ts';
import { restateCase } from './restate-case.ts';

/** A credit note that was issued for an invoice. Its id is one of that invoice's: one credit note may credit several invoices, each with its part. */
export interface CreditInvoice extends CaseCommand {
  readonly creditNoteId: string;
  readonly amount: Money;
  readonly reason: string;
}

/** What crediting an invoice needs: a rest may be too small to chase then. */
type CreditDeps = CommandDeps & BookingDeps;

/**
 * Takes a credit note off what an invoice owes. Never more than is outstanding: the rest is kept as unapplied cash of the customer. One that covers what is owed, or leaves a rest that is not asked for any more, settles the case, and one for an invoice that is
 * settled already is unapplied as a whole. The same credit note again has no effect.
 */
export function creditInvoice(deps: CreditDeps, command: CreditInvoice): Promise<CommandAnswer> {
  const { invoiceId, creditNoteId, amount } = command;
  return commandCase(deps.ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const known = await deps.ledger.loadCreditNote(invoiceId, creditNoteId);
    if (known) return sameAgain(known, amount);
    const no = dunningCase.standing === 'settled' ? null : closedAlready(dunningCase);
    const refusal = no ?? otherCurrency(dunningCase, amount);
    if (refusal) return refusal;
    const note = noteFor(file, command);
    const change = await creditChange(deps, file, { command, note });
    const unapplied = unappliedOf(note);
    return { invoiceId, wasThere: false, ...(unapplied && { unapplied }), change };
  });
}

function sameAgain(known: CreditNote, amount: Money): CommandNo | CommandDone {
  const { invoiceId, creditNoteId } = known;
  if (known.amountMinor === amount.amountMinor && known.currency === amount.currency) {
    const unapplied = unappliedOf(known);
    return { invoiceId, wasThere: true, ...(unapplied && { unapplied }) };
  }
  const { amount: before } = moneyText(known);
  return {
    conflict: `Credit note ${creditNoteId} was taken before with ${before} ${known.currency}; nothing was changed.`,
  };
}

function noteFor({ dunningCase }: CaseFile, { creditNoteId, amount, reason, at }: CreditInvoice): CreditNote {
  const { invoiceId } = dunningCase.invoice;
  const owedMinor = isOwed(dunningCase) ? outstandingMinor(dunningCase) : 0;
  const appliedMinor = Math.min(owedMinor, amount.amountMinor);
  return {
    ...{ creditNoteId, invoiceId, appliedMinor, reason, at },
    ...{ amountMinor: amount.amountMinor, currency: amount.currency },
    ...(appliedMinor < amount.amountMinor && { unappliedTransactionId: cashIdOf(invoiceId, creditNoteId) }),
  };
}

/** The id under which what is left of a credit note is kept as cash; short enough for an id, whatever the two are. */
function cashIdOf(invoiceId: string, creditNoteId: string): string {
  const digest = createHash('sha256').update(`${invoiceId}\n${creditNoteId}`).digest('hex');
  return `${CREDIT_NOTE_CASH}${creditNoteId.slice(0, 24)}-${digest.slice(0, 16)}`;
}

function unappliedOf({ amountMinor, appliedMinor, currency }: CreditNote): Money | null {
  return appliedMinor < amountMinor ? { amountMinor: amountMinor - appliedMinor, currency } : null;
}

/**
 * The change that takes a credit note off a case: what people were asked to say of it is withdrawn, and when nothing is owed any more it is closed.
 *
 * @param with the credit note, who says so, and what else happens to the case in the same breath
 */
export async function creditChange(
  deps: CreditDeps,
  file: CaseFile,
  {
    command,
    note,
    also = {},
  }: { command: CaseCommand; note: CreditNote; also?: Pick<CaseEdit, 'drafts' | 'changes' | 'closesTasks'> },
): Promise<LedgerChange> {
  const { dunningCase } = file;
  const { at } = command;
  const { creditNoteId } = note;
  const today = todayOf(deps, command);
  const change = async (): Promise<LedgerChange> => {
    const drafts = [...(also.drafts ?? []), creditApplied(note, command.actor)];
    if (!isOwed(dunningCase)) return { cases: [editCase(file, { drafts }, at).write] };
    const { changes: balance, forgiven } = await creditedBy(deps, file, { note, today });
    drafts.push(...forgivenDrafts(dunningCase.invoice, forgiven, { creditNoteId }));
    const changes = { ...also.changes, ...balance };
    if (outstandingMinor({ ...dunningCase, ...balance }) > 0) {
      const standing = standingAfter(dunningCase, changes);
      return restateCase(deps.ledger, file, { ...also, drafts, changes: { ...changes, standing } }, at);
    }
    const settled: HistoryDraft = { type: 'CaseSettled', actor: 'relance', data: { creditNoteId } };
    const edit = { drafts: [...drafts, settled], changes: { ...changes, standing: 'settled' } } as const;
    return closeCase(deps.ledger, file, edit, { closedOn: today, paidOn: null, at });
  };
  const { cases, ...rest } = await change();
  const [own, ...others] = cases;
  invariant(own !== undefined, `the credit note of ${note.invoiceId} changes its case`);
  const receipt = receiptOf(file, note, today);
  return { ...rest, cases: [{ ...own, creditNote: note }, ...others], ...(receipt && { receipt }) };
}

/** Whether a credit note, with the rest that is given up then, leaves nothing of an open case to be owed. */
export async function isCoveredBy(
  deps: CreditDeps,
  file: CaseFile,
  { note, today }: { note: CreditNote; today: string },
): Promise<boolean> {
  const { changes } = await creditedBy(deps, file, { note, today });
  return outstandingMinor({ ...file.dunningCase, ...changes }) === 0;
}

/** What a credit note, with the rest that is given up then, changes in the balance of an open case. */
async function creditedBy(
  deps: CreditDeps,
  file: CaseFile,
  { note, today }: { note: CreditNote; today: string },
): Promise<{ changes: ReturnType<typeof withForgiven>; forgiven: ForgivenRest }> {
  const creditedMinor = file.dunningCase.creditedMinor + note.appliedMinor;
  const credited = { ...file, dunningCase: { ...file.dunningCase, creditedMinor } };
  const forgiven = await forgivenOf(deps, credited, today);
  return { changes: withForgiven(credited.dunningCase, forgiven), forgiven };
}

function creditApplied(note: CreditNote, actor: string): HistoryDraft {
  const { creditNoteId, appliedMinor, currency } = note;
  const unapplied = unappliedOf(note) ?? { amountMinor: 0, currency };
  const amount = moneyText({ amountMinor: appliedMinor, currency });
  return { type: 'CreditNoteApplied', actor, data: { creditNoteId, amount, unapplied: moneyText(unapplied) } };
}

/** What the invoice could not take, kept as cash of the customer so that no cent is lost. */
function receiptOf({ dunningCase }: CaseFile, note: CreditNote, today: string): CashReceipt | null {
  const unapplied = unappliedOf(note);
  if (!unapplied || !note.unappliedTransactionId) return null;
  return {
    transactionId: note.unappliedTransactionId,
    kind: 'credit',
    ...unapplied,
    ...{ bookedOn: today, valueOn: today, receivedAt: note.at },
    remittance: note.creditNoteId,
    customerId: dunningCase.invoice.customerId,
    allocations: [],
    unappliedMinor: unapplied.amountMinor,
    unappliedReason: 'credit-note',
    suggestedInvoiceIds: [],
  };
}
