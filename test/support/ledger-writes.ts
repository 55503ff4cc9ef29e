import type { CaseWrite } from '../../lib/app/ports.ts';
import { advanceCase } from '../../lib/domain/case-change.ts';
import { type CustomerRecord, newCustomerRecord } from '../../lib/domain/case-file.ts';
import type { CreditNote } from '../../lib/domain/credit-note.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { type HistoryDraft, sealEntries } from '../../lib/domain/history.ts';
import type { Invoice } from '../../lib/domain/invoice.ts';
import { newCase } from '../../lib/domain/new-case.ts';
import type { CashReceipt, Payment } from '../../lib/domain/payment.ts';
import type { Policy, PolicyStep } from '../../lib/domain/policy.ts';
import type { StepClaim } from '../../lib/domain/step-claim.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aCustomer, anInvoice } from './builders.ts';

/** The instant of the writes. */
export const AT = '2026-02-02T09:00:00Z';

/** The write that opens the case of an invoice, with the first entry of its history. */
export function opening(fields: { invoice?: Partial<Invoice>; dunningCase?: Partial<DunningCase> } = {}): CaseWrite {
  const invoice = anInvoice(fields.invoice);
  const draft: HistoryDraft = { type: 'InvoiceRegistered', actor: 'test', data: {} };
  const [entry] = sealEntries(invoice.invoiceId, { seq: 0, hash: null }, AT, [draft]);
  const opened = newCase({
    ...{ invoice, policy: { name: 'standard', version: 1 }, isFirstInvoice: true, openTaskIds: [], bodyHash: 'hash-1' },
    ...{ registeredAt: AT, historySeq: 1, historyHash: entry!.hash },
  });
  const dunningCase = { ...opened, ...fields.dunningCase };
  return { expectedVersion: null, dunningCase, entries: [entry!], wakes: false };
}

/** The write that changes fields of a case as it was read, with one entry of its history. */
export function changing(dunningCase: DunningCase, fields: Partial<DunningCase> = {}): CaseWrite {
  const draft: HistoryDraft = { type: 'TaskRaised', actor: 'test', data: {} };
  const { dunningCase: next, entries } = advanceCase(dunningCase, { at: AT, drafts: [draft], changesPlan: false });
  return { expectedVersion: dunningCase.version, dunningCase: { ...next, ...fields }, entries, wakes: false };
}

/** A claim of a case that is reserved for the first time. */
export function aReservation(fields: Partial<StepClaim> = {}): StepClaim {
  const step = { stepId: 'A1', level: 'level1', channel: 'email' } as const;
  return { invoiceId: 'INV-2026-0042', cycle: 1, ...step, state: 'reserved', attempt: 1, at: AT, ...fields };
}

/** An open task about a case. */
export function aTask(fields: Partial<Task> = {}): Task {
  return {
    ...{ taskId: 'call-1', kind: 'call', state: 'open', version: 1, invoiceIds: ['INV-2026-0042'] },
    ...{ customerId: 'C-100', dueOn: '2026-02-03', title: 'Call', reason: 'No answer', raisedAt: AT },
    ...fields,
  };
}

/** A customer of whom nothing is known yet. */
export function aRecord(fields: Partial<CustomerRecord> = {}): CustomerRecord {
  return { ...newCustomerRecord(aCustomer()), ...fields };
}

/** A receipt that is wholly allocated to the invoice. */
export function aReceipt(fields: Partial<CashReceipt> = {}): CashReceipt {
  return {
    ...{ transactionId: 'BK-9001', kind: 'credit', amountMinor: 100, currency: 'EUR' },
    ...{ bookedOn: '2026-02-02', valueOn: '2026-02-02', receivedAt: AT },
    ...{ allocations: [{ invoiceId: 'INV-2026-0042', amountMinor: 100 }], unappliedMinor: 0, suggestedInvoiceIds: [] },
    ...fields,
  };
}

/** The part of {@link aReceipt} that the invoice took. */
export function aPayment(fields: Partial<Payment> = {}): Payment {
  return {
    ...{ transactionId: 'BK-9001', invoiceId: 'INV-2026-0042', amountMinor: 100, currency: 'EUR' },
    ...{ valueOn: '2026-02-02', rule: 'invoice-number', at: AT },
    ...fields,
  };
}

/** A credit note of which the invoice took all. */
export function aCreditNote(fields: Partial<CreditNote> = {}): CreditNote {
  return {
    ...{ creditNoteId: 'CN-1', invoiceId: 'INV-2026-0042', amountMinor: 100, currency: 'EUR', appliedMinor: 100 },
    ...{ reason: 'goods returned', at: AT },
    ...fields,
  };
}

/** A policy that says something in every field that is a map or a list. */
export function aPolicy(fields: Partial<Policy> = {}): Policy {
  const hours = { from: '09:00', to: '18:00' };
  const step: PolicyStep = {
    ...{ stepId: 'A1', level: 'level1', channel: 'email', offsetDays: 4, grantsDays: 4, template: 'courteous-notice' },
    recipientRoles: ['accounts-payable'],
    announces: [{ measure: 'formal-notice', withinDays: 15 }],
    conditions: { amountAtLeast: { EUR: 10_000 }, regardlessOfAmount: { profiles: ['bad-payer'] } },
  };
  return {
    ...{ name: 'ours', version: 1, callAttempts: 3, groupsInvoices: true, presumedReceiptDays: 7 },
    sendingHours: {
      email: hours,
      sms: hours,
      call: hours,
      letter: hours,
      'registered-letter': hours,
      'hand-over': hours,
    },
    callWindows: [hours],
    contactBudget: { perDay: 1, perWeek: 3 },
    disputes: { proofDays: 2, reviewDays: 10, escalatesAfterDays: 5, graceDays: 3 },
    instalmentPlans: {
      ...{ firstWithinDays: 3, firstPartPercent: { 'bad-payer': 50 }, reminderDays: 3, acceleratesAfterDays: 8 },
      resumesAt: 'level2',
    },
    allocationOrder: 'principal-first',
    smallBalances: { EUR: 100 },
    steps: [step],
    overlays: { 'good-payer': { steps: { A1: { isDropped: true } }, addedSteps: [{ ...step, stepId: 'A1b' }] } },
    ...fields,
  };
}
