import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { ReceivedCash } from '../../lib/app/pay-into.ts';
import { unappliedItemOf } from '../../lib/app/unapplied-item.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';

describe('a payment whose return is told by the webhook and by a statement', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { totalMinor: 40_000 });
    desk.now = '2026-02-20T09:00:00Z';
  });

  const book = (transactionId: string, amountMinor: number, fields: Partial<ReceivedCash> = {}) =>
    applyPayment(
      desk.planning,
      aCredit({ source: 'event', transactionId, amountMinor, receivedAt: desk.now, ...fields }),
    );
  const takeBack = (transactionId: string, amountMinor: number, fields: Partial<ReceivedCash>) =>
    book(transactionId, amountMinor, { kind: 'return', bookedOn: '2026-02-10', valueOn: '2026-02-10', ...fields });
  /** As a bank writes it that names the invoice and no transaction. */
  const byStatement = { source: 'statement', remittance: 'RETOUR FACTURE 2026-0042' } as const;
  const theCase = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const receipt = async (transactionId: string) => (await desk.ledger.loadReceipt(transactionId))!;
  const listed = async () => {
    const slice = await desk.ledger.listUnappliedCash({ limit: 50, cursor: null });
    return slice === 'bad-cursor' ? [] : slice.receipts.map(({ transactionId }) => transactionId).toSorted();
  };

  it('without an id by the statement is found by its words and its amount', async () => {
    await book('W-1', 60_000);
    expect(await takeBack('S-1', 60_000, byStatement)).toEqual({ outcome: 'applied', invoiceId: A });
    expect(await receipt('S-1')).toMatchObject({ returnsTransactionId: 'W-1', unappliedMinor: 0 });
  });

  it('does not lose a second payment of that amount when the statement names none', async () => {
    await book('W-1', 60_000);
    await book('W-2', 60_000);
    await takeBack('R-1', 60_000, { returnsTransactionId: 'W-1' });
    expect(await takeBack('S-1', 60_000, byStatement)).toMatchObject({ outcome: 'unapplied' });
    expect(await theCase()).toMatchObject({ paidMinor: 60_000, standing: 'open', cycle: 2 });
    expect(await listed()).toEqual(['S-1']);
    expect(unappliedItemOf(await receipt('S-1')).suggestions).toMatchObject([{ invoiceIds: [A] }]);
  });

  it.each(['RETOUR', 'RETOUR FACTURE 2026-0042'])(
    'does not lose the first payment when the second was one too many, and was taken back as %s',
    async (remittance) => {
      await book('W-1', 120_000);
      await book('W-2', 120_000);
      await takeBack('R-2', 120_000, { returnsTransactionId: 'W-2', remittance });
      await takeBack('S-2', 120_000, byStatement);
      expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000, cycle: 1 });
    },
  );

  it('is one of two equal ones for two invoices, when one source tells of both', async () => {
    await book('S-1', 40_000, { source: 'statement' });
    await book('S-2', 40_000, { source: 'statement', remittance: B });
    await takeBack('SR-1', 40_000, byStatement);
    await takeBack('SR-2', 40_000, { source: 'statement', remittance: `RETOUR ${B}` });
    expect([await theCase(), await theCase(B)]).toMatchObject([{ paidMinor: 0 }, { paidMinor: 0, standing: 'open' }]);
    expect(await listed()).toEqual([]);
  });

  it('does not lose the part that the invoice has of another payment', async () => {
    await book('W-1', 60_000, { remittance: B });
    await book('W-2', 40_000, { remittance: B });
    await takeBack('R-2', 40_000, { returnsTransactionId: 'W-2', remittance: 'REJET' });
    await takeBack('S-2', 40_000, { source: 'statement', remittance: `RETOUR ${B}`, bookedOn: '2026-03-02' });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 40_000, cycle: 1 });
  });

  it('does not lose the first payment while the second is unapplied, whichever is meant', async () => {
    await book('W-1', 120_000);
    await book('W-2', 120_000);
    await takeBack('S-2', 120_000, byStatement);
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000, cycle: 1 });
    expect(await listed()).toEqual(['S-2', 'W-2']);
  });

  it('without an id by the statement is what no invoice took, if that alone is of its amount', async () => {
    await book('W-1', 120_000);
    await book('W-2', 60_000);
    expect(await takeBack('S-2', 60_000, byStatement)).toMatchObject({ outcome: 'applied' });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000 });
    expect(await listed()).toEqual([]);
  });

  it('without an id by the statement never is of a credit note: no bank takes one back', async () => {
    await book('W-1', 120_000);
    await new CaseCommands(desk).credit(120_000);
    expect(await takeBack('S-1', 120_000, { ...byStatement, bookedOn: '2026-02-21' })).toMatchObject({
      outcome: 'applied',
    });
    expect(await receipt('S-1')).toMatchObject({ returnsTransactionId: 'W-1' });
    const [rest] = (await listed()).filter((id) => id.startsWith('credit-note-CN-1'));
    const allocations = [{ invoiceId: B, amount: { amountMinor: 40_000, currency: 'EUR' } }];
    await allocateCash(desk.planning, { transactionId: rest!, allocations, at: desk.now, actor: 'anne' });
    const words = { source: 'statement', remittance: `RETOUR ${B}`, bookedOn: '2026-03-21' } as const;
    expect(await takeBack('S-2', 120_000, words)).toMatchObject({ outcome: 'unapplied' });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 40_000 });
  });

  it.each([
    ['the day of the return is told of late', '2026-02-12', '2026-02-10'],
    ['the return was booked before the payment', '2026-02-28', '2026-02-14'],
  ])('does not lose what was paid again when %s', async (_, paidAgainOn, toldOn) => {
    await book('W-1', 120_000);
    await takeBack('R-1', 120_000, { returnsTransactionId: 'W-1' });
    await book('W-2', 120_000, { bookedOn: paidAgainOn, valueOn: paidAgainOn });
    await takeBack('S-1', 120_000, { ...byStatement, bookedOn: toldOn });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000, cycle: 2 });
  });

  it('loses what was paid again when that is taken back as well, weeks later', async () => {
    await book('W-1', 120_000);
    await takeBack('R-1', 120_000, { returnsTransactionId: 'W-1' });
    await book('W-2', 120_000, { bookedOn: '2026-02-12', valueOn: '2026-02-12' });
    await takeBack('S-2', 120_000, { ...byStatement, bookedOn: '2026-03-02' });
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 0, cycle: 3 });
  });

  it.each([
    ['event', 'statement'],
    ['statement', 'event'],
  ] as const)('in part loses it once, whoever names the payment: first the %s, then the %s', async (first, second) => {
    await book('W-1', 60_000);
    await takeBack('R-1', 20_000, { returnsTransactionId: 'W-1', source: first });
    expect(await takeBack('R-2', 20_000, { returnsTransactionId: 'W-1', source: second })).toMatchObject({
      outcome: 'unapplied',
    });
    expect(await theCase()).toMatchObject({ paidMinor: 40_000 });
    expect(await receipt('R-2')).toMatchObject({
      ...{ possibleDuplicateOf: 'R-1', unappliedReason: 'possible-duplicate', unappliedMinor: 20_000 },
    });
    expect(unappliedItemOf(await receipt('R-2')).suggestions).toMatchObject([
      { rule: 'possible-duplicate', why: expect.stringMatching(/^Transaction R-1, told by .+ of the same payment/) },
    ]);
    // The same event again, or the payment, does not take it after all.
    await takeBack('R-2', 20_000, { returnsTransactionId: 'W-1', source: second });
    await book('W-1', 60_000);
    expect(await theCase()).toMatchObject({ paidMinor: 40_000 });
  });

  it('in two equal parts loses both, and a third that only one of them tells of', async () => {
    await book('W-1', 60_000);
    for (const id of ['R-1', 'R-2']) await takeBack(id, 10_000, { returnsTransactionId: 'W-1' });
    for (const id of ['S-1', 'S-2', 'S-3']) {
      await takeBack(id, 10_000, { returnsTransactionId: 'W-1', source: 'statement' });
    }
    expect(await theCase()).toMatchObject({ paidMinor: 30_000 });
    expect(await listed()).toEqual(['S-1', 'S-2']);
  });

  describe('which was told by both of them, too', () => {
    beforeEach(async () => {
      await book('W-1', 120_000);
      await book('S-1', 120_000, { source: 'statement' });
      expect(await receipt('S-1')).toMatchObject({ possibleDuplicateOf: 'W-1' });
    });

    const ofTheSecond = () => takeBack('RS-1', 120_000, { returnsTransactionId: 'S-1', source: 'statement' });
    const ofTheFirst = () => takeBack('RW-1', 120_000, { returnsTransactionId: 'W-1' });

    it('under the id that was left to a person asks that person, and takes nothing until they know', async () => {
      expect(await ofTheSecond()).toMatchObject({ outcome: 'unapplied' });
      expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 120_000 });
      expect(await listed()).toEqual(['RS-1', 'S-1']);
      expect(await desk.taskOf('attention')).toMatchObject({
        invoiceIds: [A],
        title: 'A payment of invoice 2026-0042 may have been taken back: find out',
        reason: expect.stringContaining('Transaction RS-1 returns S-1'),
      });
      await ofTheSecond();
      expect(await desk.openTasks()).toHaveLength(1);
      expect(firstBrokenLink(A, await desk.history())).toBeNull();
    });

    it('asks about the first customer’s invoices where a person had given it to many', async () => {
      const many = Array.from({ length: 40 }, (_, index) => `INV-${100 + index}`);
      for (const invoiceId of many) await desk.registerSibling(invoiceId, { totalMinor: 1_000 });
      const told = { remittance: 'merci', debtorName: 'Nobody Known' };
      await book('W-9', 40_000, told);
      await book('S-9', 40_000, { ...told, source: 'statement' });
      for (const invoiceId of many) {
        const allocations = [{ invoiceId, amount: { amountMinor: 1_000, currency: 'EUR' } }];
        await allocateCash(desk.planning, { transactionId: 'W-9', allocations, at: desk.now, actor: 'anne' });
      }
      await takeBack('RS-9', 40_000, { returnsTransactionId: 'S-9', source: 'statement', remittance: 'REJET' });
      expect((await desk.taskOf('attention')).invoiceIds).toEqual(many.slice(0, 23));
    });

    it('is taken back once both have said so, in either order, and nothing is left on the list', async () => {
      await ofTheSecond();
      await ofTheFirst();
      expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 0, cycle: 2 });
      expect(await listed()).toEqual([]);
      expect(await receipt('S-1')).toMatchObject({ unappliedMinor: 0, returnedMinor: 120_000 });
    });

    it('is taken back when the first of them says so, and what the second tells belongs to that', async () => {
      await ofTheFirst();
      expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 0 });
      await ofTheSecond();
      expect(await listed()).toEqual([]);
      expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 0, cycle: 2 });
    });

    it('takes back what a person has allocated of it, because they know that it is other money', async () => {
      const allocations = [{ invoiceId: B, amount: { amountMinor: 40_000, currency: 'EUR' } }];
      await allocateCash(desk.planning, { transactionId: 'S-1', allocations, at: desk.now, actor: 'anne' });
      await ofTheSecond();
      expect([(await theCase()).standing, (await theCase(B)).standing]).toEqual(['settled', 'open']);
    });

    it('takes it back, too, when the return had waited for that person to find out', async () => {
      await ofTheSecond();
      const allocations = [{ invoiceId: B, amount: { amountMinor: 40_000, currency: 'EUR' } }];
      const allocate = () =>
        allocateCash(desk.planning, { transactionId: 'S-1', allocations, at: desk.now, actor: 'anne' });
      expect(await allocate()).toMatchObject({ receipt: { unappliedMinor: 0, returnedMinor: 120_000 } });
      expect([(await theCase()).standing, (await theCase(B)).standing]).toEqual(['settled', 'open']);
      expect(await listed()).toEqual([]);
    });
  });

  it('asks before the payment came that it is a return of, as it does after', async () => {
    await book('W-1', 120_000);
    await takeBack('RS-1', 120_000, { returnsTransactionId: 'S-1', source: 'statement' });
    expect(await desk.openTasks()).toEqual([]);
    await book('S-1', 120_000, { source: 'statement' });
    expect(await theCase()).toMatchObject({ standing: 'settled' });
    expect(await desk.taskOf('attention')).toMatchObject({ invoiceIds: [A] });
  });
});

describe('a part of a payment of two invoices that is taken back', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { totalMinor: 40_000 });
    const remittance = `FACTURES 2026-0042 ET ${B}`;
    const paid = await applyPayment(desk.planning, aCredit({ transactionId: 'W-1', amountMinor: 160_000, remittance }));
    expect(paid).toMatchObject({ invoiceIds: [A, B] });
  });

  const takeBack = (amountMinor: number, fields: Partial<ReceivedCash>) =>
    applyPayment(desk.planning, aCredit({ kind: 'return', transactionId: 'R-1', amountMinor, ...fields }));
  const paidMinor = async () =>
    Promise.all([A, B].map(async (id) => (await desk.ledger.loadCaseFile(id))!.dunningCase.paidMinor));

  it.each([
    ['the first', '2026-0042', 30_000, [90_000, 40_000]],
    ['the second', B, 30_000, [120_000, 10_000]],
    ['no', 'REJET', 30_000, [120_000, 10_000]],
    ['the second, and is more than that had', B, 50_000, [110_000, 0]],
  ])('is owed again by the one its words name: %s', async (_, remittance, amountMinor, left) => {
    await takeBack(amountMinor, { remittance, returnsTransactionId: 'W-1' });
    expect(await paidMinor()).toEqual(left);
  });

  it('is left to a person when the bank gives no id: banks take back whole payments', async () => {
    expect(await takeBack(120_000, { remittance: 'RETOUR 2026-0042', source: 'statement' })).toMatchObject({
      outcome: 'unapplied',
    });
    expect(await paidMinor()).toEqual([120_000, 40_000]);
  });

  it('is owed again by the one its words name when it was told before the payment, too', async () => {
    const words = { remittance: 'RETOUR 2026-0042', returnsTransactionId: 'W-2' };
    await takeBack(10_000, words);
    await takeBack(120_000, { transactionId: 'R-2', returnsTransactionId: 'W-1', remittance: '2026-0042' });
    await takeBack(40_000, { transactionId: 'R-3', returnsTransactionId: 'W-1', remittance: B });
    const remittance = `FACTURES 2026-0042 ET ${B}`;
    await applyPayment(desk.planning, aCredit({ transactionId: 'W-2', amountMinor: 160_000, remittance }));
    expect(await paidMinor()).toEqual([110_000, 40_000]);
  });
});
