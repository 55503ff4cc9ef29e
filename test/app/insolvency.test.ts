import { beforeEach, describe, expect, it } from 'vitest';
import { viewCase } from '../../lib/app/view-case.ts';
import { changeTransaction } from '../../lib/ledger/change-transaction.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
/** Due later: on no call of the first invoice. */
const B = 'INV-B';

/** Noon of Thursday 5 February: the call of step A2 is on the list. */
const NOON = '2026-02-05T11:00:00Z';

describe('insolvency proceedings that a debtor tells of', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { dueOn: '2026-02-28' });
    await desk.runUntil(NOON);
    await desk.report((await desk.taskOf('call')).taskId, { result: 'insolvency', openedOn: '2026-02-01' });
    desk.departures.splice(0);
  });

  const record = async () => (await desk.ledger.loadCustomer('C-100'))!;
  const view = (invoiceId: string) => viewCase(desk.planning, invoiceId, desk.now);
  const refuse = async () => desk.report((await desk.taskOf('insolvency')).taskId, { result: 'refused' });

  it('are the debtor’s: every open invoice waits for a person, and says why', async () => {
    expect(await record()).toMatchObject({ insolventSince: '2026-02-01' });
    expect(await record()).not.toHaveProperty('isTellingPending');
    for (const invoiceId of [A, B]) {
      expect(await view(invoiceId)).toMatchObject({
        hold: { reason: 'insolvency', until: null },
        nextStep: { why: 'held by insolvency until a person lifts it' },
      });
    }
    expect((await desk.history(B)).at(-1)).toMatchObject({ type: 'HoldPlaced', data: { reason: 'insolvency' } });
    expect((await desk.ledger.loadCaseFile(B))?.dunningCase.planRevision).toBe(2);
  });

  it('let nothing out, of new invoices neither', async () => {
    await desk.registerSibling('INV-NEW', { dueOn: '2026-03-31' });
    await desk.runUntil('2026-09-30T00:00:00Z');
    expect(desk.departures).toEqual([]);
    expect((await desk.openTasks()).map(({ kind }) => kind)).toEqual(['insolvency']);
  });

  it('hold on once the claim is declared', async () => {
    const { taskId } = await desk.taskOf('insolvency');
    expect(await desk.report(taskId, { result: 'done' })).toMatchObject({ task: { outcome: 'done' } });
    await desk.runUntil('2026-09-30T00:00:00Z');
    expect(desk.departures).toEqual([]);
    expect(await record()).toMatchObject({ insolventSince: '2026-02-01' });
  });

  it('hold no more when a person finds that there are none: every open invoice goes on', async () => {
    expect(await refuse()).toMatchObject({ task: { state: 'done', outcome: 'refused' } });
    expect(await record()).toMatchObject({ insolventSince: null });
    for (const invoiceId of [A, B]) {
      expect(await view(invoiceId)).toMatchObject({ hold: null });
      expect(await desk.historyTypes(invoiceId)).toContain('HoldLifted');
    }
    await desk.runUntil('2026-03-31T00:00:00Z');
    expect(desk.departures.length).toBeGreaterThan(0);
  });

  it.each([
    ['the invoice it was told of is paid', () => desk.payInvoice(A)],
    ['the claim is declared', async () => desk.report((await desk.taskOf('insolvency')).taskId, { result: 'done' })],
  ])('can be found not to be true once %s', async (_when, happens) => {
    const { taskId } = await desk.taskOf('insolvency');
    await happens();
    expect(await view(B)).toMatchObject({ hold: { reason: 'insolvency' } });
    expect(await desk.report(taskId, { result: 'done' })).toMatchObject({ conflict: expect.any(String) });
    expect(await desk.report(taskId, { result: 'refused' })).toMatchObject({ task: { outcome: 'refused' } });
    expect(await view(B)).toMatchObject({ hold: null });
    expect(await desk.report(taskId, { result: 'refused' })).toMatchObject({ conflict: expect.any(String) });
  });

  it('fit one transaction when they are told of as many invoices as a call can be about', async () => {
    const other = new Desk();
    await other.register({ customer: aReachableCustomer() });
    for (let number = 1; number <= 12; number += 1) await other.registerSibling(`INV-${number}`);
    await other.runUntil(NOON);
    const call = await other.taskOf('call');
    expect(call.invoiceIds).toHaveLength(13);
    const commit = other.ledger.commit.bind(other.ledger);
    other.ledger.commit = (change) => {
      changeTransaction({ ledgerTable: 'ledger', historyTable: 'history' }, change);
      return commit(change);
    };
    await other.report(call.taskId, { result: 'insolvency' });
    await other.report((await other.taskOf('insolvency')).taskId, { result: 'refused' });
    expect((await other.ledger.loadCustomer('C-100'))?.insolventSince).toBeNull();
  });

  it('takes no other result', async () => {
    const { taskId } = await desk.taskOf('insolvency');
    expect(await desk.report(taskId, { result: 'approved' })).toMatchObject({ refused: { pointer: '/result' } });
  });
});

describe('insolvency that is told while letters lie ready', () => {
  it('takes back those about other invoices too', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(await desk.climbTo('A4'));
    const letter = await desk.taskOf('letter');
    // Its first call falls on the days of the letter of the first.
    await desk.registerSibling(B, { dueOn: '2026-02-11' });
    let call = (await desk.openTasks()).find(({ kind, invoiceIds }) => kind === 'call' && invoiceIds.includes(B));
    for (let day = 18; !call && day < 28; day += 1) {
      await desk.runUntil(`2026-02-${day}T20:00:00Z`);
      call = (await desk.openTasks()).find(({ kind, invoiceIds }) => kind === 'call' && invoiceIds.includes(B));
    }
    await desk.report(call!.taskId, { result: 'insolvency' });
    expect(await desk.ledger.loadTask(letter.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    expect(await desk.claim('A4')).toMatchObject({ state: 'released' });
  });
});
