import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';
const Z = 'INV-Z';

/** The policy with these steps only. */
const ladderOf = (...stepIds: string[]) => {
  const steps = standardPolicy.steps.filter(({ stepId }) => stepIds.includes(stepId));
  return { ...standardPolicy, steps, overlays: {} };
};

/** The afternoon of Monday 16 February: A4 of an invoice due on Friday 30 January has its day. */
const A4_AFTERNOON = '2026-02-16T14:30:00.000Z';

describe('work about several invoices of a debtor', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk(undefined, [ladderOf('A2', 'A4')]);
    await desk.register({ customer: aReachableCustomer() });
  });

  const closings = async (invoiceId: string) =>
    (await desk.history(invoiceId)).filter(({ type }) => type === 'TaskClosed').map(({ data }) => data);

  const openTask = async (kind: string, invoiceId: string) =>
    (await desk.openTasks()).find((task) => task.kind === kind && task.invoiceIds.includes(invoiceId));

  /** The execution of the first invoice lays the letter ready, before those of the others wake. */
  const callThenLetter = async (others: readonly string[]) => {
    for (const invoiceId of others) await desk.registerSibling(invoiceId);
    await desk.runUntil('2026-02-13T23:00:00Z');
    desk.now = A4_AFTERNOON;
    const { planRevision } = await desk.plan(desk.now);
    await desk.send('A4', desk.now, planRevision);
  };

  it('is withdrawn once from each case, in however many tasks it is named with the one that is paid', async () => {
    await callThenLetter([B, Z]);
    const [call, letter] = [(await openTask('call', B))!, (await openTask('letter', B))!];
    expect([call.invoiceIds, letter.invoiceIds.toSorted()]).toEqual([expect.arrayContaining([B, Z]), [A, B, Z]]);
    await desk.payInvoice(B);
    for (const { taskId } of [call, letter]) {
      expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    }
    for (const stepId of ['A2', 'A4']) {
      expect(await desk.claim(stepId, B)).toMatchObject({ state: 'skipped', skipReason: 'case-settled' });
      expect(await desk.claim(stepId, Z)).toMatchObject({ state: 'released' });
    }
    expect((await desk.ledger.loadCaseFile(Z))!.dunningCase.openTaskIds).toEqual([]);
    const told = [call, letter].map(({ taskId }) => ({ taskId, outcome: 'withdrawn' }));
    for (const invoiceId of [B, Z]) expect(await closings(invoiceId)).toEqual(expect.arrayContaining(told));
  });

  it('is withdrawn in more than one transaction when it is more than one holds', async () => {
    await callThenLetter(Array.from({ length: 29 }, (_, index) => `INV-${100 + index}`));
    const letter = (await openTask('letter', A))!;
    const calls = (await desk.openTasks()).filter(({ kind }) => kind === 'call');
    const call = calls.find(({ invoiceIds }) => invoiceIds.length >= 12)!;
    const paid = call.invoiceIds.find((invoiceId) => letter.invoiceIds.includes(invoiceId))!;
    await desk.payInvoice(paid);
    for (const { taskId, invoiceIds } of [call, letter]) {
      expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
      for (const invoiceId of invoiceIds) {
        expect((await desk.ledger.loadCaseFile(invoiceId))!.dunningCase.openTaskIds).not.toContain(taskId);
      }
    }
  });

  it('is withdrawn in more than one transaction when a part of what one had paid is taken back', async () => {
    const others = Array.from({ length: 29 }, (_, index) => `INV-${100 + index}`);
    for (const invoiceId of others) {
      await desk.registerSibling(invoiceId);
      await desk.payPart(invoiceId, { amountMinor: 10_000, transactionId: `BK-${invoiceId}` });
    }
    await callThenLetter([]);
    const isBoth = async (invoiceId: string) =>
      (await openTask('call', invoiceId)) !== undefined && (await openTask('letter', invoiceId)) !== undefined;
    const inBoth = (await Promise.all(others.map(isBoth))).indexOf(true);
    const paid = others[inBoth]!;
    const tasks = (await desk.openTasks()).filter(({ invoiceIds }) => invoiceIds.includes(paid));
    const returned = { transactionId: 'RT-1', returnsTransactionId: `BK-${paid}`, amountMinor: 10_000 };
    const back = aCredit({ kind: 'return', ...returned, remittance: 'REJET' });
    expect(await applyPayment(desk.planning, { ...back, receivedAt: desk.now })).toMatchObject({ outcome: 'applied' });
    expect((await desk.ledger.loadCaseFile(paid))!.dunningCase).toMatchObject({ paidMinor: 0, standing: 'open' });
    for (const { taskId } of tasks) {
      expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    }
  });

  it('is withdrawn when a part of one is paid, and made again with what is left', async () => {
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-04T12:00:00Z');
    const { taskId } = await desk.taskOf('call');
    await desk.payPart(B, { amountMinor: 20_000, transactionId: 'BK-1' });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A2', invoiceId)).toMatchObject({ state: 'released' });
      expect(await closings(invoiceId)).toEqual([{ taskId, outcome: 'withdrawn' }]);
    }
    await desk.runUntil('2026-02-05T12:00:00Z');
    expect((await desk.taskOf('call')).invoiceIds.toSorted()).toEqual([A, B]);
    const { facts } = desk.assigned.at(-1)!;
    expect(facts.invoices.find(({ invoiceId }) => invoiceId === B)?.outstandingMinor).toBe(100_000);
  });

  it('leaves nothing open in the case that is paid, not even what was to be made again', async () => {
    await desk.runUntil('2026-02-04T12:00:00Z');
    await desk.payPart(A, { amountMinor: 20_000, transactionId: 'BK-1' });
    expect(await desk.claim('A2')).toMatchObject({ state: 'released' });
    await desk.payPart(A, { amountMinor: 100_000, transactionId: 'BK-2' });
    expect(await desk.claim('A2')).toMatchObject({ state: 'skipped', skipReason: 'case-settled' });
  });

  it('is taken back when one of them is promised: the others get theirs without it', async () => {
    await callThenLetter([B]);
    const [call, letter] = [(await openTask('call', B))!, (await openTask('letter', B))!];
    expect(call.invoiceIds).toEqual([B]);
    await desk.report(call.taskId, { result: 'promise', promisedOn: '2026-02-27' });
    expect(await desk.ledger.loadTask(letter.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    for (const invoiceId of [A, B]) expect(await desk.claim('A4', invoiceId)).toMatchObject({ state: 'released' });
    await desk.runUntil('2026-02-17T20:00:00Z');
    expect((await desk.taskOf('letter')).invoiceIds).toEqual([A]);
  });
});

describe('a call that a later step has overtaken', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk(undefined, [ladderOf('A2', 'A3', 'A4')]);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-04T12:00:00Z');
  });

  /** The afternoon of Thursday 12 February, when A3 may go out: ten days after the due date, and the call's time is over. */
  const A3_DAY = '2026-02-12T14:30:00.000Z';

  it('is off the list once every case in it has gone on, each when its own time comes', async () => {
    const { taskId } = await desk.taskOf('call');
    desk.now = A3_DAY;
    const { planRevision } = await desk.plan(desk.now);
    await desk.send('A3', desk.now, planRevision);
    expect(desk.departures.at(-1)?.serves.toSorted()).toEqual([`${A}/A3`, `${B}/A3`]);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'open', invoiceIds: [B] });
    expect(await desk.claim('A2', A)).toMatchObject({ state: 'skipped', skipReason: 'step-passed' });
    expect((await desk.ledger.loadCaseFile(A))!.dunningCase.openTaskIds).toEqual([]);
    expect(await desk.claim('A2', B)).toMatchObject({ state: 'assigned' });
    await desk.plan(desk.now, { invoiceId: B });
    expect(await desk.claim('A2', B)).toMatchObject({ state: 'skipped', skipReason: 'step-passed' });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    const closed = (await desk.history(B)).filter(({ type }) => type === 'TaskClosed');
    expect(closed.map(({ data }) => data)).toEqual([{ taskId, outcome: 'withdrawn' }]);
  });

  it('stays on the list until then', async () => {
    await desk.runUntil('2026-02-08T12:00:00Z');
    expect(await desk.taskOf('call')).toMatchObject({ state: 'open' });
  });

  it('that was made counts as made, whatever follows', async () => {
    await desk.report((await desk.taskOf('call')).taskId, { result: 'refusal' });
    await desk.runUntil('2026-02-20T12:00:00Z');
    for (const invoiceId of [A, B]) expect(await desk.claim('A2', invoiceId)).toMatchObject({ state: 'sent' });
  });
});
