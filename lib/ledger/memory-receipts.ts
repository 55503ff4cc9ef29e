import type { Page, ReceiptReplacement, Slice } from '../app/ports.ts';
import { ConflictError } from '../domain/errors.ts';
import { type CashReceipt, isSameMoney, isUnappliedCash, isWaitingReturn } from '../domain/payment.ts';
import { unappliedShard } from './keys.ts';
import { sliceOf } from './memory-lists.ts';
import { unappliedAttributes, unappliedListOf } from './unapplied-lists.ts';

const WHOLE_LIST = { limit: Number.POSITIVE_INFINITY, cursor: null };

/** The receipts of money in memory; what is given in and out is the caller's own copy. */
export class MemoryReceipts {
  readonly #receipts = new Map<string, CashReceipt>();

  /** The receipt of a bank transaction, or null. */
  load(transactionId: string): CashReceipt | null {
    return structuredClone(this.#receipts.get(transactionId) ?? null);
  }

  /** Keeps a receipt, over one that may be there. */
  set(receipt: CashReceipt): void {
    this.#receipts.set(receipt.transactionId, structuredClone(receipt));
  }

  /** The ids of the returns that wait for a bank transaction. */
  waitingFor(transactionId: string): string[] {
    const waiting = [...this.#receipts.values()].filter(isWaitingReturn);
    return waiting.filter((one) => one.returnsTransactionId === transactionId).map((one) => one.transactionId);
  }

  /** The id of the possible duplicate of a bank transaction, or null. */
  duplicateOf(transactionId: string): string | null {
    const duplicate = [...this.#receipts.values()].find(
      ({ possibleDuplicateOf }) => possibleDuplicateOf === transactionId,
    );
    return duplicate?.transactionId ?? null;
  }

  /** @throws ConflictError when the receipt to replace is not as it was read */
  refuseUnlessAsRead({ receipt, over }: ReceiptReplacement): void {
    const current = this.#receipts.get(receipt.transactionId);
    const isAsRead = current !== undefined && isSameMoney(current, over);
    if (!isAsRead) throw new ConflictError(`transaction ${receipt.transactionId} is not as it was read`);
  }

  /** A slice of the money that is not wholly applied, oldest booking first within each shard. */
  unapplied({ limit, cursor }: Page): Slice<{ receipts: CashReceipt[] }> {
    const start = Number(cursor ?? 0);
    if (!Number.isInteger(start)) return 'bad-cursor';
    const place = (receipt: CashReceipt) => `${unappliedShard(receipt.transactionId)} ${receipt.bookedOn}`;
    const unapplied = [...this.#receipts.values()]
      .filter(isUnappliedCash)
      .sort((one, other) => (place(one) < place(other) ? -1 : 1));
    const receipts = structuredClone(unapplied.slice(start, start + limit));
    return { receipts, cursor: start + limit < unapplied.length ? String(start + limit) : null };
  }

  /** The money of a customer that is not wholly applied, oldest booking first. */
  async unappliedOf(customerId: string): Promise<CashReceipt[]> {
    const source = { rows: this.#receipts.values(), attributesOf: unappliedAttributes };
    const slice = await sliceOf(unappliedListOf(customerId), WHOLE_LIST, source);
    return slice === 'bad-cursor' ? [] : slice.items;
  }
}
