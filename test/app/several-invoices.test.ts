import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { unappliedItemOf } from '../../lib/app/unapplied-item.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const [B, C] = ['INV-2026-0043', 'INV-2026-0044'];

describe('a payment that names several invoices', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.registerSibling(C, { totalMinor: 50_000 });
  });

  const arrive = (amountMinor: number, remittance = `FACTURES ${B} ET ${C}`) =>
    applyPayment(desk.planning, aCredit({ amountMinor, remittance, transactionId: 'BK-1' }));
  const theCase = async (invoiceId: string) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;

  it('and is exactly what they owe settles them all, once', async () => {
    const outcome = { outcome: 'applied', invoiceIds: [B, C], rule: 'invoice-number' };
    expect(await arrive(170_000)).toMatchObject(outcome);
    expect(await arrive(170_000)).toMatchObject({ outcome: 'duplicate' });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 120_000 });
    expect(await theCase(C)).toMatchObject({ standing: 'settled', paidMinor: 50_000 });
    expect(await desk.ledger.loadReceipt('BK-1')).toMatchObject({ unappliedMinor: 0, customerId: 'C-100' });
    expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toHaveLength(2);
  });

  const takeBack = (amountMinor: number) =>
    applyPayment(
      desk.planning,
      aCredit({
        kind: 'return',
        transactionId: 'BK-2',
        returnsTransactionId: 'BK-1',
        amountMinor,
        remittance: 'RETOUR',
      }),
    );

  it('and is taken back is owed again in each of their cases, and one person asked', async () => {
    await arrive(170_000);
    await takeBack(170_000);
    const { invoiceIds, title } = await desk.taskOf('attention');
    expect([invoiceIds, title]).toEqual([[B, C], `A payment of invoices ${B}, ${C} was taken back: call`]);
    expect(await desk.historyTypes(C)).toContain('TaskRaised');
  });

  it('and is taken back before anybody placed it cannot be placed any more', async () => {
    await arrive(99_900);
    await takeBack(99_900);
    expect(await desk.ledger.loadReceipt('BK-1')).toMatchObject({ unappliedMinor: 0, returnedMinor: 99_900 });
    const allocations = [{ invoiceId: B, amount: { amountMinor: 99_900, currency: 'EUR' } }];
    const refused = await allocateCash(desk.planning, {
      transactionId: 'BK-1',
      allocations,
      at: desk.now,
      actor: 'anne',
    });
    expect(refused).toEqual({ conflict: expect.stringContaining('Only 0.00 EUR is left') });
    expect(await theCase(B)).toMatchObject({ paidMinor: 0 });
  });

  it('and finds one of them paid meanwhile is read again, and takes nothing twice', async () => {
    const pays = new FlakyLedger();
    const racing = new Desk(pays);
    await racing.register({ customer: aReachableCustomer() });
    await racing.registerSibling(B);
    await racing.registerSibling(C, { totalMinor: 50_000 });
    pays.cutInBefore(1, () => racing.payInvoice(B));
    await applyPayment(
      racing.planning,
      aCredit({ amountMinor: 170_000, remittance: `FACTURES ${B} ET ${C}`, transactionId: 'BK-9' }),
    );
    expect((await pays.loadCaseFile(B))!.dunningCase).toMatchObject({ paidMinor: 120_000, standing: 'settled' });
    const receipt = (await pays.loadReceipt('BK-9'))!;
    const taken = receipt.allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(taken + receipt.unappliedMinor).toBe(170_000);
    expect(receipt.allocations.map(({ invoiceId }) => invoiceId)).not.toContain(B);
  });

  it('and pays but a part of the last one leaves the rest of it owed', async () => {
    expect(await arrive(150_000)).toMatchObject({ outcome: 'applied', invoiceIds: [B, C] });
    expect(await theCase(B)).toMatchObject({ standing: 'settled', paidMinor: 120_000 });
    expect(await theCase(C)).toMatchObject({ standing: 'open', paidMinor: 30_000 });
  });

  it('and is another amount is suggested, with the reason, best first', async () => {
    expect(await arrive(99_900)).toMatchObject({ outcome: 'unapplied' });
    const receipt = (await desk.ledger.loadReceipt('BK-1'))!;
    expect(receipt).toMatchObject({ unappliedMinor: 99_900, unappliedReason: 'several-matches' });
    const [best] = unappliedItemOf(receipt).suggestions;
    expect(best).toEqual({
      invoiceIds: [B, C],
      rule: 'invoice-number',
      why: expect.stringContaining('not without doubt'),
    });
    expect(await theCase(B)).toMatchObject({ paidMinor: 0 });
  });
});

describe('a payment for several of many invoices in one piece of work', () => {
  // Ten is what the words of a payment may name at most.
  it.each([
    ['call', 'A2', '2026-02-04', 6],
    ['letter', 'A4', '2026-02-16', 4],
    ['letter', 'A4', '2026-02-16', 10],
    ['approval', 'C2', '2026-03-16', 10],
  ] as const)('settles them all, and withdraws the %s: %s on %s, %i invoices', async (kind, stepId, day, count) => {
    const steps = standardPolicy.steps.filter((step) => step.stepId === stepId);
    const desk = new Desk(undefined, [{ ...standardPolicy, steps, overlays: {} }]);
    await desk.register({ customer: aReachableCustomer() });
    for (let index = 0; index < 29; index += 1) await desk.registerSibling(`INV-${100 + index}`);
    await desk.runUntil(`${day}T17:30:00Z`);
    const task = (await desk.openTasks()).toSorted((one, other) => other.invoiceIds.length - one.invoiceIds.length)[0]!;
    expect(task.kind).toBe(kind);
    const paid = task.invoiceIds
      .filter((invoiceId) => invoiceId.startsWith('INV-1'))
      .slice(0, count)
      .toSorted();
    const remittance = `FACTURES ${paid.join(' ')}`;
    const outcome = await applyPayment(
      desk.planning,
      aCredit({ amountMinor: 120_000 * count, remittance, receivedAt: desk.now }),
    );
    expect(outcome).toMatchObject({ outcome: 'applied', invoiceIds: paid });
    for (const invoiceId of paid) {
      expect((await desk.ledger.loadCaseFile(invoiceId))!.dunningCase).toMatchObject({ standing: 'settled' });
    }
    expect(await desk.ledger.loadTask(task.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
  });

  it('keeps them all back when its amount leaves a doubt, and withdraws what people have in hand', async () => {
    const steps = standardPolicy.steps.filter(({ stepId }) => stepId === 'A2' || stepId === 'A4');
    const desk = new Desk(undefined, [{ ...standardPolicy, steps, overlays: {} }]);
    await desk.register({ customer: aReachableCustomer() });
    for (let index = 0; index < 29; index += 1) await desk.registerSibling(`INV-${100 + index}`);
    await desk.runUntil('2026-02-16T17:30:00Z');
    const inHand = (await desk.openTasks()).filter(({ kind }) => kind === 'letter' || kind === 'call');
    const named = inHand.flatMap(({ invoiceIds }) => invoiceIds.filter((id) => id !== 'INV-2026-0042').slice(0, 5));
    const invoiceIds = [...new Set(named)].slice(0, 10);
    const remittance = `FACTURES ${invoiceIds.join(' ')}`;
    const amountMinor = 120_000 * invoiceIds.length + 777;
    const cash = aCredit({ amountMinor, remittance, receivedAt: desk.now });
    expect(await applyPayment(desk.planning, cash)).toMatchObject({ outcome: 'unapplied' });
    for (const invoiceId of invoiceIds) {
      const { hold, openTaskIds } = (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
      expect([hold?.reason, openTaskIds]).toEqual(['unplaced-payment', [hold?.taskId]]);
    }
    expect(await desk.taskOf('unapplied-cash')).toMatchObject({ invoiceIds });
  });
});
