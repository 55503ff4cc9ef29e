import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import type { CreditNote } from '../domain/credit-note.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { FiledInvoices, FilingKeys } from '../domain/matching.ts';
import type { RenderedEmail, RenderedLetter } from '../domain/notice.ts';
import type { CashReceipt, Payment } from '../domain/payment.ts';
import type { Policy } from '../domain/policy.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';

/** A claim to be written over the one that was read: `replaces` is null when there must be none yet, else its attempt and state. */
export interface ClaimWrite {
  readonly claim: StepClaim;
  readonly replaces: Pick<StepClaim, 'state' | 'attempt'> | null;
}

/**
 * What one atomic change does to one case: the snapshot over the version that was read (`expectedVersion` null: the case must not exist), its new history, its claims. `wakes`
 * says that a fact from outside raised `planRevision`, `startsCycle` that the next cycle begins: nothing of its execution is known yet. `replacedPayment` is one that is there already, of which money was taken back.
 */
export interface CaseWrite {
  readonly expectedVersion: number | null;
  readonly dunningCase: DunningCase;
  readonly entries: readonly HistoryEntry[];
  readonly wakes: boolean;
  readonly claims?: readonly ClaimWrite[];
  readonly startsCycle?: boolean;
  readonly payment?: Payment;
  readonly replacedPayment?: Payment;
  readonly creditNote?: CreditNote;
  readonly filing?: FilingKeys;
}

/** A customer to be found by what a payment tells of its payer; `key` is one of payer-keys.ts. Filed again, it changes nothing. */
export interface CustomerFiling {
  readonly key: string;
  readonly customerId: string;
}

/** A task to write over the version that was read; `expectedVersion` null when there must be none yet. */
export interface TaskWrite {
  readonly task: Task;
  readonly expectedVersion: number | null;
}

/** A customer to write over the version that was read; `expectedVersion` null when there must be none yet. */
export interface CustomerWrite {
  readonly record: CustomerRecord;
  readonly expectedVersion: number | null;
}

/**
 * A receipt to write over the one that was read, of whose money more is allocated or was taken back. What was left of it then, and what had been taken back, stand for its version: allocating only ever
 * lessens the one, and a return the one or raises the other.
 */
export interface ReceiptReplacement {
  readonly receipt: CashReceipt;
  readonly over: Pick<CashReceipt, 'unappliedMinor' | 'returnedMinor'>;
}

/**
 * One atomic change of the ledger: cases with their histories, and everything that belongs to the same fact. All or nothing. A transaction holds
 * {@link ACTIONS_PER_CHANGE_MAX} actions: see {@link CASES_PER_CHANGE_MAX}. `replacedReturn` is a return that had waited for the payment of `replacedReceipt`.
 */
export interface LedgerChange {
  readonly cases: readonly CaseWrite[];
  readonly receipt?: CashReceipt;
  readonly replacedReceipt?: ReceiptReplacement;
  readonly replacedReturn?: ReceiptReplacement;
  readonly tasks?: readonly TaskWrite[];
  readonly customer?: CustomerWrite;
  readonly filings?: readonly CustomerFiling[];
}

/** What one transaction of the ledger holds: every row that is written is one action (DynamoDB API reference, TransactWriteItems). */
export const ACTIONS_PER_CHANGE_MAX = 100;

/** Cases of which each adds two history entries and a claim and that fit in one change, beside a customer and a few tasks: 4 × 23 + 8 ≤ 100. */
export const CASES_PER_CHANGE_MAX = 23;

/** How open cases are listed: most urgent first, longest overdue first, or largest amount first. */
export type CaseSort = 'priority' | 'overdue' | 'amount';

/** A slice of a list: at most `limit` from `cursor` on (null: from the start; else what the slice before answered). */
export interface Page {
  readonly limit: number;
  readonly cursor: string | null;
}

/** A slice that was read, and the cursor of the next; or `bad-cursor` when the list never gave this cursor out. */
export type Slice<Fields> = (Fields & { readonly cursor: string | null }) | 'bad-cursor';

/** The ledger: what is true now, and what happened. Reads are strongly consistent unless they say otherwise. */
export interface Ledger {
  /** The case with its claims and payments, or null when the invoice is not registered. */
  loadCaseFile(invoiceId: string): Promise<CaseFile | null>;
  /** The customer, or null when unknown. */
  loadCustomer(customerId: string): Promise<CustomerRecord | null>;
  /** The receipt of a bank transaction, or null when it was never received. */
  loadReceipt(transactionId: string): Promise<CashReceipt | null>;
  /** The ids of the returns that wait for a bank transaction, or for more of it, and maybe of some that do no more. */
  listReturnIds(transactionId: string): Promise<string[]>;
  /** The credit note of an invoice, or null when it has none of this id. */
  loadCreditNote(invoiceId: string, creditNoteId: string): Promise<CreditNote | null>;
  /** The invoices filed under any of these keys. */
  findFiledInvoices(keys: readonly string[]): Promise<FiledInvoices[]>;
  /** The customers filed under a key, at most so many of them. */
  findFiledCustomers(key: string, customersMax: number): Promise<string[]>;
  /** The id of the transaction that was kept as the possible duplicate of this one; null when there is none. */
  loadDuplicateId(transactionId: string): Promise<string | null>;
  /** The ids of the receipts with a fingerprint, at most so many of them. */
  findReceiptsLike(fingerprint: string, receiptsMax: number): Promise<string[]>;
  /** The last day of which the bank's statements told all that was booked; null before the first statement. */
  loadBankDataOn(): Promise<string | null>;
  /** The task, or null when there is none of this id. */
  loadTask(taskId: string): Promise<Task | null>;
  /** The stored version of a policy, or null; shipped ones are not in the ledger. */
  loadPolicy(name: string, version: number): Promise<Policy | null>;
  /**
   * Writes one change.
   *
   * @returns `duplicate` when the receipt, a payment or a credit note is already there: nothing was written, and nothing needs to be
   * @throws ConflictError when a case, the customer, a task, a claim or a receipt to replace is no longer what was read
   */
  commit(change: LedgerChange): Promise<'committed' | 'duplicate'>;
  /** Keeps the day through which the bank has told; an earlier one than is known changes nothing. */
  keepBankDataOn(on: string): Promise<void>;
  /** Keeps money that is applied to no invoice; `duplicate` when its receipt is already there. Throws ConflictError when another one is the possible duplicate of the same transaction. */
  keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'>;
  /** Stores a new version of a policy; throws ConflictError when that version is there already. */
  savePolicy(policy: Policy, at: string): Promise<void>;
  /** The newest stored version of every policy that was ever stored, by name. */
  listPolicies(): Promise<Policy[]>;
  /** Every stored version of one policy, newest first. */
  listPolicyVersions(name: string): Promise<Policy[]>;
  /** A slice of the history, oldest first; empty when there is no such case. */
  loadHistory(invoiceId: string, page: Page): Promise<Slice<{ entries: HistoryEntry[] }>>;
  /** A slice of the money received that is not (wholly) applied, oldest booking first within each shard of the index; eventually consistent. */
  listUnappliedCash(page: Page): Promise<Slice<{ receipts: CashReceipt[] }>>;
  /** The money of a customer, or that may be for their invoices, that is not (wholly) applied, oldest booking first; eventually consistent in what is on the list, consistent in what each receipt says. */
  listUnappliedOf(customerId: string): Promise<CashReceipt[]>;
  /** The ids of the open cases of a customer, earliest due date first; eventually consistent. */
  listOpenCaseIds(customerId: string): Promise<string[]>;
  /** A slice of the cases that are open (or not), in this order; eventually consistent in who is on the list, consistent in what each case says. */
  listCases(
    query: { isOpen: boolean; sort: CaseSort; customerId?: string },
    page: Page,
  ): Promise<Slice<{ cases: DunningCase[] }>>;
  /** A slice of the tasks in a state, earliest due date first; eventually consistent. */
  listTasks(query: { state: Task['state'] }, page: Page): Promise<Slice<{ tasks: Task[] }>>;
}

/** What of the ledger a change of cases is worked out on. */
export type CaseLedger = Pick<Ledger, 'loadCaseFile' | 'loadCustomer' | 'loadTask' | 'commit'>;

/** The tags a message leaves with; they let the provider's events find the claim again. `level` is null of a confirmation. */
export interface MessageTags {
  readonly invoiceId: string;
  readonly stepId: string;
  readonly cycle: string;
  readonly level: string | null;
}

/** An email ready to leave. `invoiceIds` are all the invoices it speaks of. */
export interface OutgoingEmail extends RenderedEmail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly tags: MessageTags;
  readonly invoiceIds: readonly string[];
}

/** A text message ready to leave; `to` is E.164. */
export interface OutgoingSms {
  readonly to: string;
  readonly text: string;
  readonly tags: MessageTags;
  readonly invoiceIds: readonly string[];
}

/** A letter to keep until somebody posts it. `letterId` names it for ever; storing it again under the same id replaces it. */
export interface OutgoingLetter extends RenderedLetter {
  readonly letterId: string;
  readonly channel: 'letter' | 'registered-letter';
  readonly to: readonly string[];
  readonly tags: MessageTags;
  readonly invoiceIds: readonly string[];
}

/**
 * What a provider answered to one attempt. Never retried by the sender itself.
 *
 * - `sent`: taken, with its message id.
 * - `assigned`: a person has to do it: the fields of the task that asks them.
 * - `not-now`: throttled, paused or not configured; nothing left, and a later attempt may succeed.
 * - `refused`: this message will never be taken (address, content, identity); nothing left.
 * - `unknown`: no answer, or a fault of the provider's own; it may have left.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'assigned'; readonly work: AssignedWork }
  | { readonly kind: 'not-now' | 'refused' | 'unknown'; readonly detail: string };

/** The work a step asks of a person. */
export type AssignedWork = Pick<Task, 'kind' | 'title' | 'reason' | 'dueOn'> &
  Partial<Pick<Task, 'script' | 'contact' | 'attempt' | 'channel' | 'documentKey'>>;

/** Sends one email, once. */
export type SendEmail = (email: OutgoingEmail) => Promise<SendOutcome>;

/** Sends one text message, once. */
export type SendSms = (sms: OutgoingSms) => Promise<SendOutcome>;

/** Keeps one letter where the person who posts it finds it; answers the key of its PDF. */
export type StoreLetter = (letter: OutgoingLetter) => Promise<{ readonly documentKey: string }>;
