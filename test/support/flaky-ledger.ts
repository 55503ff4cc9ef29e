import type { CaseChange } from '../../lib/app/ports.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';

/** A death around a write: which one from now (1 is the next), and on which side of it. */
export interface Crash {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/** A ledger in memory that can die around a write: before it, or after it and before anybody hears of it. */
export class FlakyLedger extends MemoryLedger {
  #crash: Crash | null = null;
  #writes = 0;

  /** Arranges the next death, or none. */
  crashAt(crash: Crash | null): void {
    this.#crash = crash;
    this.#writes = 0;
  }

  override async commit(change: CaseChange): Promise<'committed' | 'duplicate'> {
    return this.#around(() => super.commit(change));
  }

  override async keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    return this.#around(() => super.keepUnapplied(receipt));
  }

  async #around<Value>(write: () => Promise<Value>): Promise<Value> {
    this.#writes += 1;
    const when = this.#crash?.write === this.#writes ? this.#crash.when : null;
    if (when === 'before') throw new Error('the function died before it wrote');
    const written = await write();
    if (when === 'after') throw new Error('the function died after it wrote');
    return written;
  }
}
