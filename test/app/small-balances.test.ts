import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aCredit, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const [A, B] = ['INV-2026-0042', 'INV-2026-0043'];

describe('a rest of up to 1.00', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { totalMinor: 50_000 });
    await desk.runUntil('2026-02-04T11:00:00Z');
  });

  const arrive = (amountMinor: number, fields: Partial<Parameters<typeof aCredit>[0]> = {}) =>
    applyPayment(desk.planning, aCredit({ amountMinor, ...fields }));
  const theFile = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!;
  const theCase = async (invoiceId = A) => (await theFile(invoiceId)).dunningCase;

  it('after a payment is given up with it, asks nothing of anybody, and is never chased', async () => {
    await arrive(119_950);
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 119_950, writtenOffMinor: 50 });
    expect((await theFile()).payments).toMatchObject([{ amountMinor: 119_950 }]);
    const told = (await desk.history()).find(({ type }) => type === 'SmallBalanceWrittenOff');
    expect(told).toMatchObject({
      actor: 'relance',
      data: { transactionId: 'BK-9001', amount: { amount: '0.50', currency: 'EUR' } },
    });
    expect((await desk.historyTypes()).slice(-1)).not.toEqual(['TaskRaised']);
    expect((await desk.openTasks()).flatMap(({ invoiceIds }) => invoiceIds)).not.toContain(A);
    const before = desk.departures.length;
    await desk.runUntil('2026-06-30T11:00:00Z');
    expect(desk.departures.slice(before).flatMap(({ invoiceIds }) => invoiceIds)).not.toContain(A);
  });

  it.each([
    [119_900, 'settled'],
    [119_899, 'open'],
  ])('is measured to the cent: %i paid of 1 200.00 leave it %s', async (amountMinor, standing) => {
    await arrive(amountMinor);
    expect(await theCase()).toMatchObject({ standing });
  });

  it('after a credit note is given up, too', async () => {
    await arrive(60_000);
    await commands.credit(59_999);
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 59_999, writtenOffMinor: 1 });
    expect((await desk.history()).find(({ type }) => type === 'SmallBalanceWrittenOff')).toMatchObject({
      data: { creditNoteId: 'CN-1', amount: { amount: '0.01' } },
    });
  });

  const takeBack = (amountMinor: number, fields: Partial<Parameters<typeof aCredit>[0]> = {}) =>
    arrive(amountMinor, {
      ...{ kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-9001', remittance: 'REJET' },
      ...fields,
    });

  it('that a return leaves is given up as well: its case stays settled, and nobody is asked', async () => {
    await arrive(120_000);
    await takeBack(40);
    expect(await theCase()).toMatchObject({ standing: 'settled', cycle: 1, paidMinor: 119_960, writtenOffMinor: 40 });
    expect((await desk.historyTypes()).slice(-2)).toEqual(['PaymentReturned', 'SmallBalanceWrittenOff']);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'attention')).toEqual([]);
    await takeBack(61, { transactionId: 'RT-2' });
    expect(await theCase()).toMatchObject({ standing: 'open', cycle: 2, paidMinor: 119_899, writtenOffMinor: 0 });
    expect((await desk.history()).findLast(({ type }) => type === 'PaymentReturned')).toMatchObject({
      data: { amount: { amount: '0.61' }, tolerated: { amount: '0.40' } },
    });
    expect(firstBrokenLink(A, await desk.history())).toBeNull();
  });

  it('is owed again when any payment of its invoice, or the one before its credit note, is taken back', async () => {
    await arrive(60_000);
    await commands.credit(59_999);
    await takeBack(60_000);
    expect(await theCase()).toMatchObject({ standing: 'open', creditedMinor: 59_999, writtenOffMinor: 0 });
  });

  it('is all that an invoice is about: it is owed again when nothing of it is paid any more', async () => {
    await desk.registerSibling('INV-S', { totalMinor: 80 });
    await arrive(80, { remittance: 'INV-S' });
    await takeBack(80);
    expect(await theCase('INV-S')).toMatchObject({ standing: 'open', paidMinor: 0, writtenOffMinor: 0 });
  });

  it('that a credit note leaves is given up although a payment was taken back, before or after it', async () => {
    await desk.registerSibling('INV-S', { totalMinor: 120_000 });
    const facts = [
      (invoiceId: string) => arrive(50, { remittance: invoiceId, transactionId: `BK-${invoiceId}` }),
      (invoiceId: string) => commands.credit(119_900, { invoiceId }),
      (invoiceId: string) =>
        takeBack(50, { transactionId: `RT-${invoiceId}`, returnsTransactionId: `BK-${invoiceId}` }),
    ] as const;
    for (const fact of facts) await fact(A);
    for (const fact of [facts[0], facts[2], facts[1]]) await fact('INV-S');
    const settled = { standing: 'settled', paidMinor: 0, creditedMinor: 119_900, writtenOffMinor: 100, cycle: 1 };
    expect([await theCase(), await theCase('INV-S')]).toMatchObject([settled, settled]);
  });

  it('of several invoices that one payment names is that of the last, and both are settled', async () => {
    const answer = await arrive(169_940, { remittance: `FACTURES 2026-0042 ET ${B}` });
    expect(answer).toMatchObject({ outcome: 'applied', invoiceIds: [A, B] });
    expect(await theCase()).toMatchObject({ standing: 'settled', writtenOffMinor: 0 });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 49_940, writtenOffMinor: 60 });
  });

  it('is no reason to close an invoice of which nothing was paid', async () => {
    await desk.registerSibling('INV-S', { totalMinor: 80, dueOn: '2026-01-30' });
    await desk.runUntil('2026-02-20T11:00:00Z');
    expect(await theCase('INV-S')).toMatchObject({ standing: 'open', writtenOffMinor: 0 });
  });

  it('too much stays unapplied cash', async () => {
    await arrive(120_050);
    expect(await theCase()).toMatchObject({ standing: 'settled', writtenOffMinor: 0 });
    expect(await desk.ledger.loadReceipt('BK-9001')).toMatchObject({ unappliedMinor: 50 });
  });

  it('is still owed in a currency that has no tolerance', async () => {
    await desk.registerSibling('INV-P', { totalMinor: 50_000, currency: 'PLN' });
    await arrive(49_999, { remittance: 'INV-P', currency: 'PLN' });
    expect(await theCase('INV-P')).toMatchObject({ standing: 'open', paidMinor: 49_999 });
  });
});

it('money is booked on a case whose policy is gone', async () => {
  const ledger = new MemoryLedger();
  await new Desk(ledger).register({ invoice: anInvoice(), customer: aReachableCustomer() });
  const desk = new Desk(
    ledger,
    POLICIES.filter(({ name }) => name !== 'standard'),
  );
  expect(await desk.pay(119_950)).toMatchObject({ outcome: 'applied' });
  expect((await ledger.loadCaseFile(A))?.dunningCase).toMatchObject({ standing: 'open', paidMinor: 119_950 });
});
