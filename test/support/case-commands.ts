import { type AgreeInstalmentPlan, agreeInstalmentPlan } from '../../lib/app/agree-instalment-plan.ts';
import { type BlockCase, blockCase } from '../../lib/app/block-case.ts';
import { cancelInvoice } from '../../lib/app/cancel-invoice.ts';
import type { CommandAnswer } from '../../lib/app/case-command.ts';
import { type CreditInvoice, creditInvoice } from '../../lib/app/credit-invoice.ts';
import { type HandOver, handOver } from '../../lib/app/hand-over.ts';
import { type MoveDueDate, moveDueDate } from '../../lib/app/move-due-date.ts';
import { type RecordDispute, recordDispute } from '../../lib/app/record-dispute.ts';
import { type RecordPayment, recordPayment } from '../../lib/app/record-payment.ts';
import { type RecordPromise, recordPromise } from '../../lib/app/record-promise.ts';
import { type ResolveDispute, resolveDispute } from '../../lib/app/resolve-dispute.ts';
import { unblockCase } from '../../lib/app/unblock-case.ts';
import { writeOff } from '../../lib/app/write-off.ts';
import type { Desk } from './desk.ts';

/** What people and the billing system ask of cases at a desk: anne, at the instant the desk has come to, about the first invoice, unless said otherwise. */
export class CaseCommands {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  credit(amountMinor: number, fields: Partial<CreditInvoice> = {}): Promise<CommandAnswer> {
    const amount = { amountMinor, currency: 'EUR' };
    return creditInvoice(this.#desk.planning, { ...this.#command(), creditNoteId: 'CN-1', amount, ...fields });
  }

  pay(amountMinor: number, fields: Partial<RecordPayment> = {}): Promise<CommandAnswer> {
    const payment = { transactionId: 'CHQ-1', receivedOn: this.#desk.now.slice(0, 10), method: 'cheque' } as const;
    const amount = { amountMinor, currency: 'EUR' };
    return recordPayment(this.#desk.planning, { ...this.#command(), ...payment, amount, ...fields });
  }

  moveDueDate(dueOn: string, fields: Partial<MoveDueDate> = {}): Promise<CommandAnswer> {
    return moveDueDate(this.#desk.planning, { ...this.#command(), dueOn, ...fields });
  }

  promise(promisedOn: string, amountMinor?: number, fields: Partial<RecordPromise> = {}): Promise<CommandAnswer> {
    const amount = amountMinor === undefined ? {} : { amount: { amountMinor, currency: 'EUR' } };
    return recordPromise(this.#desk.planning, { ...this.#command(), promisedOn, ...amount, ...fields });
  }

  dispute(amountMinor?: number, fields: Partial<RecordDispute> = {}): Promise<CommandAnswer> {
    const amount = amountMinor === undefined ? {} : { amount: { amountMinor, currency: 'EUR' } };
    return recordDispute(this.#desk.planning, { ...this.#command(), category: 'quality', ...amount, ...fields });
  }

  resolve(outcome: ResolveDispute['outcome'], fields: Partial<ResolveDispute> = {}): Promise<CommandAnswer> {
    return resolveDispute(this.#desk.planning, { ...this.#command(), disputeId: '1', outcome, ...fields });
  }

  /** Parts by their dates, equal ones, or each with its amount. */
  plan(
    parts: readonly (string | [string, number])[],
    fields: Partial<AgreeInstalmentPlan> = {},
  ): Promise<CommandAnswer> {
    const instalments = parts.map((part) =>
      typeof part === 'string'
        ? { dueOn: part }
        : { dueOn: part[0], amount: { amountMinor: part[1], currency: 'EUR' } },
    );
    return agreeInstalmentPlan(this.#desk.planning, { ...this.#command(), instalments, ...fields });
  }

  block(until: string | null, fields: Partial<BlockCase> = {}): Promise<CommandAnswer> {
    return blockCase(this.#desk.planning, { ...this.#command(), until, ...fields });
  }

  unblock(fields: { invoiceId?: string } = {}): Promise<CommandAnswer> {
    return unblockCase(this.#desk.planning, { ...this.#command(), ...fields });
  }

  cancel(fields: { invoiceId?: string } = {}): Promise<CommandAnswer> {
    return cancelInvoice(this.#desk.planning, { ...this.#command(), ...fields });
  }

  writeOff(fields: { invoiceId?: string } = {}): Promise<CommandAnswer> {
    return writeOff(this.#desk.planning, { ...this.#command(), ...fields });
  }

  handOver(fields: Partial<HandOver> = {}): Promise<CommandAnswer> {
    return handOver(this.#desk.planning, { ...this.#command(), to: 'Cabinet Durand', ...fields });
  }

  #command() {
    return { invoiceId: 'INV-2026-0042', at: this.#desk.now, actor: 'anne', reason: 'as agreed' };
  }
}
