import { describe, expect, it } from 'vitest';
import { ageReceivables, type ReceivableRow } from '../../../lib/domain/reports/aged-receivables.ts';

const row = (row: Partial<ReceivableRow>): ReceivableRow => ({
  ...{ customerId: 'C-1', name: 'Martin', currency: 'EUR', dueOn: '2026-10-31', outstandingMinor: 10000 },
  ...row,
});

describe('aged receivables', () => {
  it.each([
    ['2026-10-30', 'current'],
    ['2026-10-31', 'current'], // on the due date itself nothing is late
    ['2026-11-01', '1-30'],
    ['2026-11-30', '1-30'],
    ['2026-12-01', '31-60'],
    ['2026-12-30', '31-60'],
    ['2026-12-31', '61-90'],
    ['2027-01-29', '61-90'],
    ['2027-01-30', 'over-90'],
  ])('on %s puts what was due on 31 October in %s', (on, bucket) => {
    const [eur] = ageReceivables([row({})], on);
    const none = { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, 'over-90': 0 };
    expect(eur?.buckets).toEqual({ ...none, [bucket]: 10000 });
  });

  it('adds up customers within a currency, the largest first, and never across currencies', () => {
    const rows = [
      row({ outstandingMinor: 100 }),
      row({ customerId: 'C-2', name: 'Noël', dueOn: '2026-11-20', outstandingMinor: 250 }),
      row({ dueOn: '2026-08-01', outstandingMinor: 7 }),
      row({ customerId: 'C-2', name: 'Noël', outstandingMinor: -50 }), // a credit note not used yet
      row({ currency: 'CHF', outstandingMinor: 900 }),
      row({ customerId: 'C-3', outstandingMinor: 0 }),
    ];
    expect(ageReceivables(rows, '2026-11-15')).toMatchObject([
      { currency: 'CHF', totalMinor: 900, customers: [{ customerId: 'C-1', totalMinor: 900 }] },
      {
        currency: 'EUR',
        totalMinor: 307,
        buckets: { current: 250, '1-30': 50, '31-60': 0, '61-90': 0, 'over-90': 7 },
        customers: [
          { customerId: 'C-2', name: 'Noël', totalMinor: 200, buckets: { current: 250, '1-30': -50 } },
          { customerId: 'C-1', name: 'Martin', totalMinor: 107, buckets: { '1-30': 100, 'over-90': 7 } },
        ],
      },
    ]);
  });

  it('is empty when nobody owes anything', () => {
    expect(ageReceivables([], '2026-11-15')).toEqual([]);
  });
});
