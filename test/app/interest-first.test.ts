import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { balanceView } from '../../lib/contracts/case-view.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const [A, B] = ['INV-2026-0042', 'INV-2026-0043'];
const INTEREST_FIRST = POLICIES.map((policy) => ({ ...policy, allocationOrder: 'interest-first' as const }));

describe('where interest comes first, a payment on 1 200.00 due on 30 January', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk(new MemoryLedger(), INTEREST_FIRST);
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    desk.now = '2026-02-24T11:00:00Z';
  });

  const arrive = (amountMinor: number, valueOn: string, fields: Partial<Parameters<typeof aCredit>[0]> = {}) =>
    applyPayment(desk.planning, aCredit({ amountMinor, valueOn, transactionId: `BK-${valueOn}`, ...fields }));
  const theFile = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!;
  const theCase = async (invoiceId = A) => (await theFile(invoiceId)).dunningCase;
  const balanceOn = async (at: string) => {
    const { dunningCase, charges } = (await viewCase(desk.planning, A, at))!;
    return balanceView(dunningCase, charges);
  };

  it('pays 40.00 and the interest through its value date before the principal', async () => {
    // 120 000 × 12.15 % × 25 / 365 = 998.63: 500.00 − 40.00 − 9.99 = 450.01.
    await arrive(50_000, '2026-02-24');
    expect(await theCase()).toMatchObject({
      ...{ standing: 'open', paidMinor: 45_001, paidInterestMinor: 999, paidCompensationMinor: 4_000 },
    });
    expect((await theFile()).payments).toMatchObject([
      { amountMinor: 45_001, interestMinor: 999, compensationMinor: 4_000 },
    ]);
    expect(await desk.ledger.loadReceipt('BK-2026-02-24')).toMatchObject({
      ...{ unappliedMinor: 0, allocations: [{ invoiceId: A, amountMinor: 50_000 }] },
    });
    expect((await desk.history()).find(({ type }) => type === 'PaymentApplied')).toMatchObject({
      data: {
        ...{ amount: { amount: '500.00' }, principal: { amount: '450.01' } },
        ...{ interest: { amount: '9.99' }, compensation: { amount: '40.00' } },
      },
    });
  });

  it('leaves interest to run on what it left of the principal, and the second one settles to the cent', async () => {
    await arrive(50_000, '2026-02-24');
    expect(await balanceOn('2026-02-24T11:00:00Z')).toMatchObject({
      ...{ paid: '450.01', principalDue: '749.99', interest: '0.00', interestPaid: '9.99' },
      ...{ compensation: '0.00', compensationPaid: '40.00', totalDue: '749.99' },
    });
    // 74 999 × 12.15 % × 20 / 365 = 499.31 until 16 March.
    expect(await balanceOn('2026-03-16T11:00:00Z')).toMatchObject({ interest: '4.99', totalDue: '754.98' });
    await arrive(75_498, '2026-03-16');
    expect(await theCase()).toMatchObject({
      ...{ standing: 'settled', paidMinor: 120_000, paidInterestMinor: 1_498, paidCompensationMinor: 4_000 },
    });
    expect(await balanceOn('2026-03-20T11:00:00Z')).toMatchObject({
      ...{ paid: '1200.00', interestPaid: '14.98', compensationPaid: '40.00', interest: '0.00', totalDue: '0.00' },
    });
  });

  it('of exactly the invoice leaves the worth of the charges owed; a cent more than everything stays unapplied', async () => {
    await arrive(120_000, '2026-02-24');
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 115_001 });
    await arrive(5_000, '2026-02-24', { transactionId: 'BK-2' });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000 });
    expect(await desk.ledger.loadReceipt('BK-2')).toMatchObject({ unappliedMinor: 1, unappliedReason: 'over-payment' });
  });

  it('whose rest is within the tolerance settles', async () => {
    await arrive(124_950, '2026-02-24');
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 119_951, writtenOffMinor: 49 });
  });

  it('before the due date pays the principal only', async () => {
    await arrive(50_000, '2026-01-30');
    expect(await theCase()).toMatchObject({ paidMinor: 50_000, paidInterestMinor: 0, paidCompensationMinor: 0 });
  });

  it('that is told of after a later one pays what was accrued by its own date and is not paid, never less than nothing', async () => {
    await arrive(50_000, '2026-02-24');
    // By 10 February 40.00 and 4.39 were accrued, of which 40.00 and 9.99 are paid.
    await arrive(30_000, '2026-02-10');
    expect(await theCase()).toMatchObject({ paidMinor: 75_001, paidInterestMinor: 999, paidCompensationMinor: 4_000 });
    // Of 900.00 from 11 February on less interest runs than was paid: nothing is due of it today.
    expect(await balanceOn('2026-02-24T11:00:00Z')).toMatchObject({ interest: '0.00', totalDue: '449.99' });
  });

  it('keeps a promise of the amount, whatever it pays', async () => {
    await commands.promise('2026-02-27', 50_000);
    await arrive(50_000, '2026-02-24');
    expect((await theCase()).promises).toMatchObject([{ state: 'kept' }]);
    expect((await desk.history()).find(({ type }) => type === 'PromiseKept')).toMatchObject({
      data: { paid: { amount: '500.00' } },
    });
  });

  it('is asked back when the invoice is cancelled, with what it paid of charges', async () => {
    await arrive(50_000, '2026-02-24');
    await commands.cancel();
    expect((await desk.taskOf('attention')).reason).toContain('500.00 EUR were paid on it');
  });

  it('by a person is taken up to what is owed with the charges', async () => {
    expect(await commands.pay(125_100, { receivedOn: '2026-02-24' })).toMatchObject({
      unapplied: { amountMinor: 101 },
    });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidInterestMinor: 999 });
  });

  it('from unapplied cash is refused beyond what is owed with the charges of its value date', async () => {
    await arrive(200_000, '2026-02-24', { remittance: 'no words' });
    const allocate = (amountMinor: number) =>
      allocateCash(desk.planning, {
        ...{ transactionId: 'BK-2026-02-24', at: desk.now, actor: 'anne' },
        allocations: [{ invoiceId: A, amount: { amountMinor, currency: 'EUR' } }],
      });
    expect(await allocate(125_000)).toMatchObject({
      refused: { detail: expect.stringContaining('at most 1249.99') },
    });
    expect(await allocate(124_999)).toMatchObject({ receipt: { unappliedMinor: 75_001 } });
    expect(await theCase()).toMatchObject({ standing: 'settled' });
  });

  it('of several invoices pays the charges of each', async () => {
    await desk.registerSibling(B, { totalMinor: 60_000 });
    // 1 249.99, and 600.00 with 40.00 and 60 000 × 12.15 % × 25 / 365 = 499.32.
    const remittance = `FACTURES 2026-0042 ET ${B}`;
    expect(await arrive(124_999 + 64_499, '2026-02-24', { remittance })).toMatchObject({ invoiceIds: [A, B] });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidInterestMinor: 999 });
    expect(await theCase(B)).toMatchObject({
      standing: 'settled',
      paidInterestMinor: 499,
      paidCompensationMinor: 4_000,
    });
  });

  it('of charges only that is taken back leaves a settled invoice paid, and a person to decide on its charges', async () => {
    await arrive(4000, '2026-02-10');
    await arrive(125_000, '2026-02-11');
    const back = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-2026-02-10' } as const;
    await arrive(4000, '2026-02-12', { ...back, remittance: 'REJET' });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000, paidCompensationMinor: 0 });
    expect((await desk.taskOf('attention')).reason).toContain(
      'Invoice 2026-0042 itself stays paid, and no notice follows: decide whether to ask for what its delay cost.',
    );
  });

  it('leaves a later notice to claim what is unpaid only', async () => {
    await arrive(50_000, '2026-02-10');
    await desk.climbTo('B1');
    await desk.runUntil('2026-04-01T12:00:00Z');
    const reserved = (await desk.history()).find(({ type, data }) => type === 'NoticeReserved' && data.stepId === 'B1');
    expect(reserved?.data).toMatchObject({ compensation: { amount: '0.00' } });
    const { charges } = (await viewCase(desk.planning, A, reserved!.at))!;
    expect(reserved?.data).toMatchObject({ interest: { amount: (charges.interestMinor / 100).toFixed(2) } });
  });
});

it('a consumer is claimed no charges, so their payment pays the principal', async () => {
  const desk = new Desk(new MemoryLedger(), INTEREST_FIRST);
  // A German consumer owes interest from the day after the due date.
  await desk.register({ customer: aReachableCustomer({ kind: 'consumer', country: 'DE' }) });
  await applyPayment(desk.planning, aCredit({ amountMinor: 50_000, valueOn: '2026-02-24' }));
  expect((await desk.ledger.loadCaseFile(A))?.dunningCase).toMatchObject({ paidMinor: 50_000, paidInterestMinor: 0 });
});
