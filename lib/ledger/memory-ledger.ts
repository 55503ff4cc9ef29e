import type { CaseWrite, ClaimWrite, Ledger, LedgerChange, Page, Slice } from '../app/ports.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import type { CreditNote } from '../domain/credit-note.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { ConflictError } from '../domain/errors.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import type { CashReceipt, Payment } from '../domain/payment.ts';
import type { Policy } from '../domain/policy.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';
import { type CaseQuery, caseList, caseListAttributes } from './case-lists.ts';
import { changeTransaction } from './change-transaction.ts';
import { claimKey, isHistoryCursor } from './keys.ts';
import { MemoryFiling } from './memory-filing.ts';
import { sliceOf } from './memory-lists.ts';
import { MemoryPolicies } from './memory-policies.ts';
import { MemoryReceipts } from './memory-receipts.ts';
import { taskList, taskListAttributes } from './task-lists.ts';

/** Names for the transaction that is built to see that it can be: nothing is written under them. */
const TABLES = { ledgerTable: 'Ledger', historyTable: 'History' };

const WHOLE_LIST = { limit: Number.POSITIVE_INFINITY, cursor: null };

/**
 * The ledger in memory, for properties over many histories. It passes the same contract suite as the one on DynamoDB.
 */
export class MemoryLedger implements Ledger {
  readonly #cases = new Map<string, DunningCase>();
  readonly #claims = new Map<string, Map<string, StepClaim>>();
  readonly #history = new Map<string, HistoryEntry[]>();
  readonly #payments = new Map<string, Map<string, Payment>>();
  readonly #creditNotes = new Map<string, CreditNote>();
  readonly #receipts = new MemoryReceipts();
  readonly #tasks = new Map<string, Task>();
  readonly #customers = new Map<string, CustomerRecord>();
  readonly #policies = new MemoryPolicies();
  readonly #filing = new MemoryFiling();
  #bankDataOn: string | null = null;

  async loadCaseFile(invoiceId: string): Promise<CaseFile | null> {
    const dunningCase = this.#cases.get(invoiceId);
    if (!dunningCase) return null;
    const claims = [...(this.#claims.get(invoiceId)?.values() ?? [])];
    const payments = [...(this.#payments.get(invoiceId)?.values() ?? [])];
    return structuredClone({ dunningCase, claims, payments });
  }

  async loadCustomer(customerId: string): Promise<CustomerRecord | null> {
    return structuredClone(this.#customers.get(customerId) ?? null);
  }

  async loadReceipt(transactionId: string): Promise<CashReceipt | null> {
    return this.#receipts.load(transactionId);
  }

  async listReturnIds(transactionId: string): Promise<string[]> {
    return this.#receipts.waitingFor(transactionId);
  }

  async loadDuplicateId(transactionId: string): Promise<string | null> {
    return this.#receipts.duplicateOf(transactionId);
  }

  async loadCreditNote(invoiceId: string, creditNoteId: string): Promise<CreditNote | null> {
    return structuredClone(this.#creditNotes.get(`${invoiceId}/${creditNoteId}`) ?? null);
  }

  async findFiledInvoices(keys: readonly string[]): Promise<FiledInvoices[]> {
    return this.#filing.invoicesUnder(keys);
  }

  async findFiledCustomers(key: string, customersMax: number): Promise<string[]> {
    return this.#filing.customersUnder(key).slice(0, customersMax);
  }

  async findReceiptsLike(fingerprint: string, receiptsMax: number): Promise<string[]> {
    return this.#filing.receiptsLike(fingerprint).slice(0, receiptsMax);
  }

  async loadBankDataOn(): Promise<string | null> {
    return this.#bankDataOn;
  }

  async keepBankDataOn(on: string): Promise<void> {
    if (this.#bankDataOn === null || this.#bankDataOn < on) this.#bankDataOn = on;
  }

  async loadTask(taskId: string): Promise<Task | null> {
    return structuredClone(this.#tasks.get(taskId) ?? null);
  }

  async loadPolicy(name: string, version: number): Promise<Policy | null> {
    return this.#policies.load(name, version);
  }

  async commit(change: LedgerChange): Promise<'committed' | 'duplicate'> {
    changeTransaction(TABLES, change);
    const isReplay =
      (change.receipt && this.#receipts.load(change.receipt.transactionId)) ||
      change.cases.some((write) => this.#isKnown(write));
    if (isReplay) return 'duplicate';
    this.#refuseUnlessCurrent(change);
    for (const write of change.cases) this.#setCase(write);
    for (const { task } of change.tasks ?? []) this.#tasks.set(task.taskId, structuredClone(task));
    for (const receipt of [change.receipt, change.replacedReceipt?.receipt, change.replacedReturn?.receipt]) {
      if (receipt) this.#receipts.set(receipt);
    }
    for (const receipt of [change.receipt, change.replacedReturn?.receipt])
      if (receipt) this.#filing.addReceipt(receipt);
    for (const filing of change.filings ?? []) this.#filing.addCustomer(filing);
    if (change.customer) {
      const { record } = change.customer;
      this.#customers.set(record.customer.customerId, structuredClone(record));
    }
    return 'committed';
  }

  async keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    if (this.#receipts.load(receipt.transactionId)) return 'duplicate';
    const { possibleDuplicateOf } = receipt;
    const known = possibleDuplicateOf && this.#receipts.duplicateOf(possibleDuplicateOf);
    if (known) throw new ConflictError(`${known} is the duplicate of ${possibleDuplicateOf}`);
    this.#receipts.set(receipt);
    this.#filing.addReceipt(receipt);
    return 'committed';
  }

  async savePolicy(policy: Policy): Promise<void> {
    this.#policies.save(policy);
  }

  async listPolicies(): Promise<Policy[]> {
    return this.#policies.newest();
  }

  async listPolicyVersions(name: string): Promise<Policy[]> {
    return this.#policies.versions(name);
  }

  async loadHistory(invoiceId: string, { limit, cursor }: Page): Promise<Slice<{ entries: HistoryEntry[] }>> {
    if (cursor !== null && !isHistoryCursor(cursor)) return 'bad-cursor';
    const after = Number(cursor ?? 0);
    const rest = (this.#history.get(invoiceId) ?? []).filter((entry) => entry.seq > after);
    const entries = structuredClone(rest.slice(0, limit));
    return { entries, cursor: rest.length > limit ? String(entries.at(-1)?.seq) : null };
  }

  async listUnappliedCash(page: Page): Promise<Slice<{ receipts: CashReceipt[] }>> {
    return this.#receipts.unapplied(page);
  }

  listUnappliedOf(customerId: string): Promise<CashReceipt[]> {
    return this.#receipts.unappliedOf(customerId);
  }

  async listOpenCaseIds(customerId: string): Promise<string[]> {
    const query = { isOpen: true, sort: 'overdue', customerId } as const;
    const slice = await this.listCases(query, WHOLE_LIST);
    return slice === 'bad-cursor' ? [] : slice.cases.map(({ invoice }) => invoice.invoiceId);
  }

  async listCases(query: CaseQuery, page: Page): Promise<Slice<{ cases: DunningCase[] }>> {
    const slice = await sliceOf(caseList(query), page, {
      rows: this.#cases.values(),
      attributesOf: caseListAttributes,
    });
    return slice === 'bad-cursor' ? slice : { cases: slice.items, cursor: slice.cursor };
  }

  async listTasks({ state }: { state: Task['state'] }, page: Page): Promise<Slice<{ tasks: Task[] }>> {
    const slice = await sliceOf(taskList(state), page, {
      rows: this.#tasks.values(),
      attributesOf: taskListAttributes,
    });
    return slice === 'bad-cursor' ? slice : { tasks: slice.items, cursor: slice.cursor };
  }

  #isKnown({ payment, creditNote }: CaseWrite): boolean {
    const isPaid = payment && this.#payments.get(payment.invoiceId)?.has(payment.transactionId);
    return (
      isPaid || (creditNote && this.#creditNotes.has(`${creditNote.invoiceId}/${creditNote.creditNoteId}`)) || false
    );
  }

  #refuseUnlessCurrent(change: LedgerChange): void {
    const { cases, tasks = [], customer } = change;
    for (const write of cases) {
      const { invoiceId } = write.dunningCase.invoice;
      refuseUnless(`case ${invoiceId}`, this.#cases.get(invoiceId), write.expectedVersion);
      const entriesBefore = this.#history.get(invoiceId)?.length ?? 0;
      if (write.entries.some((entry, index) => entry.seq !== entriesBefore + index + 1)) {
        throw new ConflictError(`history of ${invoiceId} holds ${entriesBefore} entries`);
      }
      for (const claim of write.claims ?? []) this.#refuseUnlessReplaceable(claim);
      const replaced = write.replacedPayment?.transactionId;
      if (replaced !== undefined && !this.#payments.get(invoiceId)?.has(replaced)) {
        throw new ConflictError(`invoice ${invoiceId} has no payment ${replaced}`);
      }
    }
    for (const { task, expectedVersion } of tasks) {
      refuseUnless(`task ${task.taskId}`, this.#tasks.get(task.taskId), expectedVersion);
    }
    for (const replaced of [change.replacedReceipt, change.replacedReturn]) {
      if (replaced) this.#receipts.refuseUnlessAsRead(replaced);
    }
    if (customer) {
      const { customerId } = customer.record.customer;
      refuseUnless(`customer ${customerId}`, this.#customers.get(customerId), customer.expectedVersion);
    }
  }

  #refuseUnlessReplaceable({ claim, replaces }: ClaimWrite): void {
    const current = this.#claims.get(claim.invoiceId)?.get(claimKey(claim).sk);
    const isReplaceable = replaces
      ? current?.state === replaces.state && current.attempt === replaces.attempt
      : current === undefined;
    if (!isReplaceable) throw new ConflictError(`step ${claim.stepId} is ${current?.state ?? 'unclaimed'}`);
  }

  #setCase(write: CaseWrite): void {
    const { dunningCase, entries, claims = [], payment: booked, replacedPayment, creditNote } = structuredClone(write);
    const payment = booked ?? replacedPayment;
    const { invoiceId } = dunningCase.invoice;
    this.#cases.set(invoiceId, dunningCase);
    this.#history.set(invoiceId, [...(this.#history.get(invoiceId) ?? []), ...entries]);
    for (const { claim } of claims) {
      const ofInvoice = this.#claims.get(claim.invoiceId) ?? new Map<string, StepClaim>();
      this.#claims.set(claim.invoiceId, ofInvoice.set(claimKey(claim).sk, claim));
    }
    if (payment) {
      const ofInvoice = this.#payments.get(invoiceId) ?? new Map<string, Payment>();
      this.#payments.set(invoiceId, ofInvoice.set(payment.transactionId, payment));
    }
    if (creditNote) this.#creditNotes.set(`${invoiceId}/${creditNote.creditNoteId}`, creditNote);
    this.#filing.addInvoice(write);
  }
}

function refuseUnless(subject: string, current: { version: number } | undefined, expectedVersion: number | null): void {
  const version = current?.version ?? null;
  if (version !== expectedVersion) throw new ConflictError(`${subject} is at version ${version}`);
}
