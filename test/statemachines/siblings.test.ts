import { beforeEach, describe, expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { WorkflowBench } from '../support/workflow-bench.ts';

const A = 'INV-2026-0042';

/** Wakes after the first invoice for work, and after its emails. */
const Z = 'INV-Z';

const LISTENING = 'Listen for payments and decisions';

describe('the executions of two invoices of a debtor', () => {
  let bench: WorkflowBench;

  beforeEach(async () => {
    bench = new WorkflowBench();
    bench.deliverAtOnce();
    await bench.start({ customer: aReachableCustomer() });
  });

  const left = () =>
    [...bench.desk.departures, ...bench.desk.assigned].map(({ stepId, channel, serves }) => [stepId, channel, serves]);

  it('send one message, and both go on to the next step', async () => {
    await bench.startSibling(Z);
    await bench.advanceTo('2026-02-03T00:00:00Z');
    expect(bench.faults).toEqual([]);
    expect(left()).toEqual([
      ['P1', 'email', [`${A}/P1`, `${Z}/P1`]],
      ['A1', 'email', [`${A}/A1`, `${Z}/A1`]],
    ]);
    for (const invoiceId of [A, Z]) {
      expect(bench.execution(invoiceId)).toMatchObject({ status: 'RUNNING', states: [LISTENING, 'Wait: level 1'] });
    }
  });

  it('leave the message to the state of the channel it goes by, when the other’s step is firmer', async () => {
    // On Thursday 5 February: A2 (call) of the first, A1 (email) of one due on Tuesday the 3rd, which wakes before it.
    await bench.startSibling('INV-O', { dueOn: '2026-02-03' });
    await bench.advanceTo('2026-02-06T00:00:00Z');
    expect(bench.faults).toEqual([]);
    expect(left().at(-1)).toEqual(['A2', 'call', [`${A}/A2`, 'INV-O/A1']]);
    expect((await bench.desk.taskOf('call')).invoiceIds).toEqual([A, 'INV-O']);
    for (const invoiceId of [A, 'INV-O']) {
      expect(bench.execution(invoiceId)).toMatchObject({ status: 'RUNNING', states: [LISTENING, 'Wait: level 1'] });
    }
  });

  it('hear what the debtor said on the call about both, and confirm it once, the same minute', async () => {
    await bench.startSibling(Z);
    await bench.advanceTo('2026-02-05T11:00:00Z');
    const { taskId } = await bench.desk.taskOf('call');
    const at = new Date(bench.clock.now()).toISOString();
    await bench.desk.report(taskId, { result: 'promise', promisedOn: '2026-02-18' }, at);
    await bench.clock.settle();
    const confirmations = bench.desk.departures.filter(({ template }) => template === 'promise-confirmation');
    expect(confirmations.map(({ at: sentAt, invoiceIds }) => [Date.parse(sentAt), invoiceIds])).toEqual([
      [Date.parse(at), [A, Z]],
    ]);
    // Friday the 20th is the last day for the money; on Monday the 23rd somebody calls about the broken promise.
    await bench.advanceTo('2026-02-23T22:00:00Z');
    expect(left().at(-1)?.[0]).toBe('A2');
    await bench.advanceTo('2026-02-24T22:00:00Z');
    expect(bench.desk.departures.at(-1)?.serves).toEqual([`${A}/A3`, `${Z}/A3`]);
    expect(bench.faults).toEqual([]);
  });

  it('rest while a letter is to be posted, and go on from the day it was', async () => {
    await bench.startSibling(Z);
    await bench.advanceTo('2026-02-18T00:00:00Z');
    const letter = await bench.desk.taskOf('letter');
    expect([letter.step?.stepId, letter.invoiceIds]).toEqual(['A4', [A, Z]]);
    await bench.advanceTo('2026-03-02T10:00:00Z');
    expect(await bench.desk.taskOf('letter')).toEqual(letter);
    await bench.desk.report(letter.taskId, { result: 'posted', postedOn: '2026-02-27' }, '2026-03-02T10:00:00Z');
    await bench.advanceTo('2026-03-07T00:00:00Z');
    expect(left().at(-1)).toEqual(['B1', 'registered-letter', [`${A}/B1`, `${Z}/B1`]]);
    expect(bench.faults).toEqual([]);
  });

  it('end each for itself: who is paid is settled, and the other gets a letter of its own on the next open day', async () => {
    await bench.startSibling(Z);
    await bench.advanceTo('2026-02-17T12:00:00Z');
    bench.desk.now = '2026-02-17T12:00:00Z';
    await bench.desk.payInvoice(A);
    await bench.clock.settle();
    expect(bench.execution(A)).toMatchObject({ status: 'SUCCEEDED', lastState: 'Settled' });
    await bench.advanceTo('2026-02-18T12:00:00Z');
    expect((await bench.desk.taskOf('letter')).invoiceIds).toEqual([Z]);
    expect(bench.execution(Z)).toMatchObject({ status: 'RUNNING' });
    expect(bench.faults).toEqual([]);
  });
});
