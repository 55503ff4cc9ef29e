import { beforeEach, describe, expect, it } from 'vitest';
import { blockCase } from '../../lib/app/block-case.ts';
import { cancelInvoice } from '../../lib/app/cancel-invoice.ts';
import { creditInvoice } from '../../lib/app/credit-invoice.ts';
import { handOver } from '../../lib/app/hand-over.ts';
import { moveDueDate } from '../../lib/app/move-due-date.ts';
import { recordPayment } from '../../lib/app/record-payment.ts';
import { recordPromise } from '../../lib/app/record-promise.ts';
import { unblockCase } from '../../lib/app/unblock-case.ts';
import { writeOff } from '../../lib/app/write-off.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { WorkflowBench } from '../support/workflow-bench.ts';

const INVOICE = 'INV-2026-0042';
const LISTENING = 'Listen for payments and decisions';
const EUR_1200 = { amountMinor: 120_000, currency: 'EUR' };

describe('the execution of a case', () => {
  let bench: WorkflowBench;

  beforeEach(async () => {
    bench = new WorkflowBench();
    bench.deliverAtOnce();
    await bench.start({ customer: aReachableCustomer() });
    // Wednesday; A1 left on Tuesday, A2 is due on Thursday.
    await bench.advanceTo('2026-02-04T10:00:00Z');
  });

  const command = () => {
    const at = new Date(bench.clock.now()).toISOString();
    return { invoiceId: INVOICE, at, actor: 'anne', reason: 'because' };
  };
  const block = (until: string | null) => blockCase(bench.desk.planning, { ...command(), until });

  it.each([
    [
      'is settled',
      'Settled',
      () => creditInvoice(bench.desk.planning, { ...command(), creditNoteId: 'CN-1', amount: EUR_1200 }),
    ],
    [
      'is settled by a person',
      'Settled',
      () =>
        recordPayment(bench.desk.planning, {
          ...{ ...command(), transactionId: 'CHQ-1', amount: EUR_1200 },
          ...{ receivedOn: '2026-02-04', method: 'cheque' },
        }),
    ],
    ['is cancelled', 'Closed', () => cancelInvoice(bench.desk.planning, command())],
    ['is written off', 'Closed', () => writeOff(bench.desk.planning, command())],
    ['is handed over', 'Handed over', () => handOver(bench.desk.planning, { ...command(), to: 'Cabinet Durand' })],
  ] as const)('that %s ends at once in %s, and sends nothing more', async (_, state, end) => {
    const before = bench.desk.departures.length;
    expect(await end()).toMatchObject({ invoiceId: INVOICE, wasThere: false });
    const endedAt = bench.clock.now();
    await bench.advanceTo('2026-12-31T00:00:00Z');
    const { status, lastState, stoppedAt } = bench.execution();
    expect([status, lastState, Date.parse(stoppedAt ?? '')]).toEqual(['SUCCEEDED', state, endedAt]);
    expect(bench.desk.departures).toHaveLength(before);
    expect(bench.faults).toEqual([]);
  });

  it('waits in the lane of its block, and goes on the day after with the step it had come to', async () => {
    const before = bench.desk.departures.length;
    await block('2026-03-10');
    await bench.clock.settle();
    expect(bench.execution()).toMatchObject({ status: 'RUNNING', states: [LISTENING, 'Wait: block'] });
    await bench.advanceTo('2026-03-10T22:59:59Z');
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: block']);
    expect(bench.desk.departures.length + bench.desk.assigned.length).toBe(before);
    // Midnight in Paris.
    await bench.advanceTo('2026-03-10T23:00:00Z');
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: level 1']);
    expect(await bench.desk.historyTypes()).toContain('CaseUnblocked');
    await bench.advanceTo('2026-03-11T20:00:00Z');
    expect(bench.desk.assigned.map(({ stepId, at }) => [stepId, at.slice(0, 10)])).toEqual([['A2', '2026-03-11']]);
    expect(bench.faults).toEqual([]);
  });

  it('rests in the lane of a block without an end until somebody lifts it', async () => {
    await block(null);
    await bench.advanceTo('2026-11-30T00:00:00Z');
    expect(bench.execution()).toMatchObject({ status: 'RUNNING', states: [LISTENING, 'Wait: block'] });
    await unblockCase(bench.desk.planning, command());
    await bench.clock.settle();
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: level 1']);
    expect(bench.faults).toEqual([]);
  });

  it('hears the money while it is blocked', async () => {
    await block('2026-03-10');
    await bench.clock.settle();
    await bench.desk.pay(120_000);
    await bench.clock.settle();
    expect(bench.execution()).toMatchObject({ status: 'SUCCEEDED', lastState: 'Settled' });
    expect((await bench.desk.historyTypes()).slice(-3)).toEqual(['PaymentApplied', 'CaseSettled', 'CaseUnblocked']);
  });

  it('waits in the lane of a promise once that is confirmed, and judges it when the money can be there', async () => {
    const { planning } = bench.desk;
    await recordPromise(planning, { ...command(), promisedOn: '2026-02-18' });
    await bench.clock.settle();
    expect(bench.desk.departures.at(-1)).toMatchObject({ stepId: 'confirmation-1' });
    expect(bench.execution()).toMatchObject({ status: 'RUNNING', states: [LISTENING, 'Wait: promise'] });
    await bench.desk.pay(20_000);
    await bench.advanceTo('2026-02-22T22:59:59Z');
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: promise']);
    // Midnight in Paris: the open day after Wednesday the 18th and two open days.
    await bench.advanceTo('2026-02-22T23:00:00Z');
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: level 1']);
    expect((await bench.desk.historyTypes()).at(-1)).toBe('PromisePartlyKept');
    await bench.advanceTo('2026-02-23T20:00:00Z');
    expect(bench.desk.assigned.map(({ stepId, at }) => [stepId, at.slice(0, 10)])).toEqual([['A2', '2026-02-23']]);
    expect(bench.faults).toEqual([]);
  });

  it('hears the money that was promised, and ends', async () => {
    await recordPromise(bench.desk.planning, { ...command(), promisedOn: '2026-02-18' });
    await bench.clock.settle();
    await bench.desk.pay(120_000);
    await bench.clock.settle();
    expect(bench.execution()).toMatchObject({ status: 'SUCCEEDED', lastState: 'Settled' });
    expect((await bench.desk.historyTypes()).slice(-2)).toEqual(['CaseSettled', 'PromiseKept']);
  });

  it('waits for a due date that was moved, and goes on with the next step after it', async () => {
    const before = bench.desk.departures.length;
    await moveDueDate(bench.desk.planning, { ...command(), dueOn: '2026-04-30' });
    await bench.clock.settle();
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: level 1']);
    await bench.advanceTo('2026-05-05T00:00:00Z');
    expect(bench.desk.departures.length + bench.desk.assigned.length).toBe(before);
    await bench.advanceTo('2026-05-08T00:00:00Z');
    expect(bench.desk.assigned.map(({ stepId }) => stepId)).toEqual(['A2']);
    expect(bench.faults).toEqual([]);
  });
});
