import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { FiledInvoices, FilingKeys } from '../domain/matching.ts';
import type { RenderedEmail } from '../domain/notice.ts';
import type { CashReceipt, Payment } from '../domain/payment.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';

/** A claim to be written over the one that was read: `replaces` is null when there must be none yet, else its attempt and state. */
export interface ClaimWrite {
  readonly claim: StepClaim;
  readonly replaces: Pick<StepClaim, 'state' | 'attempt'> | null;
}

/**
 * One atomic change of the ledger: the snapshot, its history, and everything that belongs to the same fact. All or nothing.
 *
 * `expectedVersion` is the version of the case that was read (null: the case must not exist); `wakes` says that a fact from outside raised `planRevision`.
 */
export interface CaseChange {
  readonly expectedVersion: number | null;
  readonly dunningCase: DunningCase;
  readonly entries: readonly HistoryEntry[];
  readonly wakes: boolean;
  readonly claims?: readonly ClaimWrite[];
  readonly payment?: Payment;
  readonly receipt?: CashReceipt;
  readonly tasks?: readonly Task[];
  /** Tasks that have become needless; each must be there. */
  readonly closedTaskIds?: readonly string[];
  readonly filing?: FilingKeys;
  /** The customer to write with it; `expectedVersion` null when there must be none yet. */
  readonly customer?: { readonly record: CustomerRecord; readonly expectedVersion: number | null };
}

/** A slice of a list: at most `limit` from `cursor` on (null: from the start; else what the slice before answered). */
export interface Page {
  readonly limit: number;
  readonly cursor: string | null;
}

/** A slice that was read, and the cursor of the next; or `bad-cursor` when the list never gave this cursor out. */
export type Slice<Fields> = (Fields & { readonly cursor: string | null }) | 'bad-cursor';

/** The ledger: what is true now, and what happened. Reads are strongly consistent unless they say otherwise. */
export interface Ledger {
  /** The case with its claims, or null when the invoice is not registered. */
  loadCaseFile(invoiceId: string): Promise<CaseFile | null>;
  /** The customer, or null when unknown. */
  loadCustomer(customerId: string): Promise<CustomerRecord | null>;
  /** The receipt of a bank transaction, or null when it was never received. */
  loadReceipt(transactionId: string): Promise<CashReceipt | null>;
  /** The invoices filed under any of these keys. */
  findFiledInvoices(keys: readonly string[]): Promise<FiledInvoices[]>;
  /**
   * Writes one change.
   *
   * @returns `duplicate` when the receipt of this transaction is already there: nothing was written, and nothing needs to be
   * @throws ConflictError when the case, the customer or a claim is no longer what was read
   */
  commit(change: CaseChange): Promise<'committed' | 'duplicate'>;
  /** Keeps money that is applied to no invoice; `duplicate` when its receipt is already there. */
  keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'>;
  /** Writes a customer; throws ConflictError when it is not at the expected version any more. */
  saveCustomer(record: CustomerRecord, expectedVersion: number | null): Promise<void>;
  /** A slice of the history, oldest first; empty when there is no such case. */
  loadHistory(invoiceId: string, page: Page): Promise<Slice<{ entries: HistoryEntry[] }>>;
  /** A slice of the money received that is not (wholly) applied, oldest booking first within each shard of the index; eventually consistent. */
  listUnappliedCash(page: Page): Promise<Slice<{ receipts: CashReceipt[] }>>;
}

/** An email ready to leave. The tags let the provider's events find the step again. */
export interface OutgoingEmail extends RenderedEmail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly tags: {
    readonly invoiceId: string;
    readonly stepId: string;
    readonly level: string;
    readonly cycle: string;
  };
}

/** A text message ready to leave; `to` is E.164. */
export interface OutgoingSms {
  readonly to: string;
  readonly text: string;
  readonly tags: { readonly invoiceId: string; readonly stepId: string; readonly level: string };
}

/**
 * What a provider answered to one attempt. Never retried by the sender itself.
 *
 * - `sent`: taken, with its message id.
 * - `not-now`: throttled, paused or not configured; nothing left, and a later attempt may succeed.
 * - `refused`: this message will never be taken (address, content, identity); nothing left.
 * - `unknown`: no answer, or a fault of the provider's own; it may have left.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'not-now' | 'refused' | 'unknown'; readonly detail: string };

/** Sends one email, once. */
export type SendEmail = (email: OutgoingEmail) => Promise<SendOutcome>;

/** Sends one text message, once. */
export type SendSms = (sms: OutgoingSms) => Promise<SendOutcome>;
