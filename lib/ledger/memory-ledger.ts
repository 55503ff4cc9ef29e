import type { CaseChange, ClaimWrite, Ledger, Page, Slice } from '../app/ports.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { ConflictError } from '../domain/errors.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import { type CashReceipt, isUnappliedCash, type Payment } from '../domain/payment.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';
import { claimKey, isHistoryCursor, unappliedShard } from './keys.ts';

/** The ledger in memory, for properties over many histories. It passes the same contract suite as the one on DynamoDB. */
export class MemoryLedger implements Ledger {
  readonly #cases = new Map<string, DunningCase>();
  readonly #claims = new Map<string, StepClaim>();
  readonly #history = new Map<string, HistoryEntry[]>();
  readonly #payments = new Map<string, Payment>();
  readonly #receipts = new Map<string, CashReceipt>();
  readonly #tasks = new Map<string, Task>();
  readonly #customers = new Map<string, CustomerRecord>();
  readonly #filed = new Map<string, { byReference: string[]; byNumber: string[] }>();

  async loadCaseFile(invoiceId: string): Promise<CaseFile | null> {
    const dunningCase = this.#cases.get(invoiceId);
    if (!dunningCase) return null;
    const claims = [...this.#claims.values()].filter((claim) => claim.invoiceId === invoiceId);
    return structuredClone({ dunningCase, claims });
  }

  async loadCustomer(customerId: string): Promise<CustomerRecord | null> {
    return structuredClone(this.#customers.get(customerId) ?? null);
  }

  async loadReceipt(transactionId: string): Promise<CashReceipt | null> {
    return structuredClone(this.#receipts.get(transactionId) ?? null);
  }

  async findFiledInvoices(keys: readonly string[]): Promise<FiledInvoices[]> {
    return keys.flatMap((key) => {
      const filed = this.#filed.get(key);
      return filed ? [structuredClone({ key, ...filed })] : [];
    });
  }

  async commit(change: CaseChange): Promise<'committed' | 'duplicate'> {
    const { invoiceId } = change.dunningCase.invoice;
    const isReplay =
      (change.receipt && this.#receipts.has(change.receipt.transactionId)) ||
      (change.payment && this.#payments.has(paymentId(change.payment)));
    if (isReplay) return 'duplicate';
    this.#refuseUnlessCurrent(change);
    this.#cases.set(invoiceId, structuredClone(change.dunningCase));
    this.#history.set(invoiceId, [...(this.#history.get(invoiceId) ?? []), ...structuredClone([...change.entries])]);
    for (const { claim } of change.claims ?? []) this.#claims.set(claimId(claim), structuredClone(claim));
    for (const task of change.tasks ?? []) this.#tasks.set(task.taskId, structuredClone(task));
    for (const taskId of change.closedTaskIds ?? []) this.#closeTask(taskId);
    if (change.payment) this.#payments.set(paymentId(change.payment), structuredClone(change.payment));
    if (change.receipt) this.#receipts.set(change.receipt.transactionId, structuredClone(change.receipt));
    if (change.customer) this.#setCustomer(change.customer.record);
    this.#file(change);
    return 'committed';
  }

  async keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    if (this.#receipts.has(receipt.transactionId)) return 'duplicate';
    this.#receipts.set(receipt.transactionId, structuredClone(receipt));
    return 'committed';
  }

  async saveCustomer(record: CustomerRecord, expectedVersion: number | null): Promise<void> {
    this.#refuseUnlessCustomerIs(record.customer.customerId, expectedVersion);
    this.#setCustomer(record);
  }

  async loadHistory(invoiceId: string, { limit, cursor }: Page): Promise<Slice<{ entries: HistoryEntry[] }>> {
    if (cursor !== null && !isHistoryCursor(cursor)) return 'bad-cursor';
    const after = Number(cursor ?? 0);
    const rest = (this.#history.get(invoiceId) ?? []).filter((entry) => entry.seq > after);
    const entries = structuredClone(rest.slice(0, limit));
    return { entries, cursor: rest.length > limit ? String(entries.at(-1)?.seq) : null };
  }

  async listUnappliedCash({ limit, cursor }: Page): Promise<Slice<{ receipts: CashReceipt[] }>> {
    const start = Number(cursor ?? 0);
    if (!Number.isInteger(start)) return 'bad-cursor';
    const place = (receipt: CashReceipt) => `${unappliedShard(receipt.transactionId)} ${receipt.bookedOn}`;
    const unapplied = [...this.#receipts.values()]
      .filter(isUnappliedCash)
      .sort((one, other) => (place(one) < place(other) ? -1 : 1));
    const receipts = structuredClone(unapplied.slice(start, start + limit));
    return { receipts, cursor: start + limit < unapplied.length ? String(start + limit) : null };
  }

  #refuseUnlessCurrent(change: CaseChange): void {
    const { invoiceId } = change.dunningCase.invoice;
    const version = this.#cases.get(invoiceId)?.version ?? null;
    if (version !== change.expectedVersion) throw new ConflictError(`case ${invoiceId} is at version ${version}`);
    const entriesBefore = this.#history.get(invoiceId)?.length ?? 0;
    if (change.entries.some((entry, index) => entry.seq !== entriesBefore + index + 1)) {
      throw new ConflictError(`history of ${invoiceId} holds ${entriesBefore} entries`);
    }
    for (const write of change.claims ?? []) this.#refuseUnlessReplaceable(write);
    const missing = change.closedTaskIds?.find((taskId) => !this.#tasks.has(taskId));
    if (missing) throw new ConflictError(`there is no task ${missing}`);
    const known = change.tasks?.find((task) => this.#tasks.has(task.taskId));
    if (known) throw new ConflictError(`task ${known.taskId} is there already`);
    if (change.customer) {
      this.#refuseUnlessCustomerIs(change.customer.record.customer.customerId, change.customer.expectedVersion);
    }
  }

  #refuseUnlessReplaceable({ claim, replaces }: ClaimWrite): void {
    const current = this.#claims.get(claimId(claim));
    const isReplaceable = replaces
      ? current?.state === replaces.state && current.attempt === replaces.attempt
      : current === undefined;
    if (!isReplaceable) throw new ConflictError(`step ${claim.stepId} is ${current?.state ?? 'unclaimed'}`);
  }

  #refuseUnlessCustomerIs(customerId: string, expectedVersion: number | null): void {
    const version = this.#customers.get(customerId)?.version ?? null;
    if (version !== expectedVersion) throw new ConflictError(`customer ${customerId} is at version ${version}`);
  }

  #closeTask(taskId: string): void {
    const task = this.#tasks.get(taskId);
    if (task) this.#tasks.set(taskId, { ...task, state: 'done' });
  }

  #setCustomer(record: CustomerRecord): void {
    this.#customers.set(record.customer.customerId, structuredClone(record));
  }

  #file({ filing, dunningCase }: CaseChange): void {
    const add = (key: string | null | undefined, attribute: 'byReference' | 'byNumber') => {
      if (!key) return;
      const filed = this.#filed.get(key) ?? { byReference: [], byNumber: [] };
      filed[attribute] = [...new Set([...filed[attribute], dunningCase.invoice.invoiceId])];
      this.#filed.set(key, filed);
    };
    add(filing?.paymentReference, 'byReference');
    add(filing?.invoiceNumber, 'byNumber');
  }
}

function claimId(claim: StepClaim): string {
  const { pk, sk } = claimKey(claim);
  return `${pk}/${sk}`;
}

function paymentId({ invoiceId, transactionId }: Payment): string {
  return `${invoiceId}/${transactionId}`;
}
