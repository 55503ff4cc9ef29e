import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordDelivery } from '../../lib/app/record-delivery.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk, type ProviderTurn } from '../support/desk.ts';
import { type Crash, FlakyLedger } from '../support/flaky-ledger.ts';

const STEP_IDS = standardPolicy.steps.map(({ stepId }) => stepId);
const START = Date.parse('2026-01-20T07:30:00Z');

/** What an unreliable world may do next. Minutes pass between operations. */
type Operation =
  | {
      readonly do: 'send';
      readonly stepId: string;
      readonly isPlanned: boolean;
      readonly staleness: number;
      readonly crash: Crash | null;
      readonly turn: ProviderTurn;
    }
  | { readonly do: 'pay'; readonly transaction: number; readonly amountMinor: number; readonly crash: Crash | null }
  | { readonly do: 'report'; readonly stepId: string; readonly event: 'send' | 'delivery' | 'bounce' };

const crash = fc.option(
  fc.record({ write: fc.constantFrom(1, 2), when: fc.constantFrom('before' as const, 'after' as const) }),
  { freq: 2 },
);
const turn: fc.Arbitrary<ProviderTurn> = fc.constantFrom<ProviderTurn>(
  { outcome: 'sent', leaves: true },
  { outcome: 'not-now', leaves: false },
  { outcome: 'refused', leaves: false },
  { outcome: 'not-now', leaves: false },
  { outcome: 'unknown', leaves: true },
  { outcome: 'unknown', leaves: false },
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    stepId: fc.constantFrom(...STEP_IDS),
    isPlanned: fc.constantFrom(true, true, true, false),
    staleness: fc.constantFrom(0, 0, 0, 1),
    crash,
    turn,
  }) as fc.Arbitrary<Operation>,
  fc.record({
    do: fc.constant('pay' as const),
    transaction: fc.integer({ min: 1, max: 6 }),
    amountMinor: fc.integer({ min: 1, max: 90_000 }),
    crash,
  }) as fc.Arbitrary<Operation>,
  fc.record({
    do: fc.constant('report' as const),
    stepId: fc.constantFrom(...STEP_IDS),
    event: fc.constantFrom('send', 'delivery', 'bounce'),
  }) as fc.Arbitrary<Operation>,
);
const story = fc.array(fc.tuple(operation, fc.integer({ min: 0, max: 20 })), { minLength: 1, maxLength: 25 });

/** Lets the operations happen one after the other; faults are what they are in production: an exception, and somebody tries again or does not. */
async function happen(
  operations: readonly (readonly [Operation, number])[],
): Promise<{ desk: Desk; amounts: Map<string, number> }> {
  const ledger = new FlakyLedger();
  const desk = new Desk(ledger);
  await desk.register();
  const amounts = new Map<string, number>();
  let now = START;
  for (const [step, minutes] of operations) {
    now += minutes * 60_000;
    const at = new Date(now).toISOString();
    ledger.crashAt(step.do === 'report' ? null : step.crash);
    await perform(desk, step, at, amounts).catch(() => undefined);
  }
  return { desk, amounts };
}

async function perform(desk: Desk, step: Operation, at: string, amounts: Map<string, number>): Promise<unknown> {
  if (step.do === 'send') {
    const revision = (await desk.ledger.loadCaseFile('INV-2026-0042'))!.dunningCase.planRevision;
    const planned = step.isPlanned ? (await desk.plan(at)).step : null;
    desk.turns.splice(0, desk.turns.length, step.turn);
    // A step is asked for when it is due, and again later; and out of turn, as a stray retry would.
    const askedAt = planned && Date.parse(planned.at) > Date.parse(at) ? planned.at : at;
    return desk.send(planned?.stepId ?? step.stepId, askedAt, Math.max(1, revision - step.staleness));
  }
  if (step.do === 'pay') {
    const transactionId = `BK-${step.transaction}`;
    const amountMinor = amounts.get(transactionId) ?? step.amountMinor;
    amounts.set(transactionId, amountMinor);
    return desk.pay(amountMinor, transactionId);
  }
  // The provider reports only on what it took.
  if (!desk.departures.some(({ stepId }) => stepId === step.stepId)) return undefined;
  const report = { invoiceId: 'INV-2026-0042', cycle: 1, stepId: step.stepId, messageId: 'm-x', event: step.event, at };
  return recordDelivery(desk, report);
}

describe('whatever an unreliable world does', () => {
  it('claims no notice after the balance is zero', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (operations) => {
        const { desk } = await happen(operations);
        const types = await desk.historyTypes();
        const settledAt = types.indexOf('CaseSettled');
        const lastClaim = types.lastIndexOf('NoticeReserved');
        expect(settledAt === -1 || lastClaim < settledAt).toBe(true);
        expect(desk.departures.every(({ outstandingMinor }) => outstandingMinor > 0)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('lets each notice leave at most once', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (operations) => {
        const { desk } = await happen(operations);
        const left = desk.departures.map(({ stepId }) => stepId);
        expect(left.length).toBe(new Set(left).size);
      }),
      { numRuns: 1500 },
    );
  });

  it('loses no cent: billed = paid + credited + outstanding, received = allocated + unapplied', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (operations) => {
        const { desk, amounts } = await happen(operations);
        const { dunningCase } = (await desk.ledger.loadCaseFile('INV-2026-0042'))!;
        let allocatedMinor = 0;
        for (const [transactionId, amountMinor] of amounts) {
          const receipt = await desk.ledger.loadReceipt(transactionId);
          if (!receipt) continue; // Its only delivery crashed before anything was written; the bus delivers it again.
          const toInvoices = receipt.allocations.reduce((sum, part) => sum + part.amountMinor, 0);
          expect(toInvoices + receipt.unappliedMinor).toBe(amountMinor);
          allocatedMinor += toInvoices;
        }
        expect(dunningCase.paidMinor).toBe(allocatedMinor);
        expect(dunningCase.paidMinor).toBeLessThanOrEqual(dunningCase.invoice.totalMinor);
        expect(dunningCase.standing).toBe(
          dunningCase.paidMinor === dunningCase.invoice.totalMinor ? 'settled' : 'open',
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps a history without a broken link, one entry for each change', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (operations) => {
        const { desk } = await happen(operations);
        const history = await desk.history();
        expect(firstBrokenLink('INV-2026-0042', history)).toBeNull();
        const { dunningCase } = (await desk.ledger.loadCaseFile('INV-2026-0042'))!;
        expect(history.at(-1)).toMatchObject({ seq: dunningCase.historySeq, hash: dunningCase.historyHash });
      }),
      { numRuns: 1000 },
    );
  });
});
