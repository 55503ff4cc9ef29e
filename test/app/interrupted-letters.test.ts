import { beforeEach, describe, expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

describe('a letter whose making was interrupted', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    const ledger = new FlakyLedger();
    desk = new Desk(ledger);
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    const at = await desk.climbTo('A4');
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(desk.send('A4', at, (await desk.plan(at)).planRevision)).rejects.toThrow('the function died');
    ledger.crashAt(null);
    desk.now = at;
    expect(await desk.claim('A4')).toMatchObject({ state: 'reserved' });
  });

  it.each([
    ['promise', () => commands.promise('2026-03-16')],
    ['instalment', () => commands.plan(['2026-03-16', '2026-04-16'], { force: true })],
    ['dispute', () => commands.dispute()],
  ] as const)('is not made any more while the case waits for something else: %s', async (lane, happens) => {
    expect(await happens()).toHaveProperty('wasThere', false);
    await desk.runUntil('2026-03-02T20:00:00Z');
    expect(await desk.claim('A4')).toMatchObject({ state: 'released' });
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts.map(({ step }) => step.stepId)).not.toContain('A4');
    expect(desk.assigned.map(({ stepId }) => stepId)).not.toContain('A4');
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'letter')).toEqual([]);
    expect((await desk.plan(desk.now)).step).toMatchObject({ lane });
  });

  it('is not made any more while the debtor is said to be insolvent', async () => {
    await commands.block(null, { cause: 'insolvency' });
    await desk.runUntil('2026-03-02T20:00:00Z');
    expect(await desk.claim('A4')).toMatchObject({ state: 'released' });
    expect(desk.assigned.map(({ stepId }) => stepId)).not.toContain('A4');
  });

  it('is made when nothing keeps the case back', async () => {
    await desk.runUntil('2026-03-02T20:00:00Z');
    expect(desk.assigned.at(-1)).toMatchObject({ stepId: 'A4' });
  });
});

describe('a formal notice about two invoices that was approved, and whose making was interrupted', () => {
  const A = 'INV-2026-0042';
  const B = 'INV-B';

  /** The work about the notice, once one of the two has begun its letter on Friday 20 March and died, and both have gone on. */
  const workAfterDeathOf = async (own: string, meanwhile: (desk: Desk) => Promise<unknown> = async () => {}) => {
    const ledger = new FlakyLedger();
    const desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil(await desk.climbTo('C2'));
    await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
    const { step, planRevision } = await desk.plan(desk.now, { invoiceId: own });
    desk.now = step!.at;
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(desk.send('C2', desk.now, planRevision, { invoiceId: own })).rejects.toThrow('the function died');
    ledger.crashAt(null);
    await meanwhile(desk);
    await desk.runUntil('2026-03-27T20:00:00Z');
    const tasks = (await desk.openTasks()).filter(({ kind, step }) => kind === 'approval' || step?.stepId === 'C2');
    for (const invoiceId of [A, B]) {
      const taskId = (await desk.claim('C2', invoiceId))?.taskId;
      expect(tasks.filter((task) => task.taskId === taskId).flatMap(({ invoiceIds }) => invoiceIds)).toContain(
        invoiceId,
      );
    }
    return tasks.map(({ kind, invoiceIds }) => [kind, invoiceIds.toSorted()]);
  };

  it.each([A, B])('is made about both as it was approved, whichever of them died: %s', async (own) => {
    expect(await workAfterDeathOf(own)).toEqual([['letter', [A, B]]]);
  });

  it.each([
    [A, A],
    [A, B],
    [B, A],
    [B, B],
  ])('is asked about once for both when %s died and a part of %s is paid meanwhile', async (own, paid) => {
    const pay = (desk: Desk) => desk.payPart(paid, { amountMinor: 20_000, transactionId: 'BK-1' });
    expect(await workAfterDeathOf(own, pay)).toEqual([['approval', [A, B]]]);
  });
});
