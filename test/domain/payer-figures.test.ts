import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payerFigures } from '../../lib/domain/payer-figures.ts';
import { aClosedInvoice, anyClosedInvoice } from '../support/payer-builders.ts';

function averageOf(...closed: Parameters<typeof payerFigures>[0]): number | null {
  return payerFigures(closed).averageDaysLate;
}

describe('the average days late', () => {
  it('is weighted by amount within one currency', () => {
    // (9 000.00 × 40 + 1 000.00 × 0) / 10 000.00
    const large = aClosedInvoice({ amountMinor: 900_000, daysLate: 40 });
    expect(averageOf(large, aClosedInvoice({ amountMinor: 100_000 }))).toBe(36);
  });

  it('counts every invoice alike when currencies differ, so that yen do not outweigh euros', () => {
    const inYen = aClosedInvoice({ amountMinor: 50_000_000, currency: 'JPY', daysLate: 60 });
    const inEuros = aClosedInvoice({ amountMinor: 100 });
    expect(averageOf(inYen, inEuros, inEuros)).toBe(20);
  });

  it('lets an early payment make up for no delay', () => {
    expect(averageOf(aClosedInvoice({ daysLate: -20 }), aClosedInvoice({ daysLate: 20 }))).toBe(10);
  });

  it('is rounded half up to a whole day', () => {
    expect(averageOf(aClosedInvoice({ daysLate: 1 }), aClosedInvoice({ daysLate: 2 }))).toBe(2);
    expect(averageOf(aClosedInvoice({ daysLate: 1 }), aClosedInvoice(), aClosedInvoice())).toBe(0);
  });

  it('leaves out what was credited or written off, and is null when nothing was paid', () => {
    const credited = aClosedInvoice({ paidOn: null });
    expect(averageOf(aClosedInvoice({ daysLate: 12 }), credited)).toBe(12);
    expect(averageOf(credited)).toBeNull();
    expect(averageOf()).toBeNull();
  });

  it('stands even though every invoice was of nothing', () => {
    const ofNothing = aClosedInvoice({ amountMinor: 0, daysLate: 8 });
    expect(averageOf(ofNothing, ofNothing)).toBe(8);
  });

  it('is exact where amounts are as large as they may be', () => {
    const amountMinor = Number.MAX_SAFE_INTEGER;
    expect(averageOf(aClosedInvoice({ amountMinor, daysLate: 31 }), aClosedInvoice({ amountMinor }))).toBe(16);
  });
});

describe('the counts', () => {
  it('tell what was paid, how, and what was said about it', () => {
    const figures = payerFigures([
      aClosedInvoice({ noticesAfterDue: 2, promisesKept: 1, promisesBroken: 2 }),
      aClosedInvoice({ disputes: 2, disputesUnfounded: 1, isAutomaticPayment: true }),
      aClosedInvoice({ paidOn: null, noticesAfterDue: 3, disputes: 1 }),
    ]);
    expect(figures).toEqual({
      ...{ invoices: 3, paid: 2, averageDaysLate: 0, isWeightedByAmount: true },
      ...{ paidAfterNotice: 1, paidAutomatically: 1, promisesKept: 1, promisesBroken: 2 },
      ...{ disputed: 2, disputes: 3, disputesUnfounded: 1 },
    });
  });
});

describe('the figures of any debtor', () => {
  const anyHistory = fc.array(anyClosedInvoice, { maxLength: 12 });

  it('do not depend on the order of the invoices', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.nat()), (closed, keys) => {
        const keyed = closed.map((invoice) => ({ invoice, key: Number(keys.next().value) }));
        const shuffled = keyed.toSorted((one, other) => one.key - other.key).map(({ invoice }) => invoice);
        expect(payerFigures(shuffled)).toEqual(payerFigures(closed));
      }),
    );
  });

  it('are never worse for one more punctual invoice in a currency they pay in', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat({ max: 9_000_000 }), (closed, amountMinor) => {
        const paid = closed.find(({ paidOn }) => paidOn !== null);
        fc.pre(paid !== undefined && closed.some((invoice) => invoice.amountMinor > 0));
        const punctual = aClosedInvoice({ amountMinor, currency: paid!.currency });
        expect(averageOf(...closed, punctual)).toBeLessThanOrEqual(averageOf(...closed)!);
      }),
    );
  });
});
