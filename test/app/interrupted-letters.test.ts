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
