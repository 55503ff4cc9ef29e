import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { aCredit, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const [A, B, C] = ['INV-2026-0042', 'INV-B', 'INV-C'];

describe('a customer with 300.00 of theirs that no invoice took', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    // More than A owes: the rest is theirs.
    await commands.credit(150_000);
  });

  const theCase = async (invoiceId: string) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const credit = async () => (await desk.ledger.listUnappliedOf('C-100'))[0]!;
  const allocate = async (taken: Record<string, number>) =>
    allocateCash(desk.planning, {
      transactionId: (await credit()).transactionId,
      allocations: Object.entries(taken).map(([invoiceId, amountMinor]) => ({
        invoiceId,
        amount: { amountMinor, currency: 'EUR' },
      })),
      ...{ at: desk.now, actor: 'anne' },
    });
  const heard = () => desk.departures.flatMap(({ invoiceIds }) => invoiceIds);

  it('who owes less hears nothing of it: a person is asked to offset', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.runUntil('2026-03-30T12:00:00Z');
    expect(heard()).not.toContain(B);
    expect(await theCase(B)).toMatchObject({ standing: 'open', hold: { reason: 'net-creditor', until: null } });
    const { title, reason, invoiceIds, owner } = await desk.taskOf('unapplied-cash');
    expect([title, invoiceIds, owner]).toEqual([
      'Offset what Boulangerie Martin SARL owes against money of theirs',
      ...[[B], 'compta@vendeur.example'],
    ]);
    expect(reason).toContain('300.00 EUR of theirs is allocated to no invoice, and they owe 200.00 EUR');
    expect((await desk.history(B)).slice(-2)).toMatchObject([
      { type: 'HoldPlaced', actor: 'relance', data: { reason: 'net-creditor', until: null } },
      { type: 'TaskRaised', data: { kind: 'unapplied-cash' } },
    ]);
  });

  it('whose money is allocated to it has the task closed with the case', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.runUntil('2026-02-02T12:00:00Z');
    const { taskId } = await desk.taskOf('unapplied-cash');
    expect(await allocate({ [B]: 20_000 })).toMatchObject({ receipt: { unappliedMinor: 10_000 } });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', openTaskIds: [] });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'case-settled' });
    expect(firstBrokenLink(B, await desk.history(B))).toBeNull();
  });

  it('is asked about again when the task ended only because its invoice was paid: the money is still theirs', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.runUntil('2026-02-04T12:00:00Z');
    for (const round of [1, 2]) {
      const { taskId } = await desk.taskOf('unapplied-cash');
      await desk.payPart(B, { amountMinor: 20_000, transactionId: `BK-${round}` });
      expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'case-settled' });
      const returned = { transactionId: `RT-${round}`, returnsTransactionId: `BK-${round}`, amountMinor: 20_000 };
      await applyPayment(desk.planning, aCredit({ kind: 'return', ...returned, receivedAt: desk.now }));
      expect(await theCase(B)).toMatchObject({ standing: 'open', cycle: round + 1 });
      await desk.runUntil(`2026-02-${4 + 7 * round}T12:00:00Z`);
      expect(heard()).not.toContain(B);
      expect(await theCase(B)).toMatchObject({ hold: { reason: 'net-creditor' } });
      expect((await desk.taskOf('unapplied-cash')).taskId).not.toBe(taskId);
    }
    await desk.report((await desk.taskOf('unapplied-cash')).taskId, { result: 'done' });
    await desk.runUntil('2026-02-27T12:00:00Z');
    expect(heard()).toContain(B);
  });

  it('is asked about again when a further invoice is less than what was left of it', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.runUntil('2026-02-02T12:00:00Z');
    await allocate({ [B]: 20_000 });
    await desk.registerSibling(C, { totalMinor: 10_000 });
    await desk.runUntil('2026-02-10T12:00:00Z');
    expect(heard()).not.toContain(C);
    expect(await desk.taskOf('unapplied-cash')).toMatchObject({ invoiceIds: [C] });
  });

  it('whose money went elsewhere is dunned again once that is reported done', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.runUntil('2026-02-04T12:00:00Z');
    const { taskId } = await desk.taskOf('unapplied-cash');
    // It was paid back: the ledger still has it, and the same money is no reason a second time.
    await desk.report(taskId, { result: 'done' });
    expect(await theCase(B)).toMatchObject({ hold: null, openTaskIds: [] });
    expect((await desk.history(B)).find(({ type }) => type === 'HoldLifted')).toMatchObject({
      actor: 'anne',
      data: { reason: 'net-creditor' },
    });
    await desk.runUntil('2026-02-06T12:00:00Z');
    expect(heard()).toContain(B);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'unapplied-cash')).toEqual([]);
  });

  it('is asked about again when more of their money comes', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.runUntil('2026-02-04T12:00:00Z');
    await desk.report((await desk.taskOf('unapplied-cash')).taskId, { result: 'done' });
    await commands.credit(5_000, { creditNoteId: 'CN-2' });
    await desk.runUntil('2026-02-10T12:00:00Z');
    expect(await theCase(B)).toMatchObject({ hold: { reason: 'net-creditor' } });
    expect((await desk.taskOf('unapplied-cash')).reason).toContain('350.00 EUR');
  });

  it.each([
    [30_000, false],
    [30_001, true],
  ])('who owes %i hears of it: %s', async (totalMinor, isHeard) => {
    await desk.registerSibling(B, { totalMinor });
    await desk.runUntil('2026-02-04T12:00:00Z');
    expect(heard().includes(B)).toBe(isHeard);
    expect(await theCase(B)).toMatchObject({ hold: isHeard ? null : { reason: 'net-creditor' } });
  });

  it('has all they owe counted, and one task about all of it', async () => {
    await desk.registerSibling(B, { totalMinor: 10_000 });
    await desk.registerSibling(C, { totalMinor: 15_000, dueOn: '2026-03-31' });
    await desk.runUntil('2026-04-10T12:00:00Z');
    expect(heard()).toEqual([]);
    expect((await desk.taskOf('unapplied-cash')).invoiceIds.toSorted()).toEqual([B, C]);
    for (const id of [B, C]) expect(await theCase(id)).toMatchObject({ hold: { reason: 'net-creditor' } });
  });

  it('is dunned for all of it when a further invoice is more than their money', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.registerSibling(C, { totalMinor: 15_000, dueOn: '2026-03-31' });
    await desk.runUntil('2026-02-04T12:00:00Z');
    expect(heard()).toContain(B);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'unapplied-cash')).toEqual([]);
  });

  it('is dunned for what is in another currency', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await desk.registerSibling(C, { totalMinor: 20_000, currency: 'USD' });
    await desk.runUntil('2026-02-04T12:00:00Z');
    expect(new Set(heard())).toEqual(new Set([C]));
    expect(await theCase(C)).toMatchObject({ hold: null });
    expect((await desk.taskOf('unapplied-cash')).invoiceIds).toEqual([B]);
  });

  it('keeps what holds another invoice already: that one waits for its own reason first', async () => {
    await desk.registerSibling(B, { totalMinor: 10_000 });
    await desk.registerSibling(C, { totalMinor: 15_000 });
    await commands.promise('2026-02-10', undefined, { invoiceId: C });
    await desk.runUntil('2026-02-04T12:00:00Z');
    expect((await desk.taskOf('unapplied-cash')).invoiceIds).toEqual([B]);
    expect(await theCase(C)).toMatchObject({ standing: 'promised', hold: { reason: 'promise' } });
    await desk.runUntil('2026-03-10T12:00:00Z');
    expect((await desk.taskOf('unapplied-cash')).invoiceIds).toEqual([B, C]);
    expect(heard()).toEqual([C]); // the promise was confirmed
  });

  it('has the call that is on somebody’s list withdrawn with the rest', async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { dueOn: '2026-02-10', totalMinor: 50_000 });
    await desk.runUntil('2026-02-05T12:00:00Z');
    expect((await desk.taskOf('call')).invoiceIds).toEqual([A]);
    const money = { remittance: 'no words', amountMinor: 200_000, transactionId: 'BK-1', customerId: 'C-100' };
    await applyPayment(desk.planning, aCredit(money));
    await desk.runUntil('2026-02-17T12:00:00Z');
    expect((await desk.openTasks()).map(({ kind }) => kind)).toEqual(['unapplied-cash']);
    for (const id of [A, B]) expect(await theCase(id)).toMatchObject({ hold: { reason: 'net-creditor' } });
  });

  it('who answered on a call gets the confirmation all the same', async () => {
    await desk.register({
      customer: null,
      invoice: anInvoice({ invoiceId: B, number: B, paymentReference: undefined, totalMinor: 20_000 }),
      at: desk.now,
    });
    await commands.promise('2026-02-10', undefined, { invoiceId: B });
    await desk.runUntil('2026-01-06T12:00:00Z');
    expect(desk.departures.map(({ stepId }) => stepId.slice(0, 7))).toEqual(['confirm']);
  });
});

describe('a letter whose making was interrupted', () => {
  it('waits with the rest when the debtor has more money with us than they owe by then', async () => {
    const ledger = new FlakyLedger();
    const desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { totalMinor: 20_000, dueOn: '2026-06-30' });
    const at = await desk.climbTo('A4');
    const { planRevision } = await desk.plan(at);
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(desk.send('A4', at, planRevision)).rejects.toThrow('the function died');
    ledger.crashAt(null);
    expect(await desk.claim('A4')).toMatchObject({ state: 'reserved' });
    await new CaseCommands(desk).credit(700_000, { invoiceId: B });
    await desk.runUntil('2026-03-30T12:00:00Z');
    expect(await desk.claim('A4')).toMatchObject({ state: 'released' });
    expect((await ledger.loadCaseFile(A))?.dunningCase.hold).toMatchObject({ reason: 'net-creditor' });
  });
});
