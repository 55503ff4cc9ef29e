import { beforeEach, describe, expect, it } from 'vitest';
import { ReplanError } from '../../lib/domain/errors.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-Z';

describe('a block', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    // A1 left on Tuesday 3 February.
    await desk.runUntil('2026-02-04T11:00:00Z');
  });

  const served = () => [...desk.departures, ...desk.assigned].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  const theCase = async () => (await desk.ledger.loadCaseFile(A))!.dunningCase;

  it('keeps everything back through its last day, by the calendar of the creditor', async () => {
    const before = served().length;
    expect(await commands.block('2026-03-10')).toEqual({ invoiceId: A, wasThere: false });
    const block = { reason: 'as agreed', since: '2026-02-04', until: '2026-03-10', actor: 'anne' };
    expect(await theCase()).toMatchObject({ standing: 'blocked', block });
    const { standing, step } = await desk.plan(desk.now);
    expect([standing, step]).toEqual([
      'open',
      { stepId: 'review', level: 'level1', lane: 'block', channel: 'review', at: '2026-03-10T23:00:00Z' },
    ]);
    await desk.runUntil('2026-03-10T22:59:59Z');
    expect(served()).toHaveLength(before);
  });

  it('is lifted the day after, and the case goes on where it was: no notice is skipped, none repeated', async () => {
    await commands.block('2026-03-10');
    await desk.runUntil('2026-03-11T20:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'open', block: null });
    const unblocked = (await desk.history()).find(({ type }) => type === 'CaseUnblocked');
    expect(unblocked).toMatchObject({ actor: 'relance', data: { reason: 'ended' } });
    expect(desk.assigned.map(({ stepId }) => stepId)).toEqual(['A2']);
    expect(desk.departures.map(({ stepId }) => stepId)).toEqual(['P1', 'A1']);
  });

  it('is lifted once however often the case is reviewed, and the answer is the next step', async () => {
    await commands.block('2026-03-10');
    const { planRevision } = await theCase();
    const early = await desk.review('2026-03-10T12:00:00Z', planRevision);
    expect(early).toMatchObject({ outcome: 'nothing-due', step: { channel: 'review', lane: 'block' } });
    const first = await desk.review('2026-03-11T08:00:00Z', planRevision);
    expect(first).toMatchObject({ outcome: 'unblocked', step: { stepId: 'A2', lane: 'level1', channel: 'call' } });
    const entries = await desk.historyTypes();
    const again = await desk.review('2026-03-11T08:00:00Z', planRevision);
    expect(again).toEqual({ ...first, outcome: 'nothing-due' });
    expect(await desk.historyTypes()).toEqual(entries);
    expect((await theCase()).planRevision).toBe(planRevision);
  });

  it('is not reviewed on facts that have moved', async () => {
    await commands.block('2026-03-10');
    const { planRevision } = await theCase();
    await commands.block('2026-04-10');
    await expect(desk.review('2026-03-11T08:00:00Z', planRevision)).rejects.toThrow(ReplanError);
    await desk.pay(120_000);
    await expect(desk.review('2026-04-11T08:00:00Z', (await theCase()).planRevision)).rejects.toThrow(ReplanError);
  });

  it('without an end rests until a person lifts it, also when the execution has to hand over', async () => {
    await commands.block(null);
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'none', lane: 'block', channel: 'replan' });
    expect((await desk.plan('2026-12-31T00:00:00Z')).standing).toBe('continue');
    expect(await commands.unblock()).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({ standing: 'open', block: null });
    expect((await desk.history()).at(-1)).toMatchObject({ type: 'CaseUnblocked', actor: 'anne' });
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'A2' });
  });

  it('beyond the life of an execution waits in its lane for the successor', async () => {
    await commands.block('2027-06-30');
    const { step } = await desk.plan(desk.now);
    expect(step).toMatchObject({ stepId: 'none', lane: 'block', channel: 'replan' });
  });

  it('takes the call that lies on the list back, and it is made again after the block', async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-05T11:00:00Z');
    const { taskId } = await desk.taskOf('call');
    await commands.block('2026-02-20');
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    expect(await desk.claim('A2')).toMatchObject({ state: 'released' });
    await desk.runUntil('2026-02-06T20:00:00Z');
    expect((await desk.openTasks()).flatMap(({ kind, invoiceIds }) => (kind === 'call' ? invoiceIds : []))).toEqual([
      B,
    ]);
    await desk.runUntil('2026-02-25T20:00:00Z');
    const calls = desk.assigned.filter(({ stepId }) => stepId === 'A2');
    expect(calls.at(-1)?.invoiceIds).toContain(A);
  });

  it('keeps an invoice out of the messages of the debtor’s other invoices', async () => {
    await desk.registerSibling(B, { dueOn: '2026-02-03' });
    await commands.block(null);
    await desk.runUntil('2026-06-30T00:00:00Z');
    const later = [...desk.departures, ...desk.assigned].filter(({ at }) => at > '2026-02-04T11:00:00Z');
    expect(later.length).toBeGreaterThan(2);
    expect(later.flatMap(({ invoiceIds }) => invoiceIds)).not.toContain(A);
  });

  it('lets money in: a part leaves it standing, the rest settles the case and is the end of it', async () => {
    await commands.block('2026-03-10');
    expect(await desk.pay(20_000)).toMatchObject({ outcome: 'applied' });
    expect(await theCase()).toMatchObject({ standing: 'blocked', paidMinor: 20_000 });
    expect(await desk.pay(100_000)).toMatchObject({ outcome: 'applied' });
    expect(await theCase()).toMatchObject({ standing: 'settled', block: null, paidMinor: 120_000 });
  });

  it('is replaced by another, from the day of the first, and lasts as long as that says', async () => {
    await commands.block('2026-02-20');
    desk.now = '2026-02-10T09:00:00Z';
    expect(await commands.block('2026-02-20')).toEqual({ invoiceId: A, wasThere: true });
    await commands.block('2026-03-20', { reason: 'longer' });
    const block = { since: '2026-02-04', until: '2026-03-20', reason: 'longer' };
    expect(await theCase()).toMatchObject({ block });
    expect((await theCase()).remarks?.map(({ reason }) => reason)).toEqual(['as agreed', 'longer']);
  });

  it('tells its reason in the case and not in the history', async () => {
    await commands.block(null, { reason: 'M. Martin est à l’hôpital' });
    expect(JSON.stringify(await desk.history())).not.toContain('hôpital');
  });

  it('is refused with an end in the past, and on a case that is over', async () => {
    expect(await commands.block('2026-02-03')).toEqual({
      refused: { pointer: '/until', detail: 'must not be before today 2026-02-04, not "2026-02-03"' },
    });
    expect(await commands.block('2026-02-04')).toMatchObject({ wasThere: false });
    await desk.pay(120_000);
    expect(await commands.block(null)).toHaveProperty('conflict');
    expect(await commands.unblock()).toHaveProperty('conflict');
    expect(await commands.block(null, { invoiceId: 'nobody' })).toBe('unknown-case');
  });

  it('that is not there is lifted without a word', async () => {
    const entries = await desk.historyTypes();
    expect(await commands.unblock()).toEqual({ invoiceId: A, wasThere: true });
    expect(await desk.historyTypes()).toEqual(entries);
  });
});
