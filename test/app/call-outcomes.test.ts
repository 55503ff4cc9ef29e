import { beforeEach, describe, expect, it } from 'vitest';
import type { TaskOutcome } from '../../lib/contracts/task-outcome-body.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
/** Wakes after the first invoice, whose call it joins. */
const B = 'INV-Z';

/** Noon of Thursday 5 February: the call of step A2 about two invoices due on Friday 30 January is on the list. */
const NOON = '2026-02-05T11:00:00Z';

describe('what a debtor says on a call', () => {
  let desk: Desk;
  let call: Task;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil(NOON);
    call = await desk.taskOf('call');
    desk.departures.splice(0);
  });

  const dunningCase = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;

  /** What is told of the answer in the history of each case. */
  const told = async (invoiceId: string) =>
    (await desk.history(invoiceId)).filter(({ type }) => type === 'AnswerRecorded').map(({ data }) => data);

  const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

  const holds: [string, TaskOutcome, string, string | null][] = [
    // Wednesday the 18th and two open days.
    ['a promise', { result: 'promise', promisedOn: '2026-02-18' }, 'promise', '2026-02-20'],
    [
      'a payment that is said to be made',
      { result: 'paid-claimed', paidOn: '2026-02-03' },
      'paid-claimed',
      '2026-02-10',
    ],
    [
      'a missing purchase order',
      { result: 'administrative-block', reason: 'missing-purchase-order' },
      'administrative-block',
      '2026-02-12',
    ],
    ['insolvency', { result: 'insolvency', openedOn: '2026-02-01' }, 'insolvency', null],
  ];

  it.each(holds)('holds the notices of every invoice of the call: %s', async (_name, outcome, reason, until) => {
    await desk.report(call.taskId, outcome);
    for (const invoiceId of [A, B]) {
      expect(await dunningCase(invoiceId)).toMatchObject({
        hold: { reason, since: '2026-02-05', until },
        lastAnsweredOn: '2026-02-05',
        planRevision: 2,
      });
      expect(await desk.claim('A2', invoiceId)).toMatchObject({ state: 'sent', channel: 'call' });
      expect(await told(invoiceId)).toHaveLength(1);
      const held = (await desk.history(invoiceId)).find(({ type }) => type === 'HoldPlaced');
      expect(held).toMatchObject({ data: { reason, until } });
    }
  });

  it.each([{ result: 'cash-difficulty', proposal: 'Two months' }, { result: 'refusal' }] as const)(
    'holds nothing when it is $result: the ladder goes on',
    async (outcome) => {
      await desk.report(call.taskId, outcome);
      expect(await dunningCase()).toMatchObject({ hold: null, lastAnsweredOn: '2026-02-05' });
      expect((await desk.plan(NOON)).step).toMatchObject({ stepId: 'confirmation-1' });
      await desk.runUntil(NOON);
      expect((await desk.plan(NOON)).step).toMatchObject({ stepId: 'A3' });
    },
  );

  const confirmations: [TaskOutcome, string, Record<string, unknown>][] = [
    [
      { result: 'promise', promisedOn: '2026-02-18', amount: EUR(90_000) },
      'promise-confirmation',
      { result: 'promise', promisedOn: '2026-02-18', amountMinor: 90_000 },
    ],
    [{ result: 'paid-claimed' }, 'paid-claimed-confirmation', { result: 'paid-claimed' }],
    [
      { result: 'dispute', category: 'quality', amount: EUR(30_000) },
      'dispute-confirmation',
      { result: 'dispute', category: 'quality', amountMinor: 30_000 },
    ],
    [
      { result: 'administrative-block', reason: 'wrong-entity' },
      'block-confirmation',
      { result: 'administrative-block', category: 'wrong-entity' },
    ],
    [{ result: 'cash-difficulty' }, 'call-summary', { result: 'cash-difficulty' }],
    [{ result: 'refusal' }, 'call-summary', { result: 'refusal' }],
  ];

  it.each(confirmations)(
    'is confirmed in writing the same day, once for all invoices: %o',
    async (outcome, template, confirms) => {
      await desk.report(call.taskId, outcome);
      await desk.runUntil(NOON);
      expect(desk.departures).toMatchObject([
        {
          ...{ template, channel: 'email', to: ['compta@martin.example'], cc: [], at: NOON },
          ...{ stepId: 'confirmation-1', invoiceIds: [A, B], serves: [`${A}/confirmation-1`] },
          facts: { confirms: { ...confirms, on: '2026-02-05' } },
        },
      ]);
      await desk.runUntil('2026-02-06T08:00:00Z');
      expect(desk.departures).toHaveLength(1);
      const sent = (await desk.history()).findLast(({ type }) => type === 'NoticeSent');
      expect(sent).toMatchObject({ data: { stepId: 'confirmation-1', level: null } });
    },
  );

  it('is not confirmed when it is insolvency: the claim has to be declared instead', async () => {
    await desk.report(call.taskId, { result: 'insolvency', openedOn: '2026-02-01' });
    await desk.runUntil('2026-06-30T00:00:00Z');
    expect(desk.departures).toEqual([]);
    expect(await desk.taskOf('insolvency')).toMatchObject({ dueOn: '2026-04-01', invoiceIds: [A, B] });
  });

  it('is confirmed in the evening too, and beyond the contact budget: somebody has just spoken with them', async () => {
    desk.now = '2026-02-05T19:30:00Z';
    await desk.report(call.taskId, { result: 'promise', promisedOn: '2026-02-18' });
    await desk.runUntil(desk.now);
    expect(desk.departures.map(({ stepId, at }) => [stepId, at])).toEqual([['confirmation-1', '2026-02-05T19:30:00Z']]);
    const contacts = (await desk.ledger.loadCustomer('C-100'))!.contacts;
    expect(contacts.filter(({ step }) => step.stepId.startsWith('confirmation'))).toEqual([]);
  });

  it('opens a dispute for whoever is named, with the proof to put together', async () => {
    await desk.report(call.taskId, { result: 'dispute', category: 'delivery', ownerEmail: 'log@vendeur.example' });
    expect(await desk.taskOf('dispute')).toMatchObject({ owner: 'log@vendeur.example', dueOn: '2026-02-09' });
  });

  it('opens a dispute for the sales representative when nobody is named', async () => {
    await desk.report(call.taskId, { result: 'dispute', category: 'delivery' });
    expect(await desk.taskOf('dispute')).toMatchObject({ owner: 'paul@vendeur.example' });
    expect((await dunningCase()).openTaskIds).toEqual([(await desk.taskOf('dispute')).taskId]);
  });

  it('keeps what was typed with the task, amounts as text', async () => {
    const promise = {
      result: 'promise',
      promisedOn: '2026-02-18',
      method: 'transfer',
      contact: 'Anne Martin',
    } as const;
    await desk.report(call.taskId, { ...promise, amount: EUR(90_000), note: 'She was friendly.' });
    expect(await desk.ledger.loadTask(call.taskId)).toMatchObject({
      note: 'She was friendly.',
      answer: {
        ...{ promisedOn: '2026-02-18', method: 'transfer', contact: 'Anne Martin' },
        amount: { amount: '900.00', currency: 'EUR' },
      },
    });
  });

  it('leaves no answer when there was nothing to tell', async () => {
    await desk.report(call.taskId, { result: 'refusal', note: 'She hung up.' });
    expect(await desk.ledger.loadTask(call.taskId)).not.toHaveProperty('answer');
  });

  it('has a payment looked for while notices wait', async () => {
    await desk.report(call.taskId, { result: 'paid-claimed', paidOn: '2026-02-03', bankReference: 'VIR-77' });
    const task = await desk.taskOf('attention');
    expect(task).toMatchObject({ title: 'Look for a payment', dueOn: '2026-02-10', invoiceIds: [A, B] });
    expect(task.reason).toContain('paid on 2026-02-03 under the bank reference VIR-77');
    expect(JSON.stringify(await desk.history())).not.toContain('VIR-77');
  });

  it('has an administrative block cleared while notices wait', async () => {
    await desk.report(call.taskId, { result: 'administrative-block', reason: 'missing-purchase-order' });
    const task = await desk.taskOf('attention');
    expect(task).toMatchObject({
      ...{ title: 'Clear an administrative block: missing-purchase-order', dueOn: '2026-02-12' },
      reason: expect.stringContaining('purchase order is missing'),
    });
  });

  it('asks a person to answer a request for time to pay', async () => {
    await desk.report(call.taskId, { result: 'cash-difficulty' });
    expect(await desk.taskOf('attention')).toMatchObject({
      title: 'Answer a request for time to pay',
      dueOn: '2026-02-09',
    });
  });

  it('is recalled in the notices that follow', async () => {
    await desk.report(call.taskId, { result: 'promise', promisedOn: '2026-02-18', amount: EUR(240_000) });
    await desk.runUntil('2026-02-28T00:00:00Z');
    const next = desk.departures.find(({ stepId }) => stepId === 'A3');
    // Held until Friday the 20th; on Monday the 23rd somebody calls about the broken promise.
    expect(next?.at.slice(0, 10)).toBe('2026-02-24');
    expect(next?.facts.lastPromise).toEqual({ promisedOn: '2026-02-18', amountMinor: 120_000 });
    expect(next?.facts.pastContacts.map(({ channel }) => channel)).toEqual(['email', 'email', 'call']);
  });

  it.each([
    [{ result: 'promise', promisedOn: '2026-02-04' } as const, '/promisedOn'],
    // 180 days are 4 August.
    [{ result: 'promise', promisedOn: '2026-08-05' } as const, '/promisedOn'],
    [{ result: 'dispute', category: 'price', reviewOn: '2026-02-04' } as const, '/reviewOn'],
    [{ result: 'insolvency', openedOn: '2026-02-06' } as const, '/openedOn'],
    [{ result: 'promise', promisedOn: '2026-02-18', amount: EUR(240_001) } as const, '/amount/amount'],
    [
      { result: 'dispute', category: 'price', amount: { amountMinor: 1, currency: 'USD' } } as const,
      '/amount/currency',
    ],
    [{ result: 'posted', postedOn: '2026-02-05' } as const, '/result'],
    [{ result: 'done' } as const, '/result'],
  ])('is refused with the field when it cannot be: %o', async (outcome, pointer) => {
    expect(await desk.report(call.taskId, outcome)).toMatchObject({ refused: { pointer } });
    expect(await desk.claim('A2')).toMatchObject({ state: 'assigned' });
  });

  it('is taken once', async () => {
    await desk.report(call.taskId, { result: 'refusal' });
    expect(await desk.report(call.taskId, { result: 'refusal' })).toMatchObject({ conflict: expect.any(String) });
    expect(await desk.report('call-nowhere', { result: 'refusal' })).toBe('unknown-task');
    expect((await dunningCase()).confirmations).toHaveLength(1);
  });

  it('is taken once when two people report it at once', async () => {
    const outcome = { result: 'promise', promisedOn: '2026-02-18' } as const;
    const both = await Promise.all([desk.report(call.taskId, outcome), desk.report(call.taskId, outcome)]);
    expect(both.filter((answer) => typeof answer === 'object' && 'task' in answer)).toHaveLength(1);
    expect((await dunningCase()).confirmations).toHaveLength(1);
  });

  it('speaks of nothing that is paid meanwhile', async () => {
    await desk.payInvoice(A);
    expect(await desk.report(call.taskId, { result: 'refusal' })).toMatchObject({ conflict: expect.any(String) });
    await desk.runUntil(desk.now);
    const rest = await desk.taskOf('call');
    await desk.report(rest.taskId, { result: 'promise', promisedOn: '2026-02-18' });
    expect((await dunningCase()).hold).toBeNull();
    await desk.runUntil(desk.now);
    expect(desk.departures).toMatchObject([{ stepId: 'confirmation-1', invoiceIds: [B] }]);
  });

  it('comes too late when everything is paid: the call is off the list', async () => {
    await desk.payInvoice(A);
    await desk.payInvoice(B);
    expect(await desk.ledger.loadTask(call.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.runUntil(desk.now);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'call')).toEqual([]);
    expect(await desk.report(call.taskId, { result: 'refusal' })).toMatchObject({ conflict: expect.any(String) });
  });
});

describe('a call that nobody answers', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil(NOON);
  });

  /** Reports that nobody answered the call on the list, on the day it was due. */
  const nobody = async () => {
    const call = await desk.taskOf('call');
    desk.now = `${call.dueOn}T15:00:00Z`;
    await desk.report(call.taskId, { result: 'no-contact', reason: 'no-answer' });
    return call;
  };

  it('is tried again on another open day in the other part of it, three times in all; then a person finds another way', async () => {
    const first = await nobody();
    const second = await nobody();
    expect([second.attempt, second.dueOn, second.reason]).toEqual([
      ...[2, '2026-02-06'],
      'Nobody answered before. Try between 14:00 and 18:00, their time; attempt 2.',
    ]);
    const third = await nobody();
    // Three contacts in seven days are enough: A1 on the 2nd, and the calls.
    expect([third.attempt, third.dueOn > second.dueOn, third.reason.includes('09:00 and 12:00')]).toEqual([
      3,
      true,
      true,
    ]);
    expect(third).toMatchObject({ invoiceIds: first.invoiceIds, contact: first.contact, script: first.script });
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'call')).toEqual([]);
    expect(await desk.taskOf('no-contact')).toMatchObject({ invoiceIds: [A, B] });
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A2', invoiceId)).toMatchObject({ state: 'failed', failureReason: 'nobody-reached' });
    }
  });

  it('closes each of its tasks in the history, and confirms nothing', async () => {
    const { taskId } = await nobody();
    expect((await desk.history()).filter(({ type }) => type === 'TaskClosed').map(({ data }) => data)).toEqual([
      { taskId, outcome: 'no-contact' },
    ]);
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase).toMatchObject({ confirmations: [], lastAnsweredOn: null });
  });

  it('does not stop the ladder: the next notice has its turn on a day of its own', async () => {
    await nobody();
    const { dueOn } = await desk.taskOf('call');
    await desk.runUntil('2026-02-20T00:00:00Z');
    const next = desk.departures.find(({ stepId }) => stepId === 'A3');
    expect(next).toBeDefined();
    expect(next?.at.slice(0, 10)).not.toBe(dueOn);
  });

  it('is with the wrong person: their addresses are marked, and the next contact is called the same day', async () => {
    const call = await desk.taskOf('call');
    await desk.report(call.taskId, { result: 'wrong-contact' });
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({
      '+33612345678': 'wrong',
      'compta@martin.example': 'wrong',
    });
    await desk.runUntil('2026-02-05T16:30:00Z');
    const again = await desk.taskOf('call');
    expect(again).toMatchObject({ contact: { name: 'Luc Roy', phone: '+33612345679' } });
    expect([...again.invoiceIds].sort()).toEqual([A, B]);
    expect(again.taskId).not.toBe(call.taskId);
  });
});
