import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPromise } from '../../lib/domain/promise.ts';
import {
  balanceAfterReturn,
  heldMinor,
  paymentsThatCount,
  receiptAfterReturn,
  returnAfter,
  splitReturn,
  undoPayment,
} from '../../lib/domain/taken-back.ts';
import { aCase } from '../support/case-builders.ts';
import { aPayment, aReceipt } from '../support/ledger-writes.ts';

const onInvoices = (...amounts: number[]) =>
  amounts.map((amountMinor, index) => ({ invoiceId: `INV-${index}`, amountMinor }));

describe('what a return takes back of a payment', () => {
  it.each([
    ['nothing of an empty payment', 0, [], 50, { unappliedMinor: 0, parts: [], excessMinor: 50 }],
    ['what no invoice took first', 30, [100], 20, { unappliedMinor: 20, parts: [], excessMinor: 0 }],
    [
      'then from the last invoice backwards',
      30,
      [100, 40],
      90,
      {
        unappliedMinor: 30,
        parts: [
          { invoiceId: 'INV-1', amountMinor: 40 },
          { invoiceId: 'INV-0', amountMinor: 20 },
        ],
        excessMinor: 0,
      },
    ],
    ['no more than there is', 0, [100], 130, { unappliedMinor: 0, parts: onInvoices(100), excessMinor: 30 }],
    ['nothing of an invoice that has none of it left', 0, [100, 0], 10, { parts: onInvoices(10) }],
  ])('is %s', (_, unappliedMinor, amounts, amountMinor, expected) => {
    expect(splitReturn({ unappliedMinor, allocations: onInvoices(...amounts) }, amountMinor)).toMatchObject(expected);
  });

  it('leaves received = allocated + unapplied + returned of both receipts, to the cent, over any returns in a row', () => {
    const cents = fc.nat({ max: 1000 });
    fc.assert(
      fc.property(
        cents,
        fc.array(cents, { maxLength: 5 }),
        fc.array(cents, { maxLength: 5 }),
        (left, parts, returns) => {
          const amountMinor = parts.reduce((sum, part) => sum + part, left);
          let credit = aReceipt({ amountMinor, unappliedMinor: left, allocations: onInvoices(...parts) });
          for (const backMinor of returns) {
            const taken = splitReturn(credit, backMinor);
            const asked = aReceipt({
              kind: 'return',
              amountMinor: backMinor,
              unappliedMinor: backMinor,
              allocations: [],
            });
            const back = returnAfter(asked, taken);
            expect(back.unappliedMinor + (back.returnedMinor ?? 0)).toBe(backMinor);
            expect(back.unappliedMinor).toBe(taken.excessMinor);
            credit = receiptAfterReturn(credit, taken);
            const allocated = credit.allocations.reduce((sum, { amountMinor: own }) => sum + own, 0);
            expect(allocated + credit.unappliedMinor + (credit.returnedMinor ?? 0)).toBe(amountMinor);
          }
        },
      ),
    );
  });
});

describe('a payment that is undone', () => {
  const mixed = aPayment({ amountMinor: 100, interestMinor: 30, compensationMinor: 40 });

  it.each([
    [60, { principalMinor: 60, interestMinor: 0, compensationMinor: 0 }],
    [110, { principalMinor: 100, interestMinor: 10, compensationMinor: 0 }],
    [170, { principalMinor: 100, interestMinor: 30, compensationMinor: 40 }],
  ])('by %i loses what it paid last first', (amountMinor, expected) => {
    const { payment, undone } = undoPayment(mixed, { amountMinor, on: '2026-02-20' });
    expect(undone).toMatchObject(expected);
    expect(heldMinor(payment)).toBe(170 - amountMinor);
    expect(payment).toMatchObject({
      amountMinor: 100,
      returnedMinor: expected.principalMinor,
      returnedOn: '2026-02-20',
    });
  });

  it('by more than its invoice has of it is a defect', () => {
    expect(() => undoPayment(mixed, { amountMinor: 171, on: '2026-02-20' })).toThrow('invariant');
  });

  it('has nothing of what was given up with any payment left in its case', () => {
    const money = { paidMinor: 100, creditedMinor: 52, writtenOffMinor: 13 };
    const dunningCase = aCase({ ...money, grantedDiscountMinor: 2, toleratedMinor: 3 });
    const { undone } = undoPayment(aPayment(), { amountMinor: 10, on: '2026-02-20' });
    expect(balanceAfterReturn(dunningCase, undone, '2026-02-02T09:00:00Z')).toMatchObject({
      ...{ paidMinor: 90, creditedMinor: 50, writtenOffMinor: 10, grantedDiscountMinor: 0, toleratedMinor: 0 },
    });
  });

  it('counts as paid only for what is left of it, and was never taken back before it came', () => {
    const part = undoPayment(aPayment(), { amountMinor: 40, on: '2026-01-01' }).payment;
    const whole = undoPayment(aPayment(), { amountMinor: 100, on: '2026-02-20' }).payment;
    expect(part.returnedOn).toBe('2026-02-02');
    expect(paymentsThatCount([part, whole])).toEqual([{ valueOn: '2026-02-02', amountMinor: 60 }]);
  });

  it('takes its part of what had been paid before a promise or a plan was made out of it', () => {
    const promised = { promiseId: '1', promisedOn: '2026-03-01', amountMinor: 500, state: 'open' } as const;
    const promises = [{ ...promised, paidBeforeMinor: 100, at: '2026-02-10T09:00:00Z' }];
    const undone = { principalMinor: 100, interestMinor: 0, compensationMinor: 0 };
    const dunningCase = aCase({ paidMinor: 100, promises });
    const before = balanceAfterReturn(dunningCase, undone, '2026-02-02T09:00:00Z');
    expect(before.paidMinor).toBe(0);
    expect(openPromise(before.promises)?.paidBeforeMinor).toBe(0);
    const since = balanceAfterReturn(dunningCase, undone, '2026-02-12T09:00:00Z');
    expect(openPromise(since.promises)?.paidBeforeMinor).toBe(100);
  });
});
