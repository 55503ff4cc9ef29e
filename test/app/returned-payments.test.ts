import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { agedReceivables } from '../../lib/app/reports/aged-receivables.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { aCredit, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';

describe('a payment that is taken back', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    // A1 left on Tuesday 3 February.
    await desk.runUntil('2026-02-04T11:00:00Z');
  });

  const credit = (amountMinor: number, transactionId = 'BK-1', on = desk.now.slice(0, 10)) =>
    applyPayment(
      desk.planning,
      aCredit({ amountMinor, transactionId, bookedOn: on, valueOn: on, receivedAt: desk.now }),
    );
  const takeBack = (amountMinor: number, fields: Partial<CashReceipt> = {}) => {
    const on = desk.now.slice(0, 10);
    const cash = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1', remittance: 'REJET' } as const;
    const dates = { bookedOn: on, valueOn: on, receivedAt: desk.now };
    return applyPayment(desk.planning, aCredit({ ...cash, ...dates, amountMinor, ...fields }));
  };
  const theCase = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const receipt = async (transactionId: string) => (await desk.ledger.loadReceipt(transactionId))!;
  const listed = async () => {
    const slice = await desk.ledger.listUnappliedCash({ limit: 50, cursor: null });
    return slice === 'bad-cursor' ? [] : slice.receipts.map(({ transactionId }) => transactionId);
  };
  const typesAfter = async (type: string) => {
    const types = await desk.historyTypes();
    return types.slice(types.indexOf(type));
  };

  it('opens a settled invoice again in its next cycle, where it was', async () => {
    await credit(120_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', cycle: 1 });
    expect(await takeBack(120_000)).toEqual({ outcome: 'applied', invoiceId: A });
    expect(await theCase()).toMatchObject({
      ...{ standing: 'open', cycle: 2, paidMinor: 0, resumesFrom: { level: 'level1', afterStepId: 'A1' } },
      hold: { reason: 'payment-returned', since: '2026-02-04', until: '2026-02-04' },
    });
    expect(await typesAfter('PaymentReturned')).toEqual([
      'PaymentReturned',
      'CaseReopened',
      'HoldPlaced',
      'TaskRaised',
    ]);
    const money = { amount: '1200.00', currency: 'EUR' };
    expect((await desk.history()).find(({ type }) => type === 'PaymentReturned')).toMatchObject({
      actor: 'bank',
      data: { transactionId: 'RT-1', returnsTransactionId: 'BK-1', returnedOn: '2026-02-04', amount: money },
    });
    expect(await receipt('BK-1')).toMatchObject({
      allocations: [{ invoiceId: A, amountMinor: 0 }],
      unappliedMinor: 0,
      returnedMinor: 120_000,
    });
    expect(await receipt('RT-1')).toMatchObject({ unappliedMinor: 0, returnedMinor: 120_000 });
    expect(await listed()).toEqual([]);
    expect(await desk.ledger.listOpenCaseIds('C-100')).toEqual([A]);
    expect(await desk.taskOf('attention')).toMatchObject({
      title: 'A payment of invoice 2026-0042 was taken back: call',
      reason: expect.stringContaining('Transaction RT-1 returns BK-1: 1200.00 EUR is owed again.'),
    });
    expect(firstBrokenLink(A, await desk.history())).toBeNull();
  });

  it('is held for the creditor’s own day: just after midnight in Paris it is still the day before in UTC', async () => {
    await credit(120_000);
    desk.now = '2026-02-04T23:30:00.000Z';
    await takeBack(120_000);
    expect(await theCase()).toMatchObject({ hold: { since: '2026-02-05', until: '2026-02-05' } });
    const { step } = await desk.plan(desk.now);
    expect([step?.stepId, String(step?.at).slice(0, 10)]).toEqual(['A2', '2026-02-06']);
  });

  it('has the execution of the settled cycle end, and the next one plan on with the step that follows', async () => {
    await credit(120_000);
    await takeBack(120_000);
    expect(await desk.plan(desk.now, { cycle: 1 })).toMatchObject({ standing: 'settled', step: null });
    const { step } = await desk.plan(desk.now, { cycle: 2 });
    expect(step).toMatchObject({ stepId: 'A2', level: 'level1' });
    expect(String(step?.at).slice(0, 10)).toBe('2026-02-05');
    const overview = await viewCase(desk.planning, A, desk.now);
    expect(overview).toMatchObject({ level: 'level1', executionPart: 1, nextStep: { stepId: 'A2' } });
  });

  it('never has a notice repeated, nor a gentler one follow, however far the ladder had come', async () => {
    await desk.runUntil('2026-03-20T20:00:00Z');
    const { claims } = (await desk.ledger.loadCaseFile(A))!;
    const before = claims.filter(({ state }) => state === 'sent').map(({ stepId }) => stepId);
    expect(before.length).toBeGreaterThan(2);
    await credit(120_000);
    await takeBack(120_000);
    desk.departures.splice(0);
    desk.assigned.splice(0);
    await desk.runUntil('2026-08-30T20:00:00Z');
    const after = [...desk.departures, ...desk.assigned].map(({ stepId }) => stepId);
    expect(after.length).toBeGreaterThan(0);
    for (const stepId of after) expect(before).not.toContain(stepId);
    expect((await theCase()).cycle).toBe(2);
  });

  // The conditions of P2 are not those of this invoice.
  it.each(standardPolicy.steps.map(({ stepId }) => stepId).filter((stepId) => stepId !== 'P2'))(
    'when %s was next has the case go on with it: one step firmer than the last',
    async (stepId) => {
      desk = new Desk();
      await desk.register({ customer: aReachableCustomer() });
      await desk.climbTo(stepId);
      await credit(120_000);
      await takeBack(120_000);
      await desk.climbTo(stepId);
      const served = (await desk.ledger.loadCaseFile(A))!.claims.filter(({ state }) => state === 'sent');
      expect(served.map(({ cycle }) => cycle)).not.toContain(2);
    },
  );

  it('while a notice is on its way has what became of it told of the cycle it left in, and not sent again', async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    const at = await desk.climbTo('A1');
    desk.now = at;
    const { planRevision } = await theCase();
    desk.provider.duringSend = async ({ stepId }) => {
      if (stepId !== 'A1') return;
      await credit(120_000);
      await takeBack(120_000);
    };
    await desk.send('A1', at, planRevision);
    const { claims } = (await desk.ledger.loadCaseFile(A))!;
    const ofA1 = claims.filter(({ stepId }) => stepId === 'A1').map(({ cycle, state }) => [cycle, state]);
    expect(ofA1).toEqual([
      [1, 'sent'],
      [2, 'skipped'],
    ]);
    await desk.runUntil('2026-02-28T20:00:00Z');
    expect(desk.departures.filter(({ stepId }) => stepId === 'A1')).toHaveLength(1);
  });

  it('of a case whose last notice comes back leaves the next cycle as it was', async () => {
    await credit(120_000);
    await takeBack(120_000);
    const notice = desk.departures.find(({ stepId }) => stepId === 'A1')!;
    await desk.deliver(notice, { event: 'bounce', recipients: notice.to });
    const { claims } = (await desk.ledger.loadCaseFile(A))!;
    const ofA1 = claims.filter(({ stepId }) => stepId === 'A1').map(({ cycle, state }) => [cycle, state]);
    expect(ofA1).toEqual([[1, 'sent']]);
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'A2' });
  });

  it('of an invoice that nothing was sent about begins the ladder as usual', async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer(), at: '2026-01-05T08:00:00Z' });
    desk.now = '2026-01-06T09:00:00Z';
    await credit(120_000);
    await takeBack(120_000);
    expect(await theCase()).toMatchObject({ cycle: 2, resumesFrom: null });
    expect((await desk.plan(desk.now, { cycle: 2 })).step).toMatchObject({ stepId: 'P1' });
  });

  it('a second time goes on from there again', async () => {
    await credit(120_000);
    await takeBack(120_000);
    await desk.runUntil('2026-02-20T20:00:00Z');
    await credit(120_000, 'BK-2');
    await takeBack(120_000, { transactionId: 'RT-2', returnsTransactionId: 'BK-2' });
    const { cycle, resumesFrom } = await theCase();
    expect(cycle).toBe(3);
    expect(resumesFrom?.afterStepId).not.toBe('A1');
    expect((await desk.plan(desk.now, { cycle: 3 })).step?.stepId).not.toBe('A1');
  });

  it('in part from an invoice that is still open stays in its cycle, and withdraws what people were to say', async () => {
    await desk.runUntil('2026-02-05T11:00:00Z');
    const { taskId } = await desk.taskOf('call');
    await credit(50_000);
    await desk.runUntil('2026-02-06T11:00:00Z');
    await takeBack(20_000);
    expect(await theCase()).toMatchObject({ standing: 'open', cycle: 1, paidMinor: 30_000 });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ outcome: 'withdrawn' });
    const { payments } = (await desk.ledger.loadCaseFile(A))!;
    expect(payments).toMatchObject([{ amountMinor: 50_000, returnedMinor: 20_000, returnedOn: '2026-02-06' }]);
    expect(await receipt('BK-1')).toMatchObject({ allocations: [{ invoiceId: A, amountMinor: 30_000 }] });
    const { step } = await desk.plan(desk.now);
    expect(String(step?.at) > '2026-02-07').toBe(true);
    await takeBack(30_000, { transactionId: 'RT-2' });
    expect(await theCase()).toMatchObject({ standing: 'open', cycle: 1, paidMinor: 0 });
    expect(await receipt('BK-1')).toMatchObject({ unappliedMinor: 0, returnedMinor: 50_000 });
  });

  it('leaves something uncontested again: the case is dunned on for that', async () => {
    await commands.dispute(10_000);
    await credit(110_000);
    expect(await theCase()).toMatchObject({ standing: 'disputed' });
    await takeBack(110_000);
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 0 });
    await desk.runUntil('2026-02-06T20:00:00Z');
    expect(desk.assigned.at(-1)).toMatchObject({ stepId: 'A2' });
  });

  it('leaves its invoice as contested as it was: nobody had decided on the dispute', async () => {
    await commands.dispute();
    await credit(120_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', disputes: [{ state: 'settled' }] });
    await takeBack(120_000);
    expect(await theCase()).toMatchObject({ standing: 'disputed', cycle: 2, disputes: [{ state: 'open' }] });
    await desk.runUntil('2026-03-30T20:00:00Z');
    expect(desk.departures.filter(({ stepId }) => stepId.startsWith('A')).map(({ stepId }) => stepId)).toEqual(['A1']);
  });

  it.each([
    ['through a day that has not come', '2026-03-10', 'blocked'],
    ['until it is lifted', null, 'blocked'],
    ['through a day that has passed', '2026-02-05', 'open'],
  ] as const)('has the block that a person had put on it stand again: %s', async (_, until, standing) => {
    await commands.block(until, { reason: 'in talks with their director' });
    await credit(120_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', block: null });
    await desk.runUntil('2026-02-10T11:00:00Z');
    await takeBack(120_000);
    const block = standing === 'blocked' ? { until, since: '2026-02-04', actor: 'anne' } : null;
    expect(await theCase()).toMatchObject({ standing, block, cycle: 2 });
    const types = await typesAfter('CaseReopened');
    expect(types.includes('CaseBlocked')).toBe(standing === 'blocked');
    await credit(120_000, 'BK-2');
    await commands.unblock();
    expect(await theCase()).toMatchObject({ standing: 'settled', block: null });
  });

  it('does not wait again for the direct debit that was rejected', async () => {
    await commands.block('2026-02-20', { cause: 'direct-debit' });
    await credit(120_000);
    await takeBack(120_000);
    expect(await theCase()).toMatchObject({ standing: 'open', block: null, cycle: 2 });
  });

  it('of a case that waited for the debtor’s own money to be offset does not leave it waiting', async () => {
    await desk.registerSibling(B, { totalMinor: 20_000 });
    await commands.credit(160_000, { invoiceId: B });
    await desk.runUntil('2026-02-06T20:00:00Z');
    expect(await theCase()).toMatchObject({ hold: { reason: 'net-creditor' } });
    await credit(120_000);
    await takeBack(120_000);
    expect(await theCase()).toMatchObject({ standing: 'open', hold: { reason: 'payment-returned' } });
  });

  it('does not take away the time that a formal notice granted', async () => {
    const at = await desk.climbTo('C3');
    await credit(120_000);
    await takeBack(120_000);
    const { step } = await desk.plan(desk.now);
    expect(step).toMatchObject({ stepId: 'C3', at });
  });

  it('twice changes nothing', async () => {
    await credit(120_000);
    await takeBack(120_000);
    const before = [await desk.ledger.loadCaseFile(A), await receipt('BK-1'), await receipt('RT-1')];
    expect(await takeBack(120_000)).toEqual({ outcome: 'duplicate', invoiceId: null });
    expect(await credit(120_000)).toMatchObject({ outcome: 'duplicate' });
    expect([await desk.ledger.loadCaseFile(A), await receipt('BK-1'), await receipt('RT-1')]).toEqual(before);
  });

  it('before the bank told of it waits on the list, and ends as in the other order', async () => {
    expect(await takeBack(120_000)).toEqual({ outcome: 'unapplied', invoiceId: null });
    expect(await listed()).toEqual(['RT-1']);
    expect(await theCase()).toMatchObject({ standing: 'open', cycle: 1 });
    expect(await credit(120_000)).toMatchObject({ outcome: 'applied', invoiceId: A });
    const late = [await theCase(), await receipt('BK-1'), await receipt('RT-1')];
    expect(await listed()).toEqual([]);
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil('2026-02-04T11:00:00Z');
    await credit(120_000);
    await takeBack(120_000);
    expect(late).toEqual([await theCase(), await receipt('BK-1'), await receipt('RT-1')]);
  });

  it('before a person told of it finds it, too', async () => {
    await takeBack(50_000, { returnsTransactionId: 'CHQ-1' });
    expect(await commands.pay(50_000)).toMatchObject({ wasThere: false });
    expect(await theCase()).toMatchObject({ paidMinor: 0 });
    expect(await receipt('RT-1')).toMatchObject({ unappliedMinor: 0 });
    expect(await commands.pay(50_000)).toMatchObject({ wasThere: true });
    expect(await theCase()).toMatchObject({ paidMinor: 0 });
  });

  it('while it is being booked is found by whichever comes last', async () => {
    const racing = new FlakyLedger();
    desk = new Desk(racing);
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil('2026-02-04T11:00:00Z');
    racing.cutInBefore(1, () => takeBack(120_000));
    await credit(120_000);
    expect(await theCase()).toMatchObject({ cycle: 2, paidMinor: 0, standing: 'open' });
    expect(await receipt('RT-1')).toMatchObject({ unappliedMinor: 0 });
  });

  it('beyond what was received keeps the excess on the list, and takes no cent twice', async () => {
    await credit(120_000);
    await takeBack(100_000);
    expect(await takeBack(30_000, { transactionId: 'RT-2' })).toMatchObject({ outcome: 'unapplied', invoiceId: A });
    expect(await receipt('RT-2')).toMatchObject({ unappliedMinor: 10_000, returnedMinor: 20_000 });
    expect(await listed()).toEqual(['RT-2']);
    expect(await theCase()).toMatchObject({ paidMinor: 0, cycle: 2 });
    await takeBack(30_000, { transactionId: 'RT-2' });
    expect(await receipt('RT-2')).toMatchObject({ unappliedMinor: 10_000 });
  });

  it('takes what no invoice has of it first, then from the last invoice it paid', async () => {
    await desk.registerSibling(B, { totalMinor: 40_000 });
    await applyPayment(desk.planning, aCredit({ transactionId: 'BK-1', amountMinor: 170_000, remittance: 'merci' }));
    const given = [
      { invoiceId: A, amount: { amountMinor: 120_000, currency: 'EUR' } },
      { invoiceId: B, amount: { amountMinor: 40_000, currency: 'EUR' } },
    ];
    await allocateCash(desk.planning, { transactionId: 'BK-1', allocations: given, at: desk.now, actor: 'anne' });
    expect(await receipt('BK-1')).toMatchObject({ unappliedMinor: 10_000 });
    await takeBack(15_000);
    expect(await receipt('BK-1')).toMatchObject({
      unappliedMinor: 0,
      returnedMinor: 15_000,
      allocations: [
        { invoiceId: A, amountMinor: 120_000 },
        { invoiceId: B, amountMinor: 35_000 },
      ],
    });
    expect([(await theCase()).standing, (await theCase(B)).standing]).toEqual(['settled', 'open']);
    await takeBack(155_000, { transactionId: 'RT-2' });
    expect([(await theCase()).cycle, (await theCase(B)).cycle]).toEqual([2, 2]);
    expect([(await theCase()).paidMinor, (await theCase(B)).paidMinor]).toEqual([0, 0]);
    const tasks = (await desk.openTasks()).filter(({ kind }) => kind === 'attention');
    expect(tasks.map(({ invoiceIds }) => invoiceIds).toSorted((one, other) => one.length - other.length)).toEqual([
      [B],
      [A, B],
    ]);
  });

  it('is taken from the invoices of two debtors it was given to', async () => {
    await desk.register({
      customer: aReachableCustomer({ customerId: 'C-2' }),
      invoice: anInvoice({ invoiceId: B, number: B, customerId: 'C-2', paymentReference: undefined }),
    });
    await applyPayment(desk.planning, aCredit({ transactionId: 'BK-1', amountMinor: 100_000, remittance: 'merci' }));
    for (const invoiceId of [A, B]) {
      const allocations = [{ invoiceId, amount: { amountMinor: 50_000, currency: 'EUR' } }];
      await allocateCash(desk.planning, { transactionId: 'BK-1', allocations, at: desk.now, actor: 'anne' });
    }
    expect(await takeBack(100_000)).toEqual({ outcome: 'applied', invoiceId: B, invoiceIds: [B, A] });
    expect([(await theCase()).paidMinor, (await theCase(B)).paidMinor]).toEqual([0, 0]);
    expect(await receipt('RT-1')).toMatchObject({ unappliedMinor: 0, returnedMinor: 100_000 });
  });

  it.each(['writeOff', 'cancel', 'handOver'] as const)(
    'of a case that ended by %s leaves it closed, owed on paper, and asks a person',
    async (end) => {
      await credit(50_000);
      await commands[end]();
      const { standing } = await theCase();
      await takeBack(50_000);
      const dunningCase = await theCase();
      expect(dunningCase).toMatchObject({ standing, cycle: 1, paidMinor: 0 });
      expect(outstandingMinor(dunningCase)).toBe(end === 'handOver' ? 120_000 : 50_000);
      const asked = (await desk.openTasks()).find(({ title }) => title.endsWith('taken back: call'));
      expect(asked?.reason).toContain(`The case of invoice 2026-0042 is ${standing} and stays so`);
      const report = await agedReceivables(desk.planning, { on: '2026-02-04', at: '2026-02-10T09:00:00Z' });
      expect(report).toMatchObject({ currencies: [] });
    },
  );

  it('is no word about how the debtor pays any more', async () => {
    await credit(120_000);
    expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toHaveLength(1);
    await takeBack(120_000);
    expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toEqual([]);
  });

  it('leaves the promise it had kept as it was, and counts for no other', async () => {
    await credit(30_000, 'BK-0');
    desk.now = '2026-02-05T11:00:00Z';
    await commands.promise('2026-02-18', 50_000);
    await takeBack(30_000, { returnsTransactionId: 'BK-0' });
    await credit(50_000);
    expect(await theCase()).toMatchObject({ promises: [{ state: 'kept' }], paidMinor: 50_000 });
    await takeBack(50_000, { transactionId: 'RT-2' });
    expect(await theCase()).toMatchObject({ standing: 'open', promises: [{ state: 'kept' }], paidMinor: 0 });
  });

  it('bears interest as if it had never been made', async () => {
    desk.now = '2026-02-20T11:00:00Z';
    const never = await viewCase(desk.planning, A, '2026-03-20T11:00:00Z');
    await credit(120_000, 'BK-1', '2026-02-10');
    desk.now = '2026-02-25T11:00:00Z';
    await takeBack(120_000);
    const after = await viewCase(desk.planning, A, '2026-03-20T11:00:00Z');
    expect(after?.charges).toEqual(never?.charges);
  });

  const owed = async (on: string) => {
    const report = await agedReceivables(desk.planning, { on, at: '2026-03-01T09:00:00Z' });
    return 'currencies' in report ? (report.currencies[0]?.totalMinor ?? 0) : null;
  };

  it('was paid between the two days, and is owed again from the second on', async () => {
    desk.now = '2026-02-10T09:00:00Z';
    await credit(120_000);
    desk.now = '2026-02-17T09:00:00Z';
    await takeBack(120_000);
    expect(await owed('2026-02-09')).toBe(120_000);
    expect(await owed('2026-02-10')).toBe(0);
    expect(await owed('2026-02-16')).toBe(0);
    expect(await owed('2026-02-17')).toBe(120_000);
    expect(await owed('2026-03-01')).toBe(120_000);
  });

  it('is owed on no day beyond what was billed when its discount was told of after the day of the return', async () => {
    await commands.cancel();
    await desk.registerSibling('INV-E', { earlyPaymentDiscount: { until: '2026-02-06', percent: '2.0' } });
    desk.now = '2026-02-20T09:00:00Z';
    const paid = { amountMinor: 117_600, remittance: 'INV-E', bookedOn: '2026-02-05', valueOn: '2026-02-05' };
    await applyPayment(desk.planning, aCredit({ ...paid, transactionId: 'BK-1', receivedAt: desk.now }));
    await takeBack(117_600, { bookedOn: '2026-02-10', valueOn: '2026-02-10' });
    const days = ['2026-02-04', '2026-02-05', '2026-02-10', '2026-02-19', '2026-02-20'];
    expect(await Promise.all(days.map(owed))).toEqual([120_000, 2_400, 120_000, 120_000, 120_000]);
  });

  it('is owed until the day a person gave it up when the bank told of it only then', async () => {
    await credit(20_000, 'BK-1', '2026-02-05');
    desk.now = '2026-02-20T09:00:00Z';
    await commands.writeOff();
    await takeBack(20_000, { bookedOn: '2026-02-10', valueOn: '2026-02-10' });
    const days = ['2026-02-05', '2026-02-10', '2026-02-19', '2026-02-20'];
    expect(await Promise.all(days.map(owed))).toEqual([100_000, 120_000, 120_000, 0]);
  });
});
