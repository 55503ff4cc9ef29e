import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { recordInsolvency } from '../../lib/app/record-insolvency.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const [A, B, C] = ['INV-2026-0042', 'INV-B', 'INV-C'];

describe('money that may be what an invoice owes, and that nobody has placed', () => {
  let ledger: FlakyLedger;
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    ledger = new FlakyLedger();
    desk = new Desk(ledger);
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.registerSibling(C, { totalMinor: 50_000 });
  });

  const arrive = (amountMinor: number, fields: Partial<Parameters<typeof aCredit>[0]> = {}) => {
    const on = desk.now.slice(0, 10);
    const words = { remittance: `FACTURES ${B} ET ${C}`, bookedOn: on, valueOn: on, receivedAt: desk.now };
    return applyPayment(desk.planning, aCredit({ amountMinor, transactionId: 'BK-1', ...words, ...fields }));
  };
  const theCase = async (invoiceId: string) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const allocate = (taken: Record<string, number>) =>
    allocateCash(desk.planning, {
      transactionId: 'BK-1',
      allocations: Object.entries(taken).map(([invoiceId, amountMinor]) => ({
        invoiceId,
        amount: { amountMinor, currency: 'EUR' },
      })),
      ...{ at: desk.now, actor: 'anne' },
    });
  const heardOf = (invoiceId: string) =>
    [...desk.departures, ...desk.assigned].filter(({ invoiceIds }) => invoiceIds.includes(invoiceId)).length;

  it('keeps everything about the invoices it names back, and a person is asked once', async () => {
    expect(await arrive(180_000)).toMatchObject({ outcome: 'unapplied' });
    await desk.runUntil('2026-03-30T12:00:00Z');
    expect([heardOf(B), heardOf(C)]).toEqual([0, 0]);
    expect(heardOf(A)).toBeGreaterThan(0);
    for (const invoiceId of [B, C]) {
      expect(await theCase(invoiceId)).toMatchObject({ hold: { reason: 'unplaced-payment', until: null } });
      expect(firstBrokenLink(invoiceId, await desk.history(invoiceId))).toBeNull();
    }
    expect(await desk.taskOf('unapplied-cash')).toMatchObject({
      invoiceIds: [B, C],
      title: 'Place a payment of 1800.00 EUR that may be for invoices INV-B, INV-C',
      reason: expect.stringContaining('Transaction BK-1 of 1800.00 EUR is allocated to no invoice'),
    });
  });

  it('withdraws what people have in hand about them', async () => {
    const steps = standardPolicy.steps.filter(({ stepId }) => stepId === 'A2');
    desk = new Desk(undefined, [{ ...standardPolicy, steps, overlays: {} }]);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.registerSibling(C, { totalMinor: 50_000 });
    await desk.runUntil('2026-02-04T20:00:00Z');
    const { taskId } = (await desk.openTasks()).find(
      ({ kind, invoiceIds }) => kind === 'call' && invoiceIds.includes(B),
    )!;
    await arrive(180_000);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    expect(await theCase(B)).toMatchObject({ hold: { reason: 'unplaced-payment' } });
  });

  it('that a person places lets the dunning of what is left go on, and closes the task', async () => {
    await arrive(180_000);
    const { taskId } = await desk.taskOf('unapplied-cash');
    await allocate({ [B]: 110_000 });
    expect(await theCase(B)).toMatchObject({ hold: null, openTaskIds: [], paidMinor: 110_000 });
    expect(await theCase(C)).toMatchObject({ hold: null, openTaskIds: [], paidMinor: 0 });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'payment-placed' });
    expect((await desk.history(C)).find(({ type }) => type === 'HoldLifted')).toMatchObject({
      ...{ actor: 'relance', data: { reason: 'unplaced-payment' } },
    });
    await desk.runUntil('2026-02-06T12:00:00Z');
    expect(heardOf(B)).toBeGreaterThan(0);
    expect(heardOf(C)).toBeGreaterThan(0);
  });

  it('that a person places settles what it pays', async () => {
    await arrive(180_000);
    expect(await allocate({ [B]: 120_000, [C]: 50_000 })).toMatchObject({ receipt: { unappliedMinor: 10_000 } });
    expect([await theCase(B), await theCase(C)]).toMatchObject([{ standing: 'settled' }, { standing: 'settled' }]);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'unapplied-cash')).toEqual([]);
  });

  it('is no reason any more once a person says that it is for something else', async () => {
    await arrive(180_000);
    await desk.report((await desk.taskOf('unapplied-cash')).taskId, { result: 'done' });
    await arrive(180_000);
    await desk.runUntil('2026-02-06T12:00:00Z');
    expect([heardOf(B) > 0, heardOf(C) > 0]).toEqual([true, true]);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'unapplied-cash')).toEqual([]);
  });

  it('is no reason any more once it is taken back', async () => {
    await arrive(180_000);
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    await arrive(180_000, back);
    expect([await theCase(B), await theCase(C)]).toMatchObject([{ hold: null }, { hold: null }]);
    await desk.runUntil('2026-02-06T12:00:00Z');
    expect(heardOf(B)).toBeGreaterThan(0);
  });

  it('keeps back what it still covers when a part of it is taken back, told once or again', async () => {
    await arrive(180_000);
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    for (const _ of ['once', 'again']) {
      await arrive(70_000, back);
      await arrive(180_000);
      expect([await theCase(B), await theCase(C)]).toMatchObject([
        { hold: null, openTaskIds: [] },
        { hold: { reason: 'unplaced-payment' } },
      ]);
    }
    expect(await desk.taskOf('unapplied-cash')).toMatchObject({ invoiceIds: [C] });
  });

  it('that is gone leaves the invoice to other money that may pay it', async () => {
    await arrive(180_000);
    await arrive(190_000, { transactionId: 'BK-2' });
    const asked = async () => (await desk.openTasks()).map(({ title, invoiceIds }) => [title.slice(0, 26), invoiceIds]);
    expect(await asked()).toEqual([['Place a payment of 1800.00', [B, C]]]);
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    await arrive(180_000, back);
    expect(await asked()).toEqual([['Place a payment of 1900.00', [B, C]]]);
    expect(await theCase(B)).toMatchObject({ hold: { reason: 'unplaced-payment' } });
  });

  it('that is taken back lets dunning go on also when whoever heard of it was interrupted, once it is told again', async () => {
    await arrive(180_000);
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(arrive(180_000, back)).rejects.toThrow('died');
    ledger.crashAt(null);
    await arrive(180_000, back);
    expect([await theCase(B), await theCase(C)]).toMatchObject([{ hold: null }, { hold: null }]);
    expect(await desk.openTasks()).toEqual([]);
  });

  it('of which its return was told first keeps nothing back, also when whoever heard of it was interrupted', async () => {
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    await arrive(180_000, back);
    ledger.crashAt({ write: 2, when: 'after' });
    await expect(arrive(180_000)).rejects.toThrow('died');
    ledger.crashAt(null);
    await arrive(180_000);
    expect([await theCase(B), await theCase(C)]).toMatchObject([{ hold: null }, { hold: null }]);
  });

  describe('from the account of another customer', () => {
    const theirs = { debtorIban: 'FR1420041010050500013M02606', debtorName: 'Garage Dupont' };
    const registerTheirs = async (invoiceId: string) => {
      const own = { invoiceId, number: invoiceId, paymentReference: undefined, customerId: 'C-200' };
      const customer = aReachableCustomer({ customerId: 'C-200', name: 'Garage Dupont' });
      await desk.register({ customer, invoice: { ...(await theCase(A)).invoice, ...own } });
    };

    beforeEach(async () => {
      await registerTheirs('INV-X');
      await arrive(120_000, { transactionId: 'BK-0', remittance: 'INV-X', ...theirs });
    });

    it('keeps an invoice back also when it covers it only later, and offsets nothing of that customer', async () => {
      expect(await arrive(100_000, { remittance: `FACTURE ${B}`, ...theirs })).toMatchObject({ outcome: 'unapplied' });
      await registerTheirs('INV-Y');
      await desk.payPart(B, { amountMinor: 30_000, transactionId: 'PP-1' });
      await desk.runUntil('2026-03-30T12:00:00Z');
      expect([heardOf(B), heardOf('INV-Y') > 0]).toEqual([0, true]);
      expect(await desk.ledger.loadReceipt('BK-1')).toMatchObject({ suggestedCustomerId: 'C-100' });
      expect(await desk.ledger.loadReceipt('BK-1')).not.toHaveProperty('customerId');
    });

    it('keeps the invoice back that its words name, and not what that customer owes beside', async () => {
      await registerTheirs('INV-Y');
      expect(await arrive(130_000, { remittance: `FACTURE ${B}`, ...theirs })).toMatchObject({ outcome: 'unapplied' });
      await desk.runUntil('2026-03-30T12:00:00Z');
      expect([heardOf(B), heardOf('INV-Y') > 0]).toEqual([0, true]);
    });
  });

  it('keeps back what it covered when a return that was told before is told again', async () => {
    await commands.pay(60_000, { invoiceId: B });
    await arrive(115_000);
    const back = { kind: 'return', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    await arrive(10_000, { ...back, transactionId: 'RT-1' });
    await arrive(60_000, { ...back, transactionId: 'RT-2', returnsTransactionId: 'CHQ-1' });
    const before = await desk.ledger.loadCaseFile(B);
    expect(before!.dunningCase).toMatchObject({ paidMinor: 0, hold: { reason: 'unplaced-payment' } });
    await arrive(10_000, { ...back, transactionId: 'RT-1' });
    expect(await desk.ledger.loadCaseFile(B)).toEqual(before);
  });

  it('keeps back the one of them that it covers, and not the one that it could pay but a part of', async () => {
    await arrive(99_900);
    await desk.runUntil('2026-02-06T12:00:00Z');
    expect([heardOf(B) > 0, heardOf(C) > 0]).toEqual([true, false]);
  });

  it.each([
    ['of another payer', { remittance: `FACTURE ${B}`, debtorName: 'Somebody Else SA' }, 130_000],
    ['of which only name and amount speak', { remittance: 'merci', debtorName: 'Boulangerie Martin SARL' }, 50_000],
  ])('keeps it back when it is money %s', async (_, told, amountMinor) => {
    expect(await arrive(amountMinor, told)).toMatchObject({ outcome: 'unapplied' });
    const invoiceId = amountMinor === 50_000 ? C : B;
    await desk.runUntil('2026-03-30T12:00:00Z');
    expect(heardOf(invoiceId)).toBe(0);
    // It is nobody's for sure: it counts for no statement, and offsets nothing else.
    expect(await desk.ledger.loadReceipt('BK-1')).not.toHaveProperty('customerId');
  });

  it('keeps nothing back when it may be for invoices of two customers: a person sees it on the list', async () => {
    const { invoice } = await theCase(A);
    const other = { ...invoice, invoiceId: 'INV-X', number: 'INV-X', paymentReference: undefined, customerId: 'C-200' };
    await desk.register({ customer: aReachableCustomer({ customerId: 'C-200' }), invoice: other });
    expect(await arrive(250_000, { remittance: `FACTURES ${B} ET INV-X` })).toMatchObject({ outcome: 'unapplied' });
    expect([await theCase(B), await theCase('INV-X')]).toMatchObject([{ hold: null }, { hold: null }]);
    expect(await desk.openTasks()).toEqual([]);
  });

  it('keeps an invoice back that is owed again, when it was paid a second time meanwhile', async () => {
    await arrive(120_000, { remittance: B, transactionId: 'W-1' });
    expect(await arrive(120_000, { remittance: B, transactionId: 'W-2' })).toMatchObject({ outcome: 'unapplied' });
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'unapplied-cash')).toEqual([]);
    const back = { kind: 'return', returnsTransactionId: 'W-1', remittance: 'REJET' } as const;
    await arrive(120_000, { ...back, transactionId: 'RT-1' });
    await desk.runUntil('2026-03-30T12:00:00Z');
    expect(heardOf(B)).toBe(0);
    expect(await theCase(B)).toMatchObject({ cycle: 2, hold: { reason: 'unplaced-payment' } });
  });

  describe('of an invoice that was promised', () => {
    beforeEach(async () => {
      await commands.promise('2026-02-10', undefined, { invoiceId: B });
      await arrive(180_000);
    });

    const kinds = async () =>
      (await desk.openTasks()).filter(({ invoiceIds }) => invoiceIds.includes(B)).map(({ kind }) => kind);

    it('has nobody call about a broken promise: it is judged once the money is placed', async () => {
      await desk.runUntil('2026-03-30T12:00:00Z');
      expect(await theCase(B)).toMatchObject({ standing: 'promised', hold: { reason: 'unplaced-payment' } });
      expect(await desk.plan(desk.now, { invoiceId: B })).toMatchObject({
        step: { channel: 'replan', lane: 'promise' },
      });
      expect(await kinds()).toEqual(['unapplied-cash']);
      await allocate({ [B]: 120_000 });
      expect(await theCase(B)).toMatchObject({ standing: 'settled', promises: [{ state: 'kept' }] });
    });

    it('has it wait for other money that may be it when a person says that the first is for something else', async () => {
      await arrive(190_000, { transactionId: 'BK-2' });
      await desk.report((await desk.taskOf('unapplied-cash')).taskId, { result: 'done' });
      await desk.runUntil('2026-03-30T12:00:00Z');
      expect(await kinds()).toEqual(['unapplied-cash']);
      expect(await theCase(B)).toMatchObject({ standing: 'promised', hold: { reason: 'unplaced-payment' } });
    });

    it('has the promise judged broken when the money was for another invoice', async () => {
      await desk.runUntil('2026-02-20T12:00:00Z');
      await allocate({ [C]: 50_000 });
      await desk.runUntil('2026-02-24T12:00:00Z');
      expect((await theCase(B)).promises).toMatchObject([{ state: 'broken' }]);
      expect(await kinds()).toContain('promise-broken');
    });
  });

  describe('while something else keeps the invoice back until a date', () => {
    const done = async () => desk.report((await desk.taskOf('unapplied-cash')).taskId, { result: 'done' });

    it('leaves the grace after a dispute in force once it is placed', async () => {
      await desk.runUntil('2026-02-20T08:00:00Z');
      await commands.dispute(10_000, { invoiceId: B });
      await arrive(180_000);
      await commands.resolve('rejected', { invoiceId: B });
      expect(await theCase(B)).toMatchObject({ hold: { reason: 'unplaced-payment' } });
      await done();
      expect(await theCase(B)).toMatchObject({ hold: { reason: 'dispute-rejected', until: '2026-02-25' } });
    });

    it('leaves the day of a payment that was taken back without a notice', async () => {
      await desk.runUntil('2026-02-20T08:00:00Z');
      await desk.payPart(B, { amountMinor: 10_000, transactionId: 'PP-1' });
      await arrive(180_000);
      const back = {
        kind: 'return',
        transactionId: 'RT-1',
        returnsTransactionId: 'PP-1',
        remittance: 'REJET',
      } as const;
      await arrive(10_000, back);
      await allocate({ [C]: 50_000 });
      expect(await theCase(B)).toMatchObject({ hold: { reason: 'payment-returned', until: '2026-02-20' } });
    });

    it.each([
      ['blocked', async () => commands.block('2026-01-20', { invoiceId: B })],
      [
        'in the grace after a dispute',
        async () => {
          await commands.dispute(10_000, { invoiceId: B });
          await commands.resolve('rejected', { invoiceId: B });
        },
      ],
    ])('keeps one back that is %s when it comes, so that no promise of it is judged', async (_, keepBack) => {
      await keepBack();
      await arrive(180_000);
      await commands.promise('2026-01-12', undefined, { invoiceId: B });
      await desk.runUntil('2026-01-30T12:00:00Z');
      expect(await theCase(B)).toMatchObject({ hold: { reason: 'unplaced-payment' }, promises: [{ state: 'open' }] });
      expect((await desk.openTasks()).filter(({ kind }) => kind === 'promise-broken')).toEqual([]);
    });

    it('does not let a plan end for its last part, which it may be, until it is placed', async () => {
      await desk.runUntil('2026-02-05T12:00:00Z');
      const parts = [['2026-02-06', 60_000] as [string, number], ['2026-03-10', 60_000] as [string, number]];
      await commands.plan(parts, { invoiceId: B });
      await desk.payPart(B, { amountMinor: 60_000, transactionId: 'PP-1' });
      await desk.runUntil('2026-03-13T18:00:00Z');
      await arrive(120_000);
      await desk.runUntil('2026-04-14T08:00:00Z');
      expect(await theCase(B)).toMatchObject({ standing: 'instalments', instalmentPlan: { state: 'running' } });
      await done();
      await desk.runUntil('2026-04-16T08:00:00Z');
      expect(await theCase(B)).toMatchObject({ instalmentPlan: { state: 'broken' } });
    });

    it('still keeps it back when there are no insolvency proceedings after all, and its promise is not judged', async () => {
      await commands.promise('2026-02-10', undefined, { invoiceId: B });
      await arrive(180_000);
      await recordInsolvency(desk.planning, { ...{ invoiceId: B, at: desk.now }, actor: 'anne', reason: 'BODACC' });
      await desk.report((await desk.taskOf('insolvency')).taskId, { result: 'refused' });
      await desk.runUntil('2026-03-30T12:00:00Z');
      expect(await theCase(B)).toMatchObject({ hold: { reason: 'unplaced-payment' }, promises: [{ state: 'open' }] });
      expect((await desk.openTasks()).filter(({ kind }) => kind === 'promise-broken')).toEqual([]);
    });
  });

  it('changes nothing when it is told again', async () => {
    await desk.runUntil('2026-01-20T12:00:00Z');
    await arrive(180_000);
    const before = await desk.history(B);
    await arrive(180_000);
    expect(await desk.history(B)).toEqual(before);
  });
});
