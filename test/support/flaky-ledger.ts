import type { LedgerChange } from '../../lib/app/ports.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import type { Policy } from '../../lib/domain/policy.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';

/** A death around a write: which one from now (1 is the next), and on which side of it. */
export interface Crash {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/** A fact that somebody else writes right before a write: which one from now (1 is the next). */
interface Intrusion {
  readonly write: number;
  readonly fact: () => Promise<unknown>;
}

/** A ledger in memory that can die around a write: before it, or after it and before anybody hears of it. And others may write right before. */
export class FlakyLedger extends MemoryLedger {
  #crash: Crash | null = null;
  #intrusion: Intrusion | null = null;
  #writes = 0;

  /** Arranges the next death, or none. */
  crashAt(crash: Crash | null): void {
    this.#crash = crash;
    this.#writes = 0;
  }

  /** Arranges what others write before one of the next writes. */
  cutInBefore(write: number, fact: () => Promise<unknown>): void {
    this.#intrusion = { write, fact };
    this.#writes = 0;
  }

  override async commit(change: LedgerChange): Promise<'committed' | 'duplicate'> {
    return this.#around(() => super.commit(change));
  }

  override async keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    return this.#around(() => super.keepUnapplied(receipt));
  }

  override async savePolicy(policy: Policy): Promise<void> {
    return this.#around(() => super.savePolicy(policy));
  }

  async #around<Value>(write: () => Promise<Value>): Promise<Value> {
    this.#writes += 1;
    if (this.#intrusion?.write === this.#writes) {
      const { fact } = this.#intrusion;
      this.#intrusion = null;
      await fact();
    }
    const when = this.#crash?.write === this.#writes ? this.#crash.when : null;
    if (when === 'before') throw new Error('the function died before it wrote');
    const written = await write();
    if (when === 'after') throw new Error('the function died after it wrote');
    return written;
  }
}
