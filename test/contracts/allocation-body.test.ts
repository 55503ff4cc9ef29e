import { describe, expect, it } from 'vitest';
import { parseAllocations } from '../../lib/contracts/allocation-body.ts';

const allocation = (invoiceId: string, amount = '10.00', currency = 'EUR') => ({
  invoiceId,
  amount: { amount, currency },
});

function pointersOf(body: unknown) {
  const parsed = parseAllocations(body);
  return parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer);
}

describe('an allocation by hand', () => {
  it('says in minor units what each invoice takes', () => {
    expect(parseAllocations({ allocations: [allocation('INV-1', '0.01'), allocation('INV-2')] })).toEqual({
      ok: true,
      value: {
        allocations: [
          { invoiceId: 'INV-1', amount: { amountMinor: 1, currency: 'EUR' } },
          { invoiceId: 'INV-2', amount: { amountMinor: 1000, currency: 'EUR' } },
        ],
      },
    });
  });

  it.each([
    ['nothing', {}, ['/allocations']],
    ['no invoice', { allocations: [] }, ['/allocations']],
    ['an invoice twice', { allocations: [allocation('A'), allocation('A')] }, ['/allocations/1/invoiceId']],
    [
      'two currencies',
      { allocations: [allocation('A'), allocation('B', '10', 'JPY')] },
      ['/allocations/1/amount/currency'],
    ],
    ['an amount of zero', { allocations: [allocation('A', '0.00')] }, ['/allocations/0/amount/amount']],
    ['a list of numbers', { allocations: [1, 2] }, ['/allocations/0', '/allocations/1']],
    ['a list that is none', { allocations: 'A' }, ['/allocations']],
  ])('of %s is refused', (_, body, pointers) => {
    expect(pointersOf(body)).toEqual(pointers);
  });

  it('takes 20 invoices and not one more', () => {
    const many = (length: number) => ({
      allocations: Array.from({ length }, (_, index) => allocation(`INV-${index}`)),
    });
    expect(pointersOf(many(20))).toEqual([]);
    expect(pointersOf(many(21))).toEqual(['/allocations']);
  });
});
