import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { aCredit, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const [A, B] = ['INV-2026-0042', 'INV-2026-0043'];
const TWO_PERCENT = { until: '2026-01-15', percent: '2.0' };

describe('an invoice of 1 200.00 with 2 % off until 15 January', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    const invoice = anInvoice({ earlyPaymentDiscount: TWO_PERCENT });
    await desk.register({ invoice, customer: aReachableCustomer() });
    await desk.registerSibling(B, { totalMinor: 33_333, earlyPaymentDiscount: { until: '2026-01-20', percent: '3' } });
  });

  const arrive = (amountMinor: number, fields: Partial<Parameters<typeof aCredit>[0]> = {}) =>
    applyPayment(desk.planning, aCredit({ amountMinor, valueOn: '2026-01-15', ...fields }));
  const theFile = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!;
  const theCase = async (invoiceId = A) => (await theFile(invoiceId)).dunningCase;

  it('is settled by 1 176.00 of that value date, though it is booked later, and the discount is credited', async () => {
    expect(await arrive(117_600)).toMatchObject({ outcome: 'applied' });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 117_600, creditedMinor: 2_400 });
    expect((await theFile()).payments).toMatchObject([{ amountMinor: 117_600 }]);
    const told = (await desk.history()).filter(({ seq }) => seq > 1).map(({ type, data }) => ({ type, data }));
    expect(told).toMatchObject([
      { type: 'PaymentApplied', data: { amount: { amount: '1176.00' }, unapplied: { amount: '0.00' } } },
      {
        type: 'EarlyPaymentDiscountTaken',
        data: { transactionId: 'BK-9001', percent: '2.0', amount: { amount: '24.00', currency: 'EUR' } },
      },
      { type: 'CaseSettled', data: { transactionId: 'BK-9001' } },
    ]);
    expect(firstBrokenLink(A, await desk.history())).toBeNull();
    expect(await desk.plan('2026-01-20T09:00:00Z')).toMatchObject({ standing: 'settled' });
  });

  it('is still owed 24.00 when the money is a day late', async () => {
    await arrive(117_600, { valueOn: '2026-01-16' });
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 117_600, creditedMinor: 0 });
    expect(await desk.historyTypes()).not.toContain('EarlyPaymentDiscountTaken');
  });

  it('is settled by the last of two payments in time', async () => {
    await arrive(60_000, { valueOn: '2026-01-08' });
    expect(await theCase()).toMatchObject({ standing: 'open' });
    await arrive(57_600, { transactionId: 'BK-2' });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 117_600, creditedMinor: 2_400 });
  });

  it('is settled without a discount by the whole amount', async () => {
    await arrive(120_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000, creditedMinor: 0 });
  });

  it('grants it on what a credit note leaves, whichever comes first', async () => {
    // 1 000.00 less 2 %.
    await commands.credit(20_000);
    await arrive(98_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 98_000, creditedMinor: 22_000 });
    // 233.33 less 3 %, which are 7.00.
    await arrive(22_633, { remittance: B, transactionId: 'BK-2' });
    expect(await theCase(B)).toMatchObject({ standing: 'open' });
    await commands.credit(10_000, { invoiceId: B });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 22_633, creditedMinor: 10_700 });
    expect((await desk.history(B)).find(({ type }) => type === 'EarlyPaymentDiscountTaken')).toMatchObject({
      data: { creditNoteId: 'CN-1', percent: '3', amount: { amount: '7.00' } },
    });
  });

  it('is settled with another one by the sum of what both come to with their discounts', async () => {
    // 1 176.00, and 333.33 less 10.00.
    const answer = await arrive(149_933, { remittance: `FACTURES 2026-0042 ET ${B}` });
    expect(answer).toMatchObject({ outcome: 'applied', invoiceIds: [A, B] });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 117_600, creditedMinor: 2_400 });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 32_333, creditedMinor: 1_000 });
    expect(await desk.ledger.loadReceipt('BK-9001')).toMatchObject({ unappliedMinor: 0 });
  });

  it('is settled with another one after a part was paid in time', async () => {
    await arrive(60_000, { transactionId: 'BK-0', valueOn: '2026-01-08' });
    const answer = await arrive(57_600 + 32_333, { remittance: `FACTURES 2026-0042 ET ${B}` });
    expect(answer).toMatchObject({ outcome: 'applied', invoiceIds: [A, B] });
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 2_400 });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', creditedMinor: 1_000 });
  });

  it('is left to a person with another one when a part came too late for its discount', async () => {
    await arrive(50_000, { transactionId: 'BK-0', valueOn: '2026-01-20' });
    const answer = await arrive(67_600 + 32_333, { remittance: `FACTURES 2026-0042 ET ${B}` });
    expect(answer).toMatchObject({ outcome: 'unapplied' });
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 50_000 });
  });

  const takeBack = (amountMinor: number, returnsTransactionId: string, transactionId = 'RT-1') =>
    arrive(amountMinor, { kind: 'return', transactionId, returnsTransactionId, remittance: 'REJET' });

  it('owes all of what is not paid any more when either of the payments that earned it is taken back', async () => {
    await arrive(60_000, { valueOn: '2026-01-08', transactionId: 'BK-1' });
    await arrive(57_600, { transactionId: 'BK-2' });
    await takeBack(60_000, 'BK-1');
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 57_600, creditedMinor: 0 });
    expect((await desk.history()).find(({ type }) => type === 'PaymentReturned')).toMatchObject({
      data: { amount: { amount: '600.00' }, discount: { amount: '24.00' } },
    });
    await arrive(60_000, { transactionId: 'BK-3' });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 117_600, creditedMinor: 2_400 });
    await takeBack(57_600, 'BK-2', 'RT-2');
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 60_000, creditedMinor: 0 });
  });

  it('owes all of what is not paid any more when a credit note had earned it', async () => {
    await arrive(22_633, { remittance: B, transactionId: 'BK-2' });
    await commands.credit(10_000, { invoiceId: B });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', creditedMinor: 10_700 });
    await takeBack(22_633, 'BK-2');
    expect(await theCase(B)).toMatchObject({ standing: 'open', paidMinor: 0, creditedMinor: 10_000 });
  });

  it('keeps it when what is left in time still earns it', async () => {
    await arrive(100_000, { valueOn: '2026-01-08', transactionId: 'BK-1' });
    await commands.pay(17_601, { transactionId: 'BK-2', receivedOn: '2026-01-05' });
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 2_399 });
    await takeBack(1, 'BK-2');
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 117_600, creditedMinor: 2_400, cycle: 1 });
    expect((await desk.historyTypes()).slice(-2)).toEqual(['PaymentReturned', 'EarlyPaymentDiscountTaken']);
    expect(await desk.openTasks()).toEqual([]);
  });

  it('is settled by a payment that a person has seen, and by money a person allocates that had its value in time', async () => {
    await commands.pay(117_600, { receivedOn: '2026-01-05' });
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 2_400 });
    await arrive(40_000, { remittance: 'no words', transactionId: 'BK-2' });
    desk.now = '2026-02-20T09:00:00Z';
    const amount = { amountMinor: 32_333, currency: 'EUR' };
    const command = { transactionId: 'BK-2', allocations: [{ invoiceId: B, amount }], at: desk.now, actor: 'anne' };
    expect(await allocateCash(desk.planning, command)).toMatchObject({ receipt: { unappliedMinor: 7_667 } });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 32_333, creditedMinor: 1_000 });
  });
});
