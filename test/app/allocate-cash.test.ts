import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';
const C = 'INV-C';

describe('money that matched no invoice, allocated by a person', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.registerSibling(C);
    await desk.runUntil('2026-02-04T11:00:00Z');
    await arrive(200_000);
  });

  const arrive = (amountMinor: number, fields: Partial<Parameters<typeof aCredit>[0]> = {}) =>
    applyPayment(desk.planning, aCredit({ amountMinor, remittance: 'no words', transactionId: 'BK-1', ...fields }));
  const allocate = (taken: Record<string, number>, { transactionId = 'BK-1', currency = 'EUR' } = {}) =>
    allocateCash(desk.planning, {
      transactionId,
      allocations: Object.entries(taken).map(([invoiceId, amountMinor]) => ({
        invoiceId,
        amount: { amountMinor, currency },
      })),
      ...{ at: desk.now, actor: 'anne' },
    });
  const theCase = async (invoiceId: string) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const receipt = async () => (await desk.ledger.loadReceipt('BK-1'))!;

  it('goes to several invoices at once, and not a cent is lost', async () => {
    expect(await allocate({ [A]: 120_000, [B]: 50_000 })).toMatchObject({ receipt: { unappliedMinor: 30_000 } });
    expect(await theCase(A)).toMatchObject({ standing: 'settled', paidMinor: 120_000 });
    expect(await theCase(B)).toMatchObject({ standing: 'open', paidMinor: 50_000 });
    const { allocations, amountMinor, unappliedMinor, customerId } = await receipt();
    const allocated = allocations.reduce((sum, { amountMinor: part }) => sum + part, 0);
    expect({ allocated, amountMinor, unappliedMinor, customerId }).toEqual({
      ...{ allocated: 170_000, amountMinor: 200_000, unappliedMinor: 30_000, customerId: 'C-100' },
    });
    expect((await desk.ledger.loadCaseFile(B))!.payments).toMatchObject([{ transactionId: 'BK-1', rule: 'by-person' }]);
    expect((await desk.history(A)).filter(({ type }) => type === 'PaymentApplied')).toMatchObject([
      { actor: 'anne', data: { amount: { amount: '1200.00' }, unapplied: { amount: '800.00' } } },
    ]);
  });

  it('is nobody’s any more once an invoice of another customer took of it', async () => {
    const invoice = { ...(await theCase(A)).invoice, invoiceId: 'INV-X', customerId: 'C-200' };
    await desk.register({ customer: aReachableCustomer({ customerId: 'C-200' }), invoice });
    const theirs = async (customerId: string) =>
      (await desk.ledger.listUnappliedOf(customerId)).map(({ transactionId }) => transactionId);
    await allocate({ [A]: 100_000 });
    expect([await theirs('C-100'), await theirs('C-200')]).toEqual([['BK-1'], []]);
    await allocate({ 'INV-X': 30_000 });
    expect([await theirs('C-100'), await theirs('C-200')]).toEqual([[], []]);
    await allocate({ [B]: 20_000 });
    expect([await theirs('C-100'), await theirs('C-200')]).toEqual([[], []]);
    expect(await receipt()).toMatchObject({ unappliedMinor: 50_000 });
  });

  it('again has no effect, and the rest can go elsewhere later, until nothing is left', async () => {
    const first = await allocate({ [A]: 120_000 });
    expect(await allocate({ [A]: 120_000 })).toEqual(first);
    expect(await allocate({ [C]: 80_000 })).toMatchObject({ receipt: { unappliedMinor: 0, suggestedInvoiceIds: [] } });
    expect(await receipt()).not.toHaveProperty('unappliedReason');
    const list = await desk.ledger.listUnappliedCash({ limit: 9, cursor: null });
    expect(list).toMatchObject({ receipts: [] });
    expect(await theCase(C)).toMatchObject({ paidMinor: 80_000 });
  });

  it('settles invoices whose work people share, with every case closed and every chain whole', async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer({ profile: 'bad-payer' }) });
    await desk.registerSibling(B);
    await desk.registerSibling(C);
    await desk.runUntil('2026-02-17T23:00:00Z');
    const shared = (await desk.openTasks()).filter(({ invoiceIds }) => invoiceIds.length > 1);
    expect(shared).not.toEqual([]);
    await arrive(360_000);
    expect(await allocate({ [A]: 120_000, [B]: 120_000, [C]: 20_000 })).toMatchObject({
      receipt: { unappliedMinor: 100_000 },
    });
    expect(await theCase(A)).toMatchObject({ standing: 'settled', openTaskIds: [] });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', openTaskIds: [] });
    expect(await theCase(C)).toMatchObject({ standing: 'open', paidMinor: 20_000 });
    for (const invoiceId of [A, B, C]) expect(firstBrokenLink(invoiceId, await desk.history(invoiceId))).toBeNull();
    const { closedInvoices } = (await desk.ledger.loadCustomer('C-100'))!;
    expect(closedInvoices.map(({ invoiceId }) => invoiceId).sort()).toEqual([A, B]);
    const stillOpen = (await desk.openTasks()).flatMap(({ invoiceIds }) => invoiceIds);
    expect(stillOpen.filter((invoiceId) => invoiceId !== C)).toEqual([]);
  });

  it('asked many times at once has one effect', async () => {
    await Promise.all(Array.from({ length: 4 }, () => allocate({ [A]: 70_000, [B]: 30_000 })));
    expect(await theCase(A)).toMatchObject({ paidMinor: 70_000 });
    expect(await receipt()).toMatchObject({ unappliedMinor: 100_000 });
  });

  it('asked for two invoices at once goes to both, or to one when it is not enough for both', async () => {
    const answers = await Promise.all([allocate({ [A]: 120_000 }), allocate({ [B]: 120_000 })]);
    expect(answers.filter((answer) => typeof answer === 'object' && 'conflict' in answer)).toHaveLength(1);
    expect(await receipt()).toMatchObject({ unappliedMinor: 80_000 });
    const paid = [(await theCase(A)).paidMinor, (await theCase(B)).paidMinor];
    expect(paid.sort()).toEqual([0, 120_000]);
  });

  it('is refused, wholly, where it does not suit the money or an invoice', async () => {
    expect(await allocate({ [A]: 1 }, { transactionId: 'nothing' })).toBe('unknown-transaction');
    expect(await allocate({ [A]: 1 }, { currency: 'USD' })).toMatchObject({
      refused: { pointer: '/allocations/0/amount/currency' },
    });
    expect(await allocate({ [A]: 100, nobody: 100 })).toMatchObject({
      refused: { pointer: '/allocations/1/invoiceId' },
    });
    expect(await allocate({ [B]: 100, [A]: 120_001 })).toMatchObject({
      refused: { pointer: '/allocations/1/amount/amount', detail: expect.stringContaining('at most 1200.00') },
    });
    expect(await allocate({ [A]: 120_000, [B]: 80_001 })).toEqual({
      conflict: 'Only 2000.00 EUR is left of transaction BK-1; nothing was changed.',
    });
    await allocate({ [A]: 120_000 });
    expect(await allocate({ [A]: 1 })).toHaveProperty('conflict');
    await arrive(5_000, { transactionId: 'BK-2' });
    expect(await allocate({ [A]: 1 }, { transactionId: 'BK-2' })).toEqual({
      conflict: `Case ${A} is settled; nothing was changed.`,
    });
    expect(await theCase(B)).toMatchObject({ paidMinor: 0 });
  });

  it('goes to invoices of one customer at a time', async () => {
    await desk.register({
      customer: aReachableCustomer({ customerId: 'C-200' }),
      invoice: { ...(await theCase(A)).invoice, invoiceId: 'INV-X', customerId: 'C-200' },
    });
    expect(await allocate({ [A]: 100, 'INV-X': 100 })).toMatchObject({
      refused: { pointer: '/allocations/1/invoiceId', detail: expect.stringContaining('one customer at a time') },
    });
  });

  it('that took a payment back is no money to allocate', async () => {
    await arrive(100, { transactionId: 'BK-3', kind: 'return', returnsTransactionId: 'BK-0' });
    expect(await allocate({ [A]: 100 }, { transactionId: 'BK-3' })).toHaveProperty('conflict');
  });

  it('goes to as many invoices at a time as one transaction holds the work of', async () => {
    const many = Array.from({ length: 20 }, (_, n) => `INV-M${n}`);
    for (const invoiceId of many) await desk.registerSibling(invoiceId);
    await desk.runUntil('2026-03-20T11:00:00Z');
    await arrive(2_400_000, { transactionId: 'BK-M' });
    const whole = Object.fromEntries(many.map((invoiceId) => [invoiceId, 120_000]));
    expect(await allocate(whole, { transactionId: 'BK-M' })).toEqual({
      conflict: expect.stringContaining('allocate to fewer of them at a time'),
    });
    expect(await desk.ledger.loadReceipt('BK-M')).toMatchObject({ unappliedMinor: 2_400_000 });
    const few = Object.fromEntries(many.slice(0, 2).map((invoiceId) => [invoiceId, 120_000]));
    expect(await allocate(few, { transactionId: 'BK-M' })).toMatchObject({ receipt: { unappliedMinor: 2_160_000 } });
    const standings = await Promise.all(many.map(async (invoiceId) => (await theCase(invoiceId)).standing));
    expect(standings.filter((standing) => standing === 'settled')).toHaveLength(2);
  });
});
