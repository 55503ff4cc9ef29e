import { beforeEach, describe, expect, it } from 'vitest';
import { viewCase } from '../../lib/app/view-case.ts';
import { caseView } from '../../lib/contracts/case-view.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

describe('a promise to pay', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    // A1 left on Tuesday 3 February, A2 is due on Thursday.
    await desk.runUntil('2026-02-04T11:00:00Z');
  });

  const theCase = async () => (await desk.ledger.loadCaseFile(A))!.dunningCase;
  const states = async () => (await theCase()).promises.map(({ state }) => state);
  const served = () => [...desk.departures, ...desk.assigned].map(({ stepId, at }) => [stepId, at.slice(0, 10)]);
  const last = async (type: string) => (await desk.history()).findLast((entry) => entry.type === type);

  it('is confirmed at once, and keeps every notice back until the money can be there', async () => {
    expect(await commands.promise('2026-02-18', 70_000)).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({
      ...{ standing: 'promised', lastAnsweredOn: '2026-02-04' },
      promises: [{ promiseId: '1', promisedOn: '2026-02-18', amountMinor: 70_000, state: 'open', at: desk.now }],
      hold: { reason: 'promise', until: '2026-02-20' },
    });
    await desk.runUntil(desk.now);
    expect(desk.departures.at(-1)).toMatchObject({
      ...{ stepId: 'confirmation-1', template: 'promise-confirmation', at: '2026-02-04T11:00:00Z' },
      facts: { confirms: { result: 'promise', promisedOn: '2026-02-18', amountMinor: 70_000 } },
    });
    // Wednesday the 18th and two open days: Monday the 23rd.
    const { standing, step } = await desk.plan(desk.now);
    expect([standing, step]).toEqual([
      'open',
      { stepId: 'review', level: 'level1', lane: 'promise', channel: 'review', at: '2026-02-22T23:00:00Z' },
    ]);
    const before = served().length;
    await desk.runUntil('2026-02-22T22:59:59Z');
    expect(served()).toHaveLength(before);
  });

  it('is shown with the case, and with what is looked at next', async () => {
    await commands.promise('2026-02-18', 70_000);
    await desk.runUntil(desk.now);
    const overview = await viewCase(desk.planning, A, desk.now);
    expect(caseView({ ...overview!, execution: null })).toMatchObject({
      standing: 'promised',
      nextStep: {
        stepId: 'review',
        why: 'promised by 2026-02-18; looked at on 2026-02-23, when the money can be there',
      },
      promises: [
        { promiseId: '1', promisedOn: '2026-02-18', amount: { amount: '700.00', currency: 'EUR' }, state: 'open' },
      ],
    });
  });

  it('is kept the moment its money is in; the rest is dunned on with the next step', async () => {
    await commands.promise('2026-02-18', 70_000);
    await desk.runUntil('2026-02-10T09:00:00Z');
    await desk.payPart(A, { amountMinor: 30_000, transactionId: 'BK-1' });
    expect(await theCase()).toMatchObject({ standing: 'promised', hold: { reason: 'promise' } });
    await desk.payPart(A, { amountMinor: 40_000, transactionId: 'BK-2' });
    expect(await theCase()).toMatchObject({ standing: 'open', hold: null });
    expect(await states()).toEqual(['kept']);
    expect(await last('PromiseKept')).toMatchObject({
      data: { promiseId: '1', promisedOn: '2026-02-18', paid: { amount: '700.00', currency: 'EUR' } },
    });
    await desk.runUntil('2026-02-11T20:00:00Z');
    expect(desk.assigned.map(({ stepId }) => stepId)).toEqual(['A2']);
  });

  it('is kept when the invoice is settled', async () => {
    await commands.promise('2026-02-18');
    await desk.runUntil('2026-02-10T09:00:00Z');
    await desk.payInvoice(A);
    expect(await theCase()).toMatchObject({ standing: 'settled' });
    expect(await states()).toEqual(['kept']);
    expect((await desk.historyTypes()).slice(-3)).toEqual(['PaymentApplied', 'CaseSettled', 'PromiseKept']);
  });

  it('and how it ended is remembered of the debtor when the invoice is paid', async () => {
    await commands.promise('2026-02-05', 70_000);
    await desk.runUntil('2026-02-10T09:00:00Z');
    expect(await states()).toEqual(['broken']);
    await commands.promise('2026-02-18');
    await desk.payInvoice(A);
    const { closedInvoices } = (await desk.ledger.loadCustomer('C-100'))!;
    expect(closedInvoices).toMatchObject([{ invoiceId: A, promisesKept: 1, promisesBroken: 1 }]);
  });

  it('is partly kept when less came by its day; the rest is dunned on with the next step that day', async () => {
    await commands.promise('2026-02-18', 70_000);
    await desk.runUntil('2026-02-10T09:00:00Z');
    await desk.payPart(A, { amountMinor: 30_000, transactionId: 'BK-1' });
    await desk.runUntil('2026-02-23T20:00:00Z');
    expect(await states()).toEqual(['partly-kept']);
    expect(await last('PromisePartlyKept')).toMatchObject({ data: { paid: { amount: '300.00' } } });
    expect(await theCase()).toMatchObject({ standing: 'open', hold: null });
    expect(served().at(-1)).toEqual(['A2', '2026-02-23']);
    expect((await desk.openTasks()).map(({ kind }) => kind)).toEqual(['call']);
  });

  it('is broken when nothing came: a call that quotes it, and the next step from the next day on', async () => {
    await commands.promise('2026-02-18', 70_000);
    await desk.runUntil('2026-02-23T20:00:00Z');
    expect(await states()).toEqual(['broken']);
    const task = await desk.taskOf('promise-broken');
    expect(task).toMatchObject({
      dueOn: '2026-02-23',
      owner: 'compta@vendeur.example',
      contact: { phone: expect.any(String) },
      invoiceIds: [A],
    });
    expect(task.reason).toContain('On 2026-02-04 700.00 EUR was promised by 2026-02-18, and nothing came');
    expect(served().filter(([, on]) => on === '2026-02-23')).toEqual([]);
    await desk.runUntil('2026-02-24T20:00:00Z');
    expect(served().at(-1)).toEqual(['A2', '2026-02-24']);
    expect((await desk.historyTypes()).filter((type) => type.startsWith('Promise'))).toEqual([
      'PromiseMade',
      'PromiseBroken',
    ]);
  });

  it('that was broken can bring another on the call about it, and no third', async () => {
    await commands.promise('2026-02-18');
    await desk.runUntil('2026-02-23T10:00:00Z');
    const { taskId } = await desk.taskOf('promise-broken');
    expect(await desk.report(taskId, { result: 'promise', promisedOn: '2026-03-02' })).toHaveProperty('task');
    expect(await theCase()).toMatchObject({ standing: 'promised', hold: { reason: 'promise', until: '2026-03-04' } });
    await desk.runUntil('2026-03-05T10:00:00Z');
    expect(await states()).toEqual(['broken', 'broken']);
    const refusal = `Invoice ${A} was promised 2 times already, the last time by 2026-03-02: no further promise is taken; ask for the money or a plan.`;
    expect(await commands.promise('2026-03-20')).toEqual({ conflict: refusal });
    const again = await desk.taskOf('promise-broken');
    expect(await desk.report(again.taskId, { result: 'promise', promisedOn: '2026-03-20' })).toEqual({
      refused: { pointer: '/result', detail: refusal },
    });
    expect(await desk.report(again.taskId, { result: 'done' })).toHaveProperty('task');
  });

  it('is overtaken by another one, and judged by what had come by then', async () => {
    await commands.promise('2026-02-18', 70_000);
    await desk.payPart(A, { amountMinor: 30_000, transactionId: 'BK-1' });
    await commands.promise('2026-02-12');
    expect(await states()).toEqual(['partly-kept', 'open']);
    expect(await theCase()).toMatchObject({ standing: 'promised', hold: { until: '2026-02-16' } });
    expect(await last('PromisePartlyKept')).toMatchObject({ data: { reason: 'overtaken' } });
  });

  it('told twice is taken once', async () => {
    await commands.promise('2026-02-18', 70_000);
    const entries = await desk.historyTypes();
    expect(await commands.promise('2026-02-18', 70_000)).toEqual({ invoiceId: A, wasThere: true });
    expect(await desk.historyTypes()).toEqual(entries);
  });

  it('is judged once however often it is looked at', async () => {
    await commands.promise('2026-02-18');
    await desk.runUntil(desk.now);
    const { planRevision } = await theCase();
    const early = await desk.review('2026-02-20T12:00:00Z', planRevision);
    expect(early).toMatchObject({ outcome: 'nothing-due', step: { lane: 'promise', channel: 'review' } });
    const first = await desk.review('2026-02-23T08:00:00Z', planRevision);
    expect(first).toMatchObject({ outcome: 'promise-judged', step: { stepId: 'A2', lane: 'level1' } });
    const entries = await desk.historyTypes();
    expect(await desk.review('2026-02-23T08:00:00Z', planRevision)).toMatchObject({ outcome: 'nothing-due' });
    expect(await desk.historyTypes()).toEqual(entries);
    expect((await theCase()).planRevision).toBe(planRevision);
  });

  it('waits behind a block, and is awaited again when that is lifted', async () => {
    await commands.promise('2026-02-18');
    await commands.block(null);
    await desk.runUntil('2026-02-10T10:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'blocked', promises: [{ state: 'open' }] });
    await commands.unblock();
    expect(await theCase()).toMatchObject({ standing: 'promised' });
    await commands.block('2026-03-10');
    await desk.runUntil('2026-03-11T10:00:00Z');
    expect(await states()).toEqual(['broken']);
    expect(await theCase()).toMatchObject({ standing: 'open', block: null });
  });

  it('is of no weight once the debtor is said to be insolvent', async () => {
    await desk.runUntil('2026-02-05T12:00:00Z');
    const call = await desk.taskOf('call');
    await desk.report(call.taskId, { result: 'insolvency' });
    await commands.promise('2026-02-18');
    await desk.runUntil('2026-03-30T10:00:00Z');
    expect(await states()).toEqual(['open']);
    expect((await desk.openTasks()).map(({ kind }) => kind)).toEqual(['insolvency']);
  });

  it('is refused with what does not suit the case', async () => {
    const refused = (pointer: string) => ({ refused: { pointer, detail: expect.any(String) } });
    expect(await commands.promise('2026-02-03')).toEqual(refused('/promisedOn'));
    // 180 days are 3 August.
    expect(await commands.promise('2026-08-04')).toEqual(refused('/promisedOn'));
    expect(await commands.promise('2026-02-18', 120_001)).toEqual(refused('/amount/amount'));
    const dollars = { amount: { amountMinor: 1, currency: 'USD' } };
    expect(await commands.promise('2026-02-18', undefined, dollars)).toEqual(refused('/amount/currency'));
    expect(await commands.promise('2026-02-18', undefined, { invoiceId: 'nobody' })).toBe('unknown-case');
    await desk.payInvoice(A);
    expect(await commands.promise('2026-02-18')).toHaveProperty('conflict');
  });

  it('tells who promised in the case, and not in the history', async () => {
    await commands.promise('2026-02-18', undefined, { contact: 'Anne Martin', note: 'by transfer' });
    expect((await theCase()).remarks).toMatchObject([
      { type: 'PromiseMade', reason: 'Anne Martin promised. by transfer', actor: 'anne' },
    ]);
    expect(JSON.stringify(await desk.history())).not.toContain('Martin');
  });

  it('takes the call that lies on the list back', async () => {
    await desk.runUntil('2026-02-05T12:00:00Z');
    const { taskId } = await desk.taskOf('call');
    await commands.promise('2026-02-18');
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
  });
});

describe('a promise told on a call about several invoices', () => {
  it('goes to the invoices in their order, and what it does not reach is dunned on', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B');
    await desk.runUntil('2026-02-05T12:00:00Z');
    const { taskId, invoiceIds } = await desk.taskOf('call');
    const amount = { amountMinor: 90_000, currency: 'EUR' };
    await desk.report(taskId, { result: 'promise', promisedOn: '2026-02-18', amount });
    const [first, second] = await Promise.all(
      invoiceIds.map(async (invoiceId) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase),
    );
    expect(first).toMatchObject({ standing: 'promised', promises: [{ amountMinor: 90_000 }] });
    expect(second).toMatchObject({ standing: 'open', promises: [], hold: null });
  });
});
