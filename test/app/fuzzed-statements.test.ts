import { describe, expect, it } from 'vitest';
import { importStatement } from '../../lib/app/import-statement.ts';
import type { LedgerChange } from '../../lib/app/ports.ts';
import { parseStatement } from '../../lib/contracts/statements/parse-statement.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { mutated, seededRandom } from '../contracts/statements/mutate.ts';
import { fixtureBytes, statementFile } from '../contracts/statements/statement-files.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const SEED = 20_261_125;

const RUNS = 150;

/** A ledger that counts what is written to it. */
class CountingLedger extends MemoryLedger {
  writes = 0;

  override commit(change: LedgerChange): Promise<'committed' | 'duplicate'> {
    this.writes += 1;
    return super.commit(change);
  }

  override keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    this.writes += 1;
    return super.keepUnapplied(receipt);
  }

  override keepBankDataOn(on: string): Promise<void> {
    this.writes += 1;
    return super.keepBankDataOn(on);
  }
}

const FIXTURES = [
  ...['camt053-v02.xml', 'camt053-v08.xml', 'camt053-v13.xml', 'camt054.xml'],
  ...['german.mt940', 'plain.mt940', 'french.csv', 'comma.csv'],
];

describe(`a statement with random faults, seed ${SEED},`, () => {
  it.each(FIXTURES)(`made of %s is booked whole or not at all, ${RUNS} times`, async (name) => {
    const ledger = new CountingLedger();
    const desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    const [random, original] = [seededRandom(SEED), fixtureBytes(name)];
    const outcomes = { taken: 0, refused: 0 };
    for (let run = 0; run < RUNS; run += 1) {
      const file = statementFile(name, run === 0 ? original : mutated(original, random));
      const parsed = parseStatement(file);
      const before = ledger.writes;
      const answer = await importStatement(desk.planning, { file, at: '2026-11-25T08:00:00Z' });
      if ('fault' in answer) {
        expect(ledger.writes, `run ${run} wrote`).toBe(before);
        expect(answer.fault, `run ${run} says no place`).toMatchObject({ line: expect.any(Number) });
        outcomes.refused += 1;
        continue;
      }
      outcomes.taken += 1;
      const told = parsed.ok ? parsed.entries.map(({ transactionId }) => transactionId) : [];
      expect(answer.entries.map(({ transactionId }) => transactionId)).toEqual(told);
      const receipts = await Promise.all(told.map((id) => ledger.loadReceipt(id)));
      expect(
        receipts.every((receipt) => receipt !== null),
        `run ${run} left something out`,
      ).toBe(true);
    }
    expect(outcomes.taken).toBeGreaterThan(3);
    expect(outcomes.refused).toBeGreaterThan(3);
  });
});
