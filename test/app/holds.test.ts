import { beforeEach, describe, expect, it } from 'vitest';
import { viewCase } from '../../lib/app/view-case.ts';
import type { TaskOutcome } from '../../lib/contracts/task-outcome-body.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

describe('a hold on the notices of a case', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
  });

  /** Answers the call of a step, with all confirmations sent. */
  const answer = async (stepId: string, outcome: TaskOutcome) => {
    await desk.runUntil(await desk.climbTo(stepId));
    const call = (await desk.openTasks()).find(({ kind, step }) => kind === 'call' && step?.stepId === stepId);
    await desk.report(call!.taskId, outcome);
    await desk.runUntil(desk.now);
  };

  const nextStep = async () => (await viewCase(desk.planning, A, desk.now))?.nextStep;

  it('moves the next notice to the open day after it, and says why', async () => {
    await answer('A2', { result: 'administrative-block', reason: 'not-on-portal' });
    expect(await nextStep()).toMatchObject({ stepId: 'A3', at: expect.stringMatching(/^2026-02-13/) });
    expect((await nextStep())?.why).toContain('not before 2026-02-13: held by administrative-block until 2026-02-12');
  });

  it('ends early with the money, and does not stand in its way', async () => {
    await answer('A2', { result: 'promise', promisedOn: '2026-02-18' });
    await desk.payInvoice(A);
    expect((await desk.plan(desk.now)).standing).toBe('settled');
  });

  it('is that of the last answer, and the last promise stays known', async () => {
    await answer('A2', { result: 'promise', promisedOn: '2026-02-18' });
    await answer('B2', { result: 'administrative-block', reason: 'not-on-portal' });
    const { hold, promises } = (await desk.ledger.loadCaseFile(A))!.dunningCase;
    expect(hold).toMatchObject({ reason: 'administrative-block' });
    expect(promises.at(-1)).toMatchObject({ promisedOn: '2026-02-18' });
  });

  it('of insolvency lets nothing out until a person lifts it', async () => {
    await answer('A2', { result: 'insolvency' });
    const before = desk.departures.length + desk.assigned.length;
    await desk.runUntil('2026-10-30T00:00:00Z');
    expect(desk.departures.length + desk.assigned.length).toBe(before);
    expect(await nextStep()).toMatchObject({ stepId: 'A3', why: 'held by insolvency until a person lifts it' });
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'none', channel: 'replan' });
  });

  it('keeps a formal notice back that was approved before', async () => {
    // The execution of the first asks for approval and leaves the call; the second has not woken yet, and is still called about.
    await desk.registerSibling('INV-B');
    desk.now = await desk.climbTo('C2');
    await desk.send('C2', desk.now, (await desk.plan(desk.now)).planRevision);
    const call = (await desk.openTasks()).find(({ step }) => step?.stepId === 'C1')!;
    await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
    await desk.report(call.taskId, { result: 'promise', promisedOn: '2026-04-10' });
    await desk.runUntil('2026-04-15T20:00:00Z');
    expect(desk.assigned.filter(({ serves }) => serves.includes('INV-B/C2'))).toEqual([]);
    // Friday 10 April and two open days: on Wednesday the 15th somebody calls about the broken promise.
    expect(await desk.taskOf('promise-broken')).toMatchObject({ dueOn: '2026-04-15' });
    await desk.runUntil('2026-04-16T23:00:00Z');
    // The letter that was approved named both: what leaves about one of them is asked about again.
    const asked = (await desk.openTasks()).filter(({ kind }) => kind === 'approval');
    expect(asked.map(({ invoiceIds }) => invoiceIds).toSorted()).toEqual([['INV-2026-0042'], ['INV-B']]);
    for (const { taskId } of asked) await desk.report(taskId, { result: 'approved' });
    await desk.runUntil('2026-04-17T23:00:00Z');
    const letter = { serves: ['INV-B/C2'], at: expect.stringMatching(/^2026-04-17/) };
    expect(desk.assigned.at(-1)).toMatchObject(letter);
  });
});
