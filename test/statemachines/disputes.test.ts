import { beforeEach, describe, expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { WorkflowBench } from '../support/workflow-bench.ts';

const LISTENING = 'Listen for payments and decisions';

describe('the execution of a case that is contested', () => {
  let bench: WorkflowBench;
  let commands: CaseCommands;

  beforeEach(async () => {
    bench = new WorkflowBench();
    bench.deliverAtOnce();
    await bench.start({ customer: aReachableCustomer() });
    // Wednesday; A1 left on Tuesday, A2 is due on Thursday.
    await bench.advanceTo('2026-02-04T10:00:00Z');
    bench.desk.now = '2026-02-04T10:00:00Z';
    commands = new CaseCommands(bench.desk);
  });

  const at = async (instant: string) => {
    await bench.advanceTo(instant);
    bench.desk.now = instant;
    return bench.execution().states;
  };

  it('waits in its lane once that is confirmed, while its owner is reminded and it is escalated', async () => {
    await commands.dispute();
    await bench.clock.settle();
    expect(bench.desk.departures.at(-1)).toMatchObject({ stepId: 'confirmation-1' });
    expect(await at('2026-02-17T22:59:59Z')).toEqual([LISTENING, 'Wait: dispute']);
    expect(await bench.desk.historyTypes()).not.toContain('DisputeReviewed');
    // Midnight in Paris, ten open days after the 4th; then five more.
    expect(await at('2026-02-17T23:00:00Z')).toEqual([LISTENING, 'Wait: dispute']);
    expect(await bench.desk.historyTypes()).toContain('DisputeReviewed');
    expect(await at('2026-02-24T23:00:00Z')).toEqual([LISTENING, 'Wait: dispute']);
    expect(await bench.desk.historyTypes()).toContain('DisputeEscalated');
    const before = bench.desk.departures.length + bench.desk.assigned.length;
    expect(await at('2026-11-30T00:00:00Z')).toEqual([LISTENING, 'Wait: dispute']);
    expect(bench.desk.departures.length + bench.desk.assigned.length).toBe(before);
    expect(bench.faults).toEqual([]);
  });

  it('goes on with the next step after the grace when that is rejected', async () => {
    await commands.dispute();
    await at('2026-02-11T10:00:00Z');
    await commands.resolve('rejected');
    await bench.clock.settle();
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: level 1']);
    await at('2026-02-17T20:00:00Z');
    expect(bench.desk.assigned.map(({ stepId, at: on }) => [stepId, on.slice(0, 10)])).toEqual([['A2', '2026-02-17']]);
    expect(bench.faults).toEqual([]);
  });

  it('ends when that is upheld', async () => {
    await commands.dispute();
    await at('2026-02-11T10:00:00Z');
    await commands.resolve('upheld');
    await bench.clock.settle();
    expect(bench.execution()).toMatchObject({ status: 'SUCCEEDED', lastState: 'Settled' });
  });

  it('has its owner reminded between two steps when a part is, and waits in the lane of its level', async () => {
    await commands.dispute(30_000, { reviewOn: '2026-02-09' });
    expect(await at('2026-02-06T10:00:00Z')).toEqual([LISTENING, 'Wait: level 1']);
    expect(bench.desk.assigned.map(({ stepId }) => stepId)).toEqual(['A2']);
    expect(await at('2026-02-08T23:00:00Z')).toEqual([LISTENING, 'Wait: level 1']);
    expect(await bench.desk.historyTypes()).toContain('DisputeReviewed');
    await at('2026-02-11T20:00:00Z');
    expect(bench.desk.departures.at(-1)).toMatchObject({ stepId: 'A3' });
    expect(bench.faults).toEqual([]);
  });

  it('waits in its lane when the rest of one that is contested in part is paid', async () => {
    await commands.dispute(30_000);
    await at('2026-02-04T12:00:00Z');
    await bench.desk.pay(90_000);
    await bench.clock.settle();
    expect(bench.execution().states).toEqual([LISTENING, 'Wait: dispute']);
    expect(bench.faults).toEqual([]);
  });
});
