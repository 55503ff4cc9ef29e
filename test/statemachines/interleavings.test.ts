import { describe, expect, it } from 'vitest';
import { CaseCommands } from '../support/case-commands.ts';
import { WorkflowBench } from '../support/workflow-bench.ts';

/** Long enough for the plan, the preventive check, and the wait for the next step. */
const UNTIL = '2026-01-21T00:00:00Z';

/** When the stream delivers the signal of a fact: at once, after so many more operations on the ledger, or only when nothing else moves. */
type Delivery = 'at-once' | number | 'last';

/** What cuts in: so much is paid, or somebody asks something of the case. */
type Fact = number | ((commands: CaseCommands) => Promise<unknown>);

interface Cut {
  /** The fact cuts in right before this operation on the ledger (0: before the first). */
  readonly operation: number;
  readonly fact: Fact;
  readonly delivery: Delivery;
  readonly copies: number;
}

/** Runs the workflow, lets a fact cut in, and gives back the bench once everything has settled, with the instant of the fact. */
async function run(cut: Cut | null): Promise<{ bench: WorkflowBench; operations: number; cutAt: number | null }> {
  const bench = new WorkflowBench();
  await bench.start();
  let operations = 0;
  let cutAt: number | null = null;
  let isPaying = false;
  let waiting = Number.POSITIVE_INFINITY;
  const deliverAll = async () => {
    const signals = bench.ledger.signals.splice(0);
    for (const signal of signals) {
      for (let copy = 0; copy < (cut?.copies ?? 1); copy += 1) await bench.deliver(signal);
    }
    return signals.length > 0;
  };
  bench.ledger.beforeOperation = async () => {
    if (isPaying) return;
    if (cut && operations === cut.operation) {
      isPaying = true;
      bench.desk.now = new Date(bench.clock.now()).toISOString();
      await (typeof cut.fact === 'number' ? bench.desk.pay(cut.fact) : cut.fact(new CaseCommands(bench.desk)));
      isPaying = false;
      cutAt = bench.clock.now();
      waiting = cut.delivery === 'at-once' ? 0 : cut.delivery === 'last' ? Number.POSITIVE_INFINITY : cut.delivery;
    }
    if (waiting === 0) await deliverAll();
    waiting -= 1;
    operations += 1;
  };
  bench.clock.addSource(deliverAll);
  await bench.advanceTo(UNTIL);
  return { bench, operations, cutAt };
}

const { operations: OPERATIONS } = await run(null);
const DELIVERIES: readonly Delivery[] = ['at-once', 1, 2, 3, 4, 'last'];

function everyCut(fact: Fact): Cut[] {
  const places = Array.from({ length: OPERATIONS }, (_, operation) => operation);
  return places.flatMap((operation) =>
    DELIVERIES.flatMap((delivery) => [1, 2].map((copies) => ({ operation, fact, delivery, copies }))),
  );
}

describe('a payment that cuts in anywhere between planning, listening, claiming, sending and recording', () => {
  it('meets every operation of the workflow on the ledger', () => {
    // Plan: one read. Listen: one write. Send: read, claim, read, record. And the reads of the second listen.
    expect(OPERATIONS).toBeGreaterThanOrEqual(6);
  });

  it.each(everyCut(120_000))('settles the execution at once when all is paid: %o', async (cut) => {
    const { bench, cutAt } = await run(cut);
    expect(bench.faults).toEqual([]);
    const { status, lastState, stoppedAt } = bench.execution();
    expect([status, lastState]).toEqual(['SUCCEEDED', 'Settled']);
    expect(Date.parse(stoppedAt ?? '') - (cutAt ?? 0)).toBe(0);
    const types = await bench.desk.historyTypes();
    expect(types.lastIndexOf('NoticeReserved')).toBeLessThan(types.indexOf('CaseSettled'));
  });

  it.each(everyCut(50_000))(
    'leaves the execution listening on what is true now when a part is paid: %o',
    async (cut) => {
      const { bench } = await run(cut);
      expect(bench.faults).toEqual([]);
      expect(bench.execution()).toMatchObject({
        status: 'RUNNING',
        states: ['Listen for payments and decisions', 'Wait: level 1'],
      });
      const { dunningCase } = (await bench.ledger.loadCaseFile('INV-2026-0042'))!;
      expect(bench.ledger.listeningRevision()).toBe(dunningCase.planRevision);
      expect(bench.desk.departures.map(({ stepId }) => stepId)).toEqual(['P1']);
      await bench.desk.pay(70_000);
      await bench.clock.settle();
      expect(bench.execution()).toMatchObject({ status: 'SUCCEEDED', lastState: 'Settled' });
      await bench.advanceTo('2026-12-31T00:00:00Z');
      expect(bench.desk.departures).toHaveLength(1);
    },
  );
});

describe('what a person does to the case anywhere between planning, listening, claiming, sending and recording', () => {
  it.each(everyCut((commands) => commands.block(null)))(
    'keeps everything back at once when it is a block: %o',
    async (cut) => {
      const { bench } = await run(cut);
      expect(bench.faults).toEqual([]);
      expect(bench.execution()).toMatchObject({
        ...{ status: 'RUNNING', states: ['Listen for payments and decisions', 'Wait: block'] },
      });
      const { dunningCase } = (await bench.ledger.loadCaseFile('INV-2026-0042'))!;
      expect(bench.ledger.listeningRevision()).toBe(dunningCase.planRevision);
      const types = await bench.desk.historyTypes();
      expect(types.lastIndexOf('NoticeReserved')).toBeLessThan(types.indexOf('CaseBlocked'));
    },
  );

  it.each(everyCut((commands) => commands.dispute()))(
    'keeps every notice back at once when all is contested, and confirms that once: %o',
    async (cut) => {
      const { bench } = await run(cut);
      expect(bench.faults).toEqual([]);
      expect(bench.execution()).toMatchObject({
        ...{ status: 'RUNNING', states: ['Listen for payments and decisions', 'Wait: dispute'] },
      });
      const history = await bench.desk.history();
      const disputedAt = history.findIndex(({ type }) => type === 'DisputeOpened');
      const claimed = history.slice(disputedAt).filter(({ type }) => type === 'NoticeReserved');
      expect(claimed.map(({ data }) => data.stepId)).toEqual(['confirmation-1']);
      expect(bench.desk.departures.filter(({ stepId }) => stepId === 'confirmation-1')).toHaveLength(1);
    },
  );

  it.each(everyCut((commands) => commands.writeOff()))('ends it at once when it is a write-off: %o', async (cut) => {
    const { bench, cutAt } = await run(cut);
    expect(bench.faults).toEqual([]);
    const { status, lastState, stoppedAt } = bench.execution();
    expect([status, lastState, Date.parse(stoppedAt ?? '')]).toEqual(['SUCCEEDED', 'Closed', cutAt]);
    const types = await bench.desk.historyTypes();
    expect(types.lastIndexOf('NoticeReserved')).toBeLessThan(types.indexOf('CaseWrittenOff'));
  });
});
