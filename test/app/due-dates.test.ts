import { beforeEach, describe, expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

describe('a due date that is moved', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
  });

  const served = () => [...desk.departures, ...desk.assigned].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  const steps = () => served().map(({ stepId }) => stepId);
  const theCase = async () => (await desk.ledger.loadCaseFile(A))!.dunningCase;

  it('before anything was sent moves the whole ladder', async () => {
    expect(await commands.moveDueDate('2026-03-31')).toEqual({ invoiceId: A, wasThere: false });
    expect((await theCase()).invoice.dueOn).toBe('2026-03-31');
    expect((await desk.history()).at(-1)).toMatchObject({
      ...{ type: 'DueDateMoved', actor: 'anne', data: { from: '2026-01-30', to: '2026-03-31' } },
    });
    const { step } = await desk.plan(desk.now);
    expect([step?.stepId, step?.at.slice(0, 10)]).toEqual(['P1', '2026-03-23']);
  });

  it('after the preventive check does not repeat it', async () => {
    await desk.runUntil('2026-01-25T00:00:00Z');
    expect(steps()).toEqual(['P1']);
    await commands.moveDueDate('2026-03-31');
    await desk.runUntil('2026-04-06T20:00:00Z');
    expect(steps()).toEqual(['P1', 'A1']);
  });

  it('after notices goes on with the one that follows, at its time from the new date', async () => {
    await desk.runUntil('2026-02-04T11:00:00Z');
    expect(steps()).toEqual(['P1', 'A1']);
    await commands.moveDueDate('2026-06-30');
    await desk.runUntil('2026-06-30T20:00:00Z');
    expect(steps()).toEqual(['P1', 'A1']);
    await desk.runUntil('2026-07-17T20:00:00Z');
    expect(steps().slice(2)).toEqual(['A2', 'A3']);
  });

  it('takes back the letter that names the old date, and it is made again at its time', async () => {
    await desk.climbTo('A4');
    await desk.runUntil('2026-02-20T00:00:00Z');
    const letter = await desk.taskOf('letter');
    await commands.moveDueDate('2026-02-27');
    expect(await desk.ledger.loadTask(letter.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'letter')).toEqual([]);
    await desk.runUntil('2026-03-20T00:00:00Z');
    const again = await desk.taskOf('letter');
    expect([again.step?.stepId, again.taskId === letter.taskId]).toEqual(['A4', false]);
  });

  it('to an earlier day brings the next step forward, never two in a day', async () => {
    await commands.moveDueDate('2026-01-02');
    await desk.runUntil('2026-01-31T00:00:00Z');
    const days = served().map(({ at }) => at.slice(0, 10));
    expect(new Set(days).size).toBe(days.length);
    expect(steps()[0]).toBe('A1');
  });

  it('to the day it has is no change; again, neither', async () => {
    const history = await desk.history();
    expect(await commands.moveDueDate('2026-01-30')).toEqual({ invoiceId: A, wasThere: true });
    expect(await desk.history()).toEqual(history);
    await commands.moveDueDate('2026-02-15');
    expect(await commands.moveDueDate('2026-02-15')).toEqual({ invoiceId: A, wasThere: true });
  });

  it('leaves the invoice the one that was registered: the same body again is no other', async () => {
    await commands.moveDueDate('2026-02-15');
    expect(await desk.register({ customer: aReachableCustomer() })).toBe('unchanged');
    expect((await theCase()).invoice.dueOn).toBe('2026-02-15');
  });

  it('while the case is blocked stays blocked', async () => {
    await commands.block('2026-02-20');
    await commands.moveDueDate('2026-02-15');
    expect(await theCase()).toMatchObject({ standing: 'blocked', invoice: { dueOn: '2026-02-15' } });
  });

  it('is refused before the invoice was issued, and of a case that is over', async () => {
    expect(await commands.moveDueDate('2025-12-30')).toEqual({
      refused: {
        pointer: '/dueOn',
        detail: 'must not be before 2025-12-31, when the invoice was issued, not "2025-12-30"',
      },
    });
    await desk.pay(120_000);
    expect(await commands.moveDueDate('2026-03-31')).toHaveProperty('conflict');
    expect(await commands.moveDueDate('2026-03-31', { invoiceId: 'nobody' })).toBe('unknown-case');
  });
});
