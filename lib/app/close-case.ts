import type { CaseFile } from '../domain/case-file.ts';
import { receivedMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { closedInvoiceOf, withClosedInvoice } from '../domain/payer-history.ts';
import { deriveProfile } from '../domain/payer-profile.ts';
import { openPromise } from '../domain/promise.ts';
import { disputesOver } from './dispute-ending.ts';
import { type CaseEdit, editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { planClosed } from './plan-ending.ts';
import type { CaseLedger, CustomerWrite, LedgerChange } from './ports.ts';
import { afterPromise, promiseEnded } from './promise-ending.ts';
import { editOf, settleTasks } from './settle-tasks.ts';

/**
 * When a case closed: the calendar date, the value date of the payment that closed it (null when none did), and the UTC instant of the change. `isAutomaticPayment`: the creditor drew the money.
 */
export interface Closing {
  readonly closedOn: string;
  readonly paidOn: string | null;
  readonly isAutomaticPayment?: boolean;
  readonly at: string;
}

/**
 * Closes a case, the one way there is: with the fact that ends it, it leaves every task a person had about it, a block on it is over, and so are the disputes about it, and when nothing is owed any more its promise is kept, and so is its plan when the money came. How it was paid goes into the debtor's record, from which the payer profile
 * is worked out again; one that was not paid says nothing about how they pay.
 *
 * @param edit the fact: its history and what it changes in the case
 * @returns one change, the case's own write first
 */
export async function closeCase(
  ledger: CaseLedger,
  file: CaseFile,
  edit: CaseEdit,
  closing: Closing,
): Promise<LedgerChange> {
  const settled = await settleTasks(ledger, file, closing.at);
  const { tasks, others } = settled;
  const isKept = edit.changes?.standing === 'settled' && openPromise(file.dunningCase.promises) !== null;
  const kept = isKept ? [promiseKept(file.dunningCase, edit)] : [];
  const plan = planClosed(file.dunningCase, edit, closing.paidOn !== null);
  const { block: blockAtClosing } = file.dunningCase;
  const blockOver = blockAtClosing ? [BLOCK_OVER] : [];
  const contested = disputesOver({ ...file.dunningCase, ...edit.changes }, closing.closedOn);
  const over = [...kept, ...plan.drafts, ...contested.drafts, ...blockOver];
  const drafts = [...(edit.drafts ?? []), ...over, ...settled.drafts];
  const promised = isKept && afterPromise(file.dunningCase, 'kept');
  const unheld = { block: null, blockAtClosing, hold: null };
  const changes = { ...promised, ...plan.changes, ...edit.changes, ...contested.changes, ...unheld };
  const own = editCase(settled.file, { ...edit, ...editOf(settled), drafts, changes }, closing.at);
  const customer = await recordPayer(ledger, { ...file, dunningCase: own.file.dunningCase }, closing);
  return { cases: [own.write, ...others], tasks, ...(customer && { customer }) };
}

function promiseKept(dunningCase: CaseFile['dunningCase'], { changes }: CaseEdit): HistoryDraft {
  const paidMinor = receivedMinor({ ...dunningCase, ...changes });
  return promiseEnded(dunningCase, { ending: 'kept', paidMinor, reason: 'case-settled' });
}

const BLOCK_OVER: HistoryDraft = { type: 'CaseUnblocked', actor: 'relance', data: { reason: 'case-closed' } };

async function recordPayer(ledger: CaseLedger, file: CaseFile, closing: Closing): Promise<CustomerWrite | null> {
  const { closedOn, paidOn, isAutomaticPayment = false } = closing;
  if (paidOn === null) return null;
  const record = await ledger.loadCustomer(file.dunningCase.invoice.customerId);
  if (!record) return null;
  const closedInvoices = withClosedInvoice(
    record.closedInvoices,
    closedInvoiceOf(file, { closedOn, paidOn, isAutomaticPayment }),
  );
  const derivedProfile = deriveProfile(closedInvoices, record.customer, closedOn);
  return editCustomer(record, { closedInvoices, derivedProfile });
}
