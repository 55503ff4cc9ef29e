import type { CaseFile } from '../domain/case-file.ts';
import { closedInvoiceOf, withClosedInvoice } from '../domain/payer-history.ts';
import { deriveProfile } from '../domain/payer-profile.ts';
import { type CaseEdit, editCase } from './edit-case.ts';
import type { CustomerWrite, Ledger, LedgerChange } from './ports.ts';
import { editOf, settleTasks } from './settle-tasks.ts';

/** When a case closed: the calendar date, the value date of the last payment (null when none), and the UTC instant of the change. */
export interface Closing {
  readonly closedOn: string;
  readonly paidOn: string | null;
  readonly at: string;
}

/**
 * Closes a case: with the fact that ends it, it leaves every task a person had about it, and how it was paid goes into the debtor's record, from which the payer profile is worked out
 * again.
 *
 * @param edit the fact: its history and what it changes in the case
 * @returns one change, the case's own write first
 */
export async function closeCase(
  ledger: Ledger,
  file: CaseFile,
  edit: CaseEdit,
  closing: Closing,
): Promise<LedgerChange> {
  const settled = await settleTasks(ledger, file, closing.at);
  const { tasks, others } = settled;
  const drafts = [...(edit.drafts ?? []), ...settled.drafts];
  const own = editCase(settled.file, { ...edit, ...editOf(settled), drafts }, closing.at);
  const customer = await recordPayer(ledger, file, closing);
  return { cases: [own.write, ...others], tasks, ...(customer && { customer }) };
}

async function recordPayer(
  ledger: Ledger,
  file: CaseFile,
  { closedOn, paidOn }: Closing,
): Promise<CustomerWrite | null> {
  const record = await ledger.loadCustomer(file.dunningCase.invoice.customerId);
  if (!record) return null;
  const closedInvoices = withClosedInvoice(record.closedInvoices, closedInvoiceOf(file, { closedOn, paidOn }));
  const derivedProfile = deriveProfile(closedInvoices, record.customer, closedOn);
  const version = record.version + 1;
  return { record: { ...record, closedInvoices, derivedProfile, version }, expectedVersion: record.version };
}
