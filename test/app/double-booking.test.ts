import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { ReceivedCash } from '../../lib/app/pay-into.ts';
import { unappliedItemOf } from '../../lib/app/unapplied-item.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const IBAN = 'FR7630006000011234567890189';

const INVOICE = 'INV-2026-0042';

describe('one payment told of by the webhook and by a statement', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
  });

  const arrive = (transactionId: string, source: ReceivedCash['source'], told: Partial<ReceivedCash> = {}) =>
    applyPayment(desk.planning, aCredit({ transactionId, source, amountMinor: 20_000, debtorIban: IBAN, ...told }));
  const paidMinor = async () => (await desk.ledger.loadCaseFile(INVOICE))!.dunningCase.paidMinor;

  it.each([
    ['event', 'statement'],
    ['statement', 'event'],
  ] as const)('is booked once, by the %s that came first, and kept for a person from the %s', async (first, second) => {
    expect(await arrive('W-1', first)).toMatchObject({ outcome: 'applied', invoiceId: INVOICE });
    expect(await arrive('S-1', second, { remittance: 'FACTURE\n2026-0042' })).toEqual({
      ...{ outcome: 'unapplied', invoiceId: null },
    });
    expect(await paidMinor()).toBe(20_000);
    const receipt = (await desk.ledger.loadReceipt('S-1'))!;
    expect(receipt).toMatchObject({
      ...{ unappliedReason: 'possible-duplicate', possibleDuplicateOf: 'W-1', unappliedMinor: 20_000 },
    });
    expect(receipt.customerId).toBeUndefined();
    expect(unappliedItemOf(receipt).suggestions).toEqual([
      {
        ...{ invoiceIds: [INVOICE], rule: 'possible-duplicate' },
        why: expect.stringMatching(/^Transaction W-1, told by .+: this money seems to be booked already\.$/),
      },
    ]);
  });

  it('is allocated by a person who knows that it is other money', async () => {
    await arrive('W-1', 'event');
    await arrive('S-1', 'statement');
    const allocations = [{ invoiceId: INVOICE, amount: { amountMinor: 20_000, currency: 'EUR' } }];
    await allocateCash(desk.planning, { transactionId: 'S-1', allocations, at: desk.now, actor: 'anne' });
    expect(await paidMinor()).toBe(40_000);
  });

  it('and another, equal one are both booked when one source tells of both', async () => {
    for (const id of ['S-1', 'S-2']) expect(await arrive(id, 'statement')).toMatchObject({ outcome: 'applied' });
    expect(await paidMinor()).toBe(40_000);
    for (const id of ['W-1', 'W-2', 'W-3']) await arrive(id, 'event');
    // The webhook told of three where the statement told of two: the third is other money.
    expect(await paidMinor()).toBe(60_000);
    expect(await desk.ledger.loadReceipt('W-3')).toMatchObject({ allocations: [{ invoiceId: INVOICE }] });
  });

  it.each<[string, Partial<ReceivedCash>]>([
    ['another amount', { amountMinor: 20_001 }],
    ['another value date', { valueOn: '2026-02-03' }],
    ['another account', { debtorIban: 'DE89370400440532013000' }],
    ['other words', { remittance: 'FACTURE 2026-0042 BIS' }],
  ])('is other money with %s', async (_, told) => {
    await arrive('W-1', 'event');
    expect(await arrive('S-1', 'statement', told)).toMatchObject({ outcome: 'applied' });
  });

  it('is known by its end-to-end id, whatever the words', async () => {
    await arrive('W-1', 'event', { endToEndId: 'E2E-7' });
    const told = { endToEndId: 'E2E-7', remittance: 'INV 2026-0042', debtorIban: undefined };
    expect(await arrive('S-1', 'statement', told)).toMatchObject({ outcome: 'unapplied' });
  });

  it('is booked once however often each of them tells it', async () => {
    await arrive('W-1', 'event');
    await arrive('S-1', 'statement');
    expect(await arrive('W-1', 'event')).toMatchObject({ outcome: 'duplicate' });
    expect(await arrive('S-1', 'statement')).toMatchObject({ outcome: 'duplicate' });
    expect(await paidMinor()).toBe(20_000);
  });

  it('is booked once for each of very many who pay the same that day in the same words', async () => {
    const ids = (letter: string) => Array.from({ length: 60 }, (_, index) => `${letter}-${100 + index}`);
    const cash = { amountMinor: 1000, remittance: 'COTISATION 2026', debtorIban: undefined };
    for (const id of ids('E')) await arrive(id, 'event', cash);
    for (const id of ids('S')) await arrive(id, 'statement', cash);
    const kept = await Promise.all(ids('S').map((id) => desk.ledger.loadReceipt(id)));
    expect(kept.map((receipt) => receipt?.possibleDuplicateOf)).toEqual(ids('E'));
    expect(await arrive('S-200', 'statement', cash)).toMatchObject({ outcome: 'unapplied' });
    expect(await desk.ledger.loadReceipt('S-200')).not.toHaveProperty('possibleDuplicateOf');
  });

  it('is booked once for each, however many come at the same moment', async () => {
    await arrive('W-1', 'event');
    await Promise.all(['S-1', 'S-2'].map((id) => arrive(id, 'statement')));
    expect(await paidMinor()).toBe(40_000);
    const kept = await Promise.all(['S-1', 'S-2'].map((id) => desk.ledger.loadReceipt(id)));
    expect(kept.filter((receipt) => receipt?.possibleDuplicateOf === 'W-1')).toHaveLength(1);
  });
});
