import { beforeEach, describe, expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

describe('a case that a person ends', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil('2026-02-05T11:00:00Z');
    await desk.pay(20_000);
    await desk.runUntil('2026-02-06T11:00:00Z');
  });

  const served = () => [...desk.departures, ...desk.assigned].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  const theCase = async () => (await desk.ledger.loadCaseFile(A))!.dunningCase;
  const lastOf = async (type: string) => (await desk.history()).findLast((entry) => entry.type === type);
  const ends = [
    ['cancelled', () => commands.cancel()],
    ['written-off', () => commands.writeOff()],
    ['handed-over', () => commands.handOver()],
  ] as const;

  it.each(ends)('as %s sends nothing more, and leaves no work about its debt on the list', async (standing, end) => {
    const { taskId } = await desk.taskOf('call');
    const turns = served().length;
    expect(await end()).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({ standing });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done' });
    expect(await desk.plan(desk.now)).toMatchObject({ standing, step: null });
    await desk.runUntil('2026-12-01T00:00:00Z');
    expect(served()).toHaveLength(turns);
  });

  it.each(ends)(
    'as %s once: asked again, nothing more happens; asked for another end, it is a conflict',
    async (standing, end) => {
      await end();
      const history = await desk.history();
      expect(await end()).toEqual({ invoiceId: A, wasThere: true });
      const others = ends.filter(([other]) => other !== standing);
      for (const [, other] of others) {
        expect(await other()).toEqual({ conflict: `Case ${A} is ${standing}; nothing was changed.` });
      }
      expect(await commands.moveDueDate('2026-09-30')).toHaveProperty('conflict');
      expect(await commands.pay(100)).toHaveProperty('conflict');
      expect(await desk.history()).toEqual(history);
    },
  );

  it.each(ends)(
    'as %s says nothing about how its debtor pays, and keeps the reason out of the history',
    async (_, end) => {
      await end();
      expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toEqual([]);
      expect((await theCase()).remarks).toMatchObject([{ reason: 'as agreed', actor: 'anne' }]);
      expect(JSON.stringify(await desk.history())).not.toContain('as agreed');
    },
  );

  it.each(ends)('as %s while it is blocked is not blocked any more', async (standing, end) => {
    await commands.block(null);
    await end();
    expect(await theCase()).toMatchObject({ standing, block: null });
    expect((await desk.historyTypes()).at(-1)).toMatch(/CaseUnblocked|TaskClosed/);
  });

  it.each(ends)('as %s leaves later money to a person', async (_, end) => {
    await end();
    expect(await desk.pay(1_000)).toMatchObject({ outcome: 'unapplied' });
  });

  it('owes nothing once it is cancelled; what was paid on it is a question for a person', async () => {
    await commands.cancel();
    expect(await theCase()).toMatchObject({ creditedMinor: 100_000, paidMinor: 20_000, writtenOffMinor: 0 });
    expect(await lastOf('CaseCancelled')).toMatchObject({
      actor: 'anne',
      data: { credited: { amount: '1000.00', currency: 'EUR' } },
    });
    const task = await desk.taskOf('attention');
    expect(task).toMatchObject({ invoiceIds: [A], owner: 'compta@vendeur.example' });
    expect(task.reason).toContain('200.00 EUR');
    expect((await theCase()).openTaskIds).toEqual([task.taskId]);
  });

  it('owes nothing once it is written off', async () => {
    await commands.writeOff();
    expect(await theCase()).toMatchObject({ writtenOffMinor: 100_000, paidMinor: 20_000, openTaskIds: [] });
    expect(await lastOf('CaseWrittenOff')).toMatchObject({
      data: { writtenOff: { amount: '1000.00', currency: 'EUR' } },
    });
  });

  it('owes what it owed once it is handed over, to whom the history says', async () => {
    await commands.handOver();
    expect(await theCase()).toMatchObject({ paidMinor: 20_000, creditedMinor: 0, writtenOffMinor: 0 });
    const outstanding = { amount: '1000.00', currency: 'EUR' };
    expect(await lastOf('CaseHandedOver')).toMatchObject({ data: { to: 'Cabinet Durand', outstanding } });
    expect(await commands.handOver({ to: 'Agence Roy' })).toHaveProperty('conflict');
  });

  it('is told apart from one nobody knows', async () => {
    expect(await commands.cancel({ invoiceId: 'nobody' })).toBe('unknown-case');
    expect(await commands.writeOff({ invoiceId: 'nobody' })).toBe('unknown-case');
    expect(await commands.handOver({ invoiceId: 'nobody' })).toBe('unknown-case');
  });
});
