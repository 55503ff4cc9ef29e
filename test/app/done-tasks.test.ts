import { beforeEach, describe, expect, it } from 'vitest';
import { editCase } from '../../lib/app/edit-case.ts';
import { CASES_PER_CHANGE_MAX } from '../../lib/app/ports.ts';
import { raiseTask } from '../../lib/app/raise-task.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const A = 'INV-2026-0042';
const siblings = Array.from({ length: 29 }, (_, index) => `INV-${100 + index}`);

const CALL =
  'promise, paid-claimed, dispute, administrative-block, cash-difficulty, refusal, no-contact, wrong-contact, insolvency';

/** The cases that know the task; the last three do not. */
const knowing = [A, ...siblings.slice(0, -3)];

describe('a task about many invoices that is done', () => {
  let desk: Desk;
  let ledger: FlakyLedger;
  let task: Task;

  beforeEach(async () => {
    ledger = new FlakyLedger();
    desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of siblings) await desk.registerSibling(invoiceId);
    const about = { title: 'Look at it', reason: 'Nobody knows.', customerId: 'C-100', at: desk.now };
    task = raiseTask({ kind: 'attention', invoiceIds: [A, ...siblings], ...about }).task;
    for (const [index, invoiceId] of knowing.entries()) {
      const file = (await ledger.loadCaseFile(invoiceId))!;
      const { write } = editCase(file, { opensTasks: [task.taskId] }, desk.now);
      await ledger.commit({ cases: [write], tasks: index === 0 ? [{ task, expectedVersion: null }] : [] });
    }
  });

  const openIn = async () => {
    const files = await Promise.all([A, ...siblings].map((id) => ledger.loadCaseFile(id)));
    return files.filter((file) => file!.dunningCase.openTaskIds.length > 0).length;
  };

  it('is closed in the cases that know of it, never more than one change holds, and in no other', async () => {
    const sizes: number[] = [];
    const commit = ledger.commit.bind(ledger);
    ledger.commit = (change) => {
      sizes.push(change.cases.length);
      return commit(change);
    };
    expect(await desk.report(task.taskId, { result: 'done' })).toMatchObject({ task: { state: 'done' } });
    expect(sizes).toEqual([4, CASES_PER_CHANGE_MAX]);
    expect(await openIn()).toBe(0);
    expect((await desk.history(A)).at(-1)).toMatchObject({ type: 'TaskClosed', data: { outcome: 'done' } });
    for (const id of siblings.slice(-3)) expect(await desk.historyTypes(id)).toEqual(['InvoiceRegistered']);
  });

  it('is closed by the same report again when the first dies in between', async () => {
    ledger.crashAt({ write: 2, when: 'before' });
    await expect(desk.report(task.taskId, { result: 'done' })).rejects.toThrow('died');
    ledger.crashAt(null);
    expect(await ledger.loadTask(task.taskId)).toMatchObject({ state: 'open' });
    await desk.report(task.taskId, { result: 'done' });
    expect(await openIn()).toBe(0);
    for (const id of knowing) {
      expect((await desk.historyTypes(id)).filter((type) => type === 'TaskClosed')).toHaveLength(1);
    }
  });
});

describe('a task that asks for more than to be done', () => {
  it.each([
    ['call', CALL],
    ['letter', 'posted, received, wrong-contact'],
    ['approval', 'approved, refused'],
  ] as const)('of kind %s stays open and says what it takes instead', async (kind, taken) => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    const about = { title: 'Do it', reason: 'It is due.', customerId: 'C-100', at: desk.now };
    const { task } = raiseTask({ kind, invoiceIds: [A], ...about });
    const file = (await desk.ledger.loadCaseFile(A))!;
    const { write } = editCase(file, { opensTasks: [task.taskId] }, desk.now);
    await desk.ledger.commit({ cases: [write], tasks: [{ task, expectedVersion: null }] });
    const detail = `must be one of ${taken} for this ${kind} task, not "done"`;
    expect(await desk.report(task.taskId, { result: 'done' })).toEqual({ refused: { pointer: '/result', detail } });
    expect(await desk.ledger.loadTask(task.taskId)).toEqual(task);
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase.openTaskIds).toEqual([task.taskId]);
  });
});
