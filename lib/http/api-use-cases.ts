import type { ChosenAllocation } from '../contracts/allocation-body.ts';
import type { BlockBody } from '../contracts/block-body.ts';
import type { CasePage, CaseSort } from '../contracts/case-list.ts';
import type { CaseFacts } from '../contracts/case-view.ts';
import type { CreditNote } from '../contracts/credit-note-body.ts';
import type { CustomerStatement } from '../contracts/customer-statement-view.ts';
import type { CustomerFacts } from '../contracts/customer-view.ts';
import type { DisputeBody } from '../contracts/dispute-body.ts';
import type { DisputeResolutionBody } from '../contracts/dispute-resolution-body.ts';
import type { DueDateChange } from '../contracts/due-date-body.ts';
import type { Fault, Warning } from '../contracts/fault.ts';
import type { HandOver } from '../contracts/hand-over-body.ts';
import type { HistoryPage } from '../contracts/history-view.ts';
import type { InstalmentPlanBody } from '../contracts/instalment-plan-body.ts';
import type { MigrationPage, MigrationRequest } from '../contracts/policy-migration.ts';
import type { PolicyFacts, PolicyListItem } from '../contracts/policy-view.ts';
import type { PromiseBody } from '../contracts/promise-body.ts';
import type { SeenPayment } from '../contracts/seen-payment-body.ts';
import type { TaskOutcome } from '../contracts/task-outcome-body.ts';
import type { TaskPage } from '../contracts/task-view.ts';
import type { UnappliedCash, UnappliedCashPage } from '../contracts/unapplied-cash-view.ts';
import type { Customer } from '../domain/customer.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { Level } from '../domain/level.ts';
import type { Money } from '../domain/money.ts';
import type { Task, TaskKind } from '../domain/task.ts';

/**
 * Which slice of a list: at most `limit` items (1–200) after `cursor`, which is what the slice before answered, or null
 * for the first.
 */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** Which cases a list holds, and in which order. `standing` null: those that are open; the other nulls hold back nothing. */
interface CaseQuery {
  readonly standing: string | null;
  readonly level: Level | null;
  readonly customerId: string | null;
  readonly sort: CaseSort;
}

/** Which tasks a list holds; a null holds back nothing. */
interface TaskQuery {
  readonly kind: TaskKind | null;
  readonly owner: string | null;
  readonly state: Task['state'];
}

/**
 * What became of the outcome of a task: the task as it is now, or why it was not taken. `refused` is something in the body that does not suit this task; `conflict` is a
 * sentence about what is there now and does not allow it (the task is done, the case settled).
 */
export type OutcomeAnswer =
  | 'unknown-task'
  | { readonly refused: Fault }
  | { readonly conflict: string }
  | { readonly task: Task };

/** Something that is done to one case. */
export type CaseCommand<Fields = unknown> = Fields & {
  readonly invoiceId: string;
  readonly at: string;
  readonly actor: string;
};

/**
 * The case a command was carried out on, as it is now. `wasThere`: the same was told before, and nothing was done again. `unapplied` is what of the money the case did not owe;
 * it is kept for the customer.
 */
export interface CaseCommandDone {
  readonly case: CaseFacts;
  readonly wasThere: boolean;
  readonly unapplied?: Money;
}

/**
 * What became of a command to a case. `refused` is something in the body that does not suit this case; `conflict` is a sentence about what is there now and does not allow it
 * (the case is closed, the id was used for another amount), `notFound` one about what is not there of this case.
 */
export type CaseCommandAnswer =
  | 'unknown-case'
  | { readonly refused: Fault }
  | { readonly conflict: string }
  | { readonly notFound: string }
  | CaseCommandDone;

/** What became of an allocation by hand: `item` is what is left of the money, null when it is wholly applied. */
export type AllocationAnswer =
  | 'unknown-transaction'
  | { readonly refused: Fault }
  | { readonly conflict: string }
  | { readonly item: UnappliedCash | null };

/**
 * What the API asks of the application. `at` is the UTC instant the gateway took the request, `actor` who sent it: an id, for the history.
 *
 * Each may throw `Dunning.Unavailable` or `Dunning.Conflict`, which the caller is told to try again; anything else
 * thrown is a defect. `bad-cursor` says that a cursor was not one this list gave out, null that there is no such thing, and
 * `errors` point into the body of the request.
 */
export interface ApiUseCases {
  registerInvoice(command: {
    invoice: Invoice;
    customer: Customer | null;
    bodyHash: string;
    at: string;
  }): Promise<'registered' | 'unchanged' | 'different-body' | 'unknown-customer' | 'unknown-policy'>;
  replaceCustomer(command: { customer: Customer; at: string }): Promise<'created' | 'replaced' | 'unknown-policy'>;
  listCases(query: CaseQuery, page: PageRequest, at: string): Promise<CasePage | 'bad-cursor'>;
  viewCase(invoiceId: string, at: string): Promise<CaseFacts | null>;
  viewHistory(invoiceId: string, page: PageRequest): Promise<HistoryPage | 'bad-cursor' | null>;
  listUnappliedCash(page: PageRequest): Promise<UnappliedCashPage | 'bad-cursor'>;
  creditInvoice(command: CaseCommand<CreditNote>): Promise<CaseCommandAnswer>;
  moveDueDate(command: CaseCommand<DueDateChange>): Promise<CaseCommandAnswer>;
  cancelInvoice(command: CaseCommand<{ reason: string }>): Promise<CaseCommandAnswer>;
  recordPayment(command: CaseCommand<SeenPayment>): Promise<CaseCommandAnswer>;
  recordPromise(command: CaseCommand<PromiseBody>): Promise<CaseCommandAnswer>;
  agreeInstalmentPlan(command: CaseCommand<InstalmentPlanBody>): Promise<CaseCommandAnswer>;
  recordDispute(command: CaseCommand<DisputeBody>): Promise<CaseCommandAnswer>;
  resolveDispute(command: CaseCommand<DisputeResolutionBody & { disputeId: string }>): Promise<CaseCommandAnswer>;
  blockCase(command: CaseCommand<BlockBody>): Promise<CaseCommandAnswer>;
  unblockCase(command: CaseCommand): Promise<CaseCommandAnswer>;
  writeOff(command: CaseCommand<{ reason: string }>): Promise<CaseCommandAnswer>;
  handOver(command: CaseCommand<HandOver>): Promise<CaseCommandAnswer>;
  allocateCash(command: {
    transactionId: string;
    allocations: readonly ChosenAllocation[];
    at: string;
    actor: string;
  }): Promise<AllocationAnswer>;
  viewCustomer(customerId: string, at: string): Promise<CustomerFacts | null>;
  /** What the customer owes on the day of `at`. */
  viewStatement(customerId: string, at: string): Promise<CustomerStatement | null>;
  listTasks(query: TaskQuery, page: PageRequest): Promise<TaskPage | 'bad-cursor'>;
  viewTask(taskId: string): Promise<Task | null>;
  reportOutcome(command: { taskId: string; outcome: TaskOutcome; at: string; actor: string }): Promise<OutcomeAnswer>;
  listPolicies(): Promise<{ policies: readonly PolicyListItem[] }>;
  viewPolicy(name: string): Promise<PolicyFacts | null>;
  /** Stores `body` as the next version of a policy, whatever version it names; a `name` in it is that of the path. */
  savePolicy(command: {
    name: string;
    body: unknown;
    at: string;
    actor: string;
  }): Promise<{ version: number; warnings: readonly Warning[] } | { errors: readonly Fault[] }>;
  migratePolicy(
    command: MigrationRequest & { name: string; at: string; actor: string },
    page: PageRequest,
  ): Promise<MigrationPage | { errors: readonly Fault[] } | 'bad-cursor' | null>;
}
