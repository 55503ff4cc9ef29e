import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { commitEdit } from '../../lib/app/edit-case.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { caseView } from '../../lib/contracts/case-view.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { aCredit, aCustomer, aReachableCustomer } from '../support/builders.ts';
import { aDispute } from '../support/case-builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const PLAN = ['2026-02-06', '2026-03-06', '2026-04-03'];

describe('a plan to pay in instalments', () => {
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
  const plan = async () => (await theCase()).instalmentPlan!;
  const left = () => desk.departures.map(({ template, at }) => [template, at.slice(0, 10)]);
  const served = () => [...desk.departures, ...desk.assigned].map(({ stepId, at }) => [stepId, at.slice(0, 10)]);
  const facts = async (prefix: RegExp) =>
    (await desk.history()).filter(({ type }) => prefix.test(type)).map(({ type, at }) => [type, at.slice(0, 10)]);
  const shown = async () => caseView({ ...(await viewCase(desk.planning, A, desk.now))!, execution: null });
  const change = async (changes: Partial<DunningCase>, at: string) =>
    commitEdit(desk.ledger, (await desk.ledger.loadCaseFile(A))!, { changes, wakes: true }, at);
  const pay = (amountMinor: number, transactionId: string) => desk.payPart(A, { amountMinor, transactionId });

  it('is confirmed in writing at once with every part, and waits in its lane', async () => {
    expect(await commands.plan(PLAN)).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({ standing: 'instalments', lastAnsweredOn: '2026-02-04' });
    await desk.runUntil(desk.now);
    expect(desk.departures.at(-1)).toMatchObject({
      ...{ stepId: 'confirmation-1', template: 'plan-agreement', at: '2026-02-04T11:00:00Z' },
      facts: {
        grantsDays: 8,
        confirms: { result: 'plan-agreed', on: '2026-02-04', amountMinor: 40_000 },
        instalments: PLAN.map((dueOn) => ({ dueOn, amountMinor: 40_000 })),
      },
    });
    const { step } = await desk.plan(desk.now);
    // The part of Friday the 6th is not announced: the agreement names it. Monday the 9th it is looked at.
    expect(step).toMatchObject({ stepId: 'review', lane: 'instalment', channel: 'review' });
    expect(step?.at.slice(0, 10)).toBe('2026-02-09');
  });

  it('is kept: each part is announced three days before, and paid', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-05T10:00:00Z');
    await pay(40_000, 'BK-1');
    await desk.runUntil('2026-03-05T10:00:00Z');
    await pay(40_000, 'BK-2');
    await desk.runUntil('2026-04-02T10:00:00Z');
    // Three days before Friday 3 April is a Tuesday.
    await pay(40_000, 'BK-3');
    await desk.runUntil('2026-06-30T10:00:00Z');
    expect(left().slice(-3)).toEqual([
      ['plan-agreement', '2026-02-04'],
      ['instalment-reminder', '2026-03-03'],
      ['instalment-reminder', '2026-03-31'],
    ]);
    expect(desk.departures.at(-1)).toMatchObject({
      facts: { confirms: { amountMinor: 40_000 }, instalments: [{ dueOn: '2026-04-03', amountMinor: 40_000 }] },
    });
    expect(await theCase()).toMatchObject({ standing: 'settled', instalmentPlan: { state: 'kept' } });
    expect((await desk.historyTypes()).slice(-3)).toEqual(['PaymentApplied', 'CaseSettled', 'PlanKept']);
    expect(await desk.openTasks()).toEqual([]);
  });

  it('goes on when what was missed is paid after the default notice', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-09T20:00:00Z');
    expect(left().at(-1)).toEqual(['instalment-default-notice', '2026-02-09']);
    expect(desk.departures.at(-1)?.facts).toMatchObject({
      respondBy: '2026-02-17',
      instalments: [{ dueOn: '2026-02-06', amountMinor: 40_000 }],
    });
    expect((await shown()).instalmentPlan?.instalments.map(({ state }) => state)).toEqual([
      'missed',
      'upcoming',
      'upcoming',
    ]);
    await desk.runUntil('2026-02-17T09:00:00Z');
    await pay(40_000, 'BK-1');
    await desk.runUntil('2026-03-02T20:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'instalments', instalmentPlan: { state: 'running' } });
    expect(left().at(-1)).toEqual(['instalment-default-notice', '2026-02-09']);
    await desk.runUntil('2026-03-03T20:00:00Z');
    expect(left().at(-1)).toEqual(['instalment-reminder', '2026-03-03']);
  });

  it('is broken eight days after the default notice: a call that day, and the firm level from the next', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-17T20:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'instalments' });
    await desk.runUntil('2026-02-18T20:00:00Z');
    expect(await theCase()).toMatchObject({
      ...{ standing: 'open', instalmentPlan: { state: 'broken' } },
      hold: { reason: 'plan-broken', until: '2026-02-18' },
      resumesFrom: { level: 'level2', afterStepId: null },
    });
    const task = await desk.taskOf('attention');
    expect(task).toMatchObject({ dueOn: '2026-02-18', owner: 'compta@vendeur.example', invoiceIds: [A] });
    expect(task.reason).toContain('By the plan of 2026-02-04 400.00 EUR was due on 2026-02-06, and 400.00 EUR of it');
    expect(task.contact?.phone).toBeDefined();
    expect(await facts(/Plan|Instalment/)).toEqual([
      ['PlanAgreed', '2026-02-04'],
      ['InstalmentMissed', '2026-02-09'],
      ['PlanBroken', '2026-02-17'], // 23:00 in UTC: Wednesday the 18th begins in Paris
    ]);
    expect(served().filter(([, on]) => on === '2026-02-18')).toEqual([]);
    await desk.runUntil('2026-03-31T20:00:00Z');
    expect(desk.departures.filter(({ at }) => at > '2026-02-18').map(({ level }) => level)).not.toContain('level1');
    expect(served().find(([, on]) => on! > '2026-02-18')?.[0]).toMatch(/^B/);
  });

  it('never writes about money that came in between: not when it was only planned', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-08T10:00:00Z');
    const { planRevision } = await theCase();
    const review = (await desk.plan(desk.now)).step!;
    await desk.review(review.at, planRevision);
    expect((await plan()).instalments[0]).toMatchObject({ missedOn: '2026-02-09' });
    const { step } = await desk.plan(review.at);
    expect(step).toMatchObject({ stepId: 'confirmation-2', channel: 'email' });
    await pay(40_000, 'BK-1');
    await expect(desk.send('confirmation-2', step!.at, planRevision)).rejects.toThrow('moved from revision');
    // Nor by an execution that has read the new facts, and still asks for the old step.
    await expect(desk.send('confirmation-2', step!.at, planRevision + 1)).rejects.toThrow('is not due');
    await desk.runUntil('2026-03-02T10:00:00Z');
    expect(left().at(-1)).toEqual(['plan-agreement', '2026-02-04']);
  });

  it('never writes about money that came in between: not while the message is being written', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-08T10:00:00Z');
    const { planRevision } = await theCase();
    const review = (await desk.plan(desk.now)).step!;
    await desk.review(review.at, planRevision);
    desk.now = review.at;
    const { provider } = desk;
    const prepare = provider.prepare.bind(provider);
    provider.prepare = async (order) => {
      await pay(40_000, 'BK-1');
      return prepare(order);
    };
    await expect(desk.send('confirmation-2', review.at, planRevision)).rejects.toThrow();
    expect(await desk.claim('confirmation-2')).toBeUndefined();
    await desk.runUntil('2026-03-02T10:00:00Z');
    expect(left().at(-1)).toEqual(['plan-agreement', '2026-02-04']);
  });

  it('never writes about money that came in between: not when the message was put off', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-08T10:00:00Z');
    desk.turns.push({ outcome: 'not-now', leaves: false });
    const review = (await desk.plan(desk.now)).step!;
    await desk.review(review.at, (await theCase()).planRevision);
    desk.now = review.at;
    await desk.send('confirmation-2', review.at, (await theCase()).planRevision).catch(() => undefined);
    expect(await desk.claim('confirmation-2')).toMatchObject({ state: 'released' });
    await commands.credit(90_000);
    await pay(30_000, 'BK-1');
    expect(await theCase()).toMatchObject({ standing: 'settled' });
    expect(left().at(-1)).toEqual(['plan-agreement', '2026-02-04']);
  });

  it('asks for what is still to come when a part of it came', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-05T10:00:00Z');
    await pay(15_000, 'BK-1');
    expect((await shown()).instalmentPlan?.instalments[0]).toEqual({
      ...{ dueOn: '2026-02-06', state: 'partly-paid' },
      amount: { amount: '400.00', currency: 'EUR' },
      paid: { amount: '150.00', currency: 'EUR' },
    });
    await desk.runUntil('2026-02-09T20:00:00Z');
    expect(desk.departures.at(-1)).toMatchObject({
      facts: { confirms: { amountMinor: 25_000 }, instalments: [{ dueOn: '2026-02-06', amountMinor: 25_000 }] },
    });
  });

  it('is shortened from its end by a credit note, and ends with it when that covers the rest', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-05T10:00:00Z');
    await pay(40_000, 'BK-1');
    await commands.credit(50_000);
    const amounts = (await shown()).instalmentPlan?.instalments.map(({ amount, state }) => [amount.amount, state]);
    expect(amounts).toEqual([
      ['400.00', 'paid'],
      ['300.00', 'upcoming'],
      ['0.00', 'paid'],
    ]);
    await commands.credit(30_000, { creditNoteId: 'CN-2' });
    expect(await theCase()).toMatchObject({ standing: 'settled', instalmentPlan: { state: 'ended' } });
    await desk.runUntil('2026-06-30T10:00:00Z');
    expect(left().at(-1)).toEqual(['plan-agreement', '2026-02-04']);
  });

  it('overtakes a promise, and takes the call on the list back', async () => {
    await desk.runUntil('2026-02-05T12:00:00Z');
    const { taskId } = await desk.taskOf('call');
    await commands.plan(['2026-02-06', '2026-03-06']);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.payInvoice(A);
    await desk.registerSibling('INV-B');
    await commands.promise('2026-02-18', undefined, { invoiceId: 'INV-B' });
    await commands.plan(['2026-02-06', '2026-03-06'], { invoiceId: 'INV-B' });
    const other = (await desk.ledger.loadCaseFile('INV-B'))!.dunningCase;
    expect(other).toMatchObject({ standing: 'instalments', promises: [{ state: 'broken' }], hold: null });
    expect((await desk.history('INV-B')).find(({ type }) => type === 'PromiseBroken')).toMatchObject({
      data: { reason: 'overtaken' },
    });
  });

  it('takes no promise beside it', async () => {
    await commands.plan(PLAN);
    const conflict = `Invoice ${A} is paid by the plan agreed on 2026-02-04: no promise is taken beside it; agree another plan instead.`;
    expect(await commands.promise('2026-02-18')).toEqual({ conflict });
  });

  it('told twice is taken once, also when a part of it came meanwhile', async () => {
    await commands.plan(PLAN);
    const entries = await desk.historyTypes();
    expect(await commands.plan(PLAN)).toEqual({ invoiceId: A, wasThere: true });
    expect(await desk.historyTypes()).toEqual(entries);
    await pay(40_000, 'BK-1');
    expect(await commands.plan(PLAN)).toEqual({ invoiceId: A, wasThere: true });
    const same = PLAN.map((on): [string, number] => [on, 40_000]);
    expect(await commands.plan(same)).toEqual({ invoiceId: A, wasThere: true });
  });

  it('is replaced by another one, whose agreement alone is written when the first did not leave yet', async () => {
    await commands.plan(PLAN);
    await commands.plan(['2026-02-05', '2026-03-05']);
    await desk.runUntil(desk.now);
    expect(await plan()).toMatchObject({ planId: '2', state: 'running' });
    expect(desk.departures.map(({ stepId }) => stepId).filter((stepId) => stepId.startsWith('conf'))).toEqual([
      'confirmation-2',
    ]);
    const agreed = (await desk.history()).filter(({ type }) => type === 'PlanAgreed').map(({ data }) => data);
    expect(agreed).toMatchObject([{ planId: '1' }, { planId: '2', replaces: '1' }]);
  });

  it('waits behind a block: nothing is sent, and what was missed meanwhile is told after it, in one message', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-05T10:00:00Z');
    await commands.block('2026-03-10');
    const before = left().length;
    await desk.runUntil('2026-03-10T20:00:00Z');
    expect(left()).toHaveLength(before);
    await desk.runUntil('2026-03-11T20:00:00Z');
    expect(left().slice(before)).toEqual([['instalment-default-notice', '2026-03-11']]);
    expect(desk.departures.at(-1)?.facts).toMatchObject({
      confirms: { amountMinor: 80_000 },
      instalments: [{ dueOn: '2026-02-06' }, { dueOn: '2026-03-06' }],
    });
    await desk.runUntil('2026-03-19T20:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'instalments' });
    await desk.runUntil('2026-03-20T20:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'open', instalmentPlan: { state: 'broken' } });
  });

  it('writes an agreement that a block kept back, and nothing else that day', async () => {
    await commands.block('2026-03-10');
    await commands.plan(PLAN);
    await desk.runUntil('2026-03-11T20:00:00Z');
    expect(left().slice(-1)).toEqual([['plan-agreement', '2026-03-11']]);
    await desk.runUntil('2026-03-12T20:00:00Z');
    expect(left().slice(-1)).toEqual([['instalment-default-notice', '2026-03-12']]);
  });

  it('is of no weight once the debtor is said to be insolvent, and none is made then', async () => {
    await desk.registerSibling('INV-B', { dueOn: '2026-01-20' });
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-11T15:00:00Z');
    const call = (await desk.openTasks()).find(({ kind }) => kind === 'call')!;
    await desk.report(call.taskId, { result: 'insolvency' });
    const before = left().length;
    await desk.runUntil('2026-04-30T12:00:00Z');
    expect(left()).toHaveLength(before);
    expect(await plan()).toMatchObject({ state: 'running' });
    expect(await commands.plan(['2026-05-01', '2026-06-01'])).toEqual({
      conflict: expect.stringContaining('is said to be insolvent since 2026-02-11'),
    });
  });

  it('waits for a dispute about the whole, is not made while there is one, and goes on after it from facts', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-08T10:00:00Z');
    const review = (await desk.plan(desk.now)).step!;
    await desk.review(review.at, (await theCase()).planRevision);
    const dispute = aDispute({ openedOn: '2026-02-09', reviewOn: '2026-02-23', at: review.at });
    await change({ disputes: [dispute], standing: 'disputed' }, review.at);
    expect(await commands.plan(['2026-02-10', '2026-03-10'])).toEqual({
      conflict: `Invoice ${A} is disputed as a whole since 2026-02-09: resolve the dispute before a plan is made.`,
    });
    const { planRevision } = await theCase();
    await expect(desk.send('confirmation-2', review.at, planRevision)).rejects.toThrow('is not due');
    const resolvedAt = '2026-03-10T15:00:00Z';
    await change({ disputes: [{ ...dispute, state: 'rejected' }], standing: 'instalments' }, resolvedAt);
    desk.now = resolvedAt;
    await desk.runUntil('2026-03-10T20:00:00Z');
    // The notice of 9 February, still true, with eight days from today.
    expect(left().at(-1)).toEqual(['instalment-default-notice', '2026-03-10']);
    expect(desk.departures.at(-1)?.facts).toMatchObject({ respondBy: '2026-03-18', instalments: [{ dueOn: PLAN[0] }] });
    await desk.runUntil('2026-03-18T20:00:00Z');
    expect(await plan()).toMatchObject({ state: 'running' });
    await desk.runUntil('2026-03-19T20:00:00Z');
    expect(await plan()).toMatchObject({ state: 'broken' });
  });

  it('misses a part again whose payment was taken back', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-05T10:00:00Z');
    await pay(40_000, 'BK-1');
    await desk.runUntil('2026-02-16T10:00:00Z');
    await change({ paidMinor: 0 }, desk.now);
    await desk.runUntil('2026-02-16T20:00:00Z');
    expect(left().at(-1)).toEqual(['instalment-default-notice', '2026-02-16']);
  });

  it('tells anew of a part that was missed, paid late and taken back, and gives the time for it again', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-10T10:00:00Z');
    await pay(40_000, 'BK-1');
    await desk.runUntil('2026-02-18T10:00:00Z');
    const on = desk.now.slice(0, 10);
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', amountMinor: 40_000 } as const;
    await applyPayment(desk.planning, aCredit({ ...back, bookedOn: on, valueOn: on, receivedAt: desk.now }));
    await desk.runUntil('2026-02-20T10:00:00Z');
    expect(left().slice(-2)).toEqual([
      ['instalment-default-notice', '2026-02-09'],
      // Not on the day itself: somebody calls then.
      ['instalment-default-notice', '2026-02-19'],
    ]);
    expect(await plan()).toMatchObject({ state: 'running' });
  });

  it('asks for nothing that is contested', async () => {
    await commands.plan(PLAN);
    await pay(40_000, 'BK-1');
    await commands.dispute(60_000);
    await desk.runUntil('2026-04-30T10:00:00Z');
    const asked = desk.departures.filter(({ template }) => template === 'instalment-reminder');
    expect(asked.map(({ facts: { confirms } }) => confirms?.amountMinor)).toEqual([20_000]);
  });

  it('says nothing while money of the debtor is to be offset first', async () => {
    await commands.plan(PLAN);
    await desk.registerSibling('INV-B', { totalMinor: 20_000 });
    await commands.credit(160_000, { invoiceId: 'INV-B' });
    await desk.runUntil('2026-04-30T10:00:00Z');
    expect(left().filter(([template]) => template !== 'plan-agreement')).toEqual([
      ['preventive-check', '2026-01-20'],
      ['courteous-notice', '2026-02-02'],
    ]);
    expect(await theCase()).toMatchObject({ hold: { reason: 'net-creditor' }, instalmentPlan: { state: 'running' } });
  });

  it('is not made, nor is a promise taken, while all that is owed is contested', async () => {
    await commands.dispute(40_000);
    await pay(80_000, 'BK-1');
    expect(await theCase()).toMatchObject({ standing: 'disputed' });
    expect(await commands.plan(['2026-02-05', '2026-03-05'])).toHaveProperty('conflict');
    expect(await commands.promise('2026-02-10')).toHaveProperty('conflict');
  });

  it('does not mind a due date that is moved', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-05T10:00:00Z');
    const before = (await desk.plan(desk.now)).step;
    await commands.moveDueDate('2026-06-30');
    expect((await desk.plan(desk.now)).step).toEqual(before);
  });

  it('is looked at once however often it is asked', async () => {
    await commands.plan(PLAN);
    await desk.runUntil('2026-02-08T10:00:00Z');
    const { planRevision } = await theCase();
    expect(await desk.review('2026-02-08T12:00:00Z', planRevision)).toMatchObject({ outcome: 'nothing-due' });
    const first = await desk.review('2026-02-09T12:00:00Z', planRevision);
    expect(first).toMatchObject({ outcome: 'plan-reviewed', step: { stepId: 'confirmation-2' } });
    const entries = await desk.historyTypes();
    expect(await desk.review('2026-02-09T12:00:00Z', planRevision)).toMatchObject({ outcome: 'nothing-due' });
    expect(await desk.historyTypes()).toEqual(entries);
  });

  it('is refused with what does not suit the case', async () => {
    const refused = (pointer: string, detail = '') => ({
      refused: { pointer, detail: expect.stringContaining(detail) },
    });
    expect(await commands.plan(['2026-02-03', '2026-03-03'])).toEqual(
      refused('/instalments/0/dueOn', 'must not be before today 2026-02-04'),
    );
    expect(await commands.plan(['2026-02-08', '2026-03-03'])).toEqual(
      refused(
        '/instalments/0/dueOn',
        'must not be after 2026-02-07: a plan begins with a payment at once; or force it',
      ),
    );
    expect(await commands.plan(['2026-02-05', '2062-03-03'])).toEqual(refused('/instalments/1/dueOn'));
    expect(
      await commands.plan([
        ['2026-02-05', 50_000],
        ['2026-03-05', 69_999],
      ]),
    ).toEqual(refused('/instalments', 'must add up to 1200.00 EUR, which is what is owed, not to 1199.99 EUR'));
    const dollars = [{ dueOn: '2026-02-05', amount: { amountMinor: 1, currency: 'USD' } }];
    expect(await commands.plan([], { instalments: dollars })).toEqual(refused('/instalments/0/amount/currency'));
    expect(await commands.plan(PLAN, { invoiceId: 'nobody' })).toBe('unknown-case');
    expect(await commands.plan(['2026-02-08', '2026-03-03'], { force: true })).toHaveProperty('wasThere', false);
    expect(await plan()).toMatchObject({ isForced: true });
    await desk.payInvoice(A);
    expect(await commands.plan(PLAN)).toHaveProperty('conflict');
  });

  it('tells a note in the case, and not in the history', async () => {
    await commands.plan(PLAN, { note: 'Anne Martin agreed' });
    expect((await theCase()).remarks).toMatchObject([{ type: 'PlanAgreed', reason: 'Anne Martin agreed' }]);
    expect(JSON.stringify(await desk.history())).not.toContain('Martin');
  });

  it('that is cancelled or written off with its case is over', async () => {
    await commands.plan(PLAN);
    await commands.writeOff();
    expect(await plan()).toMatchObject({ state: 'ended' });
  });
});

describe('a plan of a debtor who pays badly', () => {
  it('begins with a share of the whole, unless a person forces it', async () => {
    const desk = new Desk();
    const commands = new CaseCommands(desk);
    await desk.register({ customer: aCustomer({ profile: 'bad-payer' }) });
    await desk.runUntil('2026-02-04T11:00:00Z');
    const parts = (first: number): [string, number][] => [
      ['2026-02-05', first],
      ['2026-03-05', 120_000 - first],
    ];
    expect(await commands.plan(parts(59_999))).toEqual({
      refused: {
        pointer: '/instalments/0/amount',
        detail: 'must be at least 600.00, 50% of what is owed, for a debtor of profile bad-payer; or force it',
      },
    });
    expect(await commands.plan(parts(60_000))).toMatchObject({ wasThere: false });
    expect(await commands.plan(parts(1_000), { force: true })).toMatchObject({ wasThere: false });
  });
});
