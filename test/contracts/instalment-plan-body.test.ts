import { describe, expect, it } from 'vitest';
import { parseInstalmentPlan } from '../../lib/contracts/instalment-plan-body.ts';

const EUROS = { amount: '100.00', currency: 'EUR' };
const PARTS = [
  { dueOn: '2026-11-20', amount: EUROS },
  { dueOn: '2026-12-20', amount: EUROS },
];

const pointersOf = (body: unknown) => {
  const parsed = parseInstalmentPlan(body);
  return parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer);
};

describe('the body of a plan', () => {
  it('becomes parts with amounts in minor units, or without any', () => {
    const amount = { amountMinor: 10_000, currency: 'EUR' };
    expect(parseInstalmentPlan({ instalments: PARTS, note: 'agreed\nby phone' })).toEqual({
      ok: true,
      value: {
        instalments: PARTS.map(({ dueOn }) => ({ dueOn, amount })),
        ...{ force: false, note: 'agreed\nby phone' },
      },
    });
    const dates = PARTS.map(({ dueOn }) => ({ dueOn }));
    expect(parseInstalmentPlan({ instalments: dates, force: true })).toEqual({
      ok: true,
      value: { instalments: dates, force: true },
    });
  });

  it('may be one part when it is forced', () => {
    expect(pointersOf({ instalments: [PARTS[0]], force: true })).toEqual([]);
    expect(pointersOf({ instalments: [PARTS[0]] })).toEqual(['/instalments']);
  });

  it.each([
    ['nothing', {}, ['/instalments']],
    ['no parts', { instalments: [] }, ['/instalments']],
    ['61 parts', { instalments: Array.from({ length: 61 }, (_, n) => ({ dueOn: day(n) })) }, ['/instalments']],
    ['what it does not know', { instalments: PARTS, interval: 'P1M' }, ['/interval']],
    ['a part that is a date', { instalments: ['2026-11-20', '2026-12-20'] }, ['/instalments/0', '/instalments/1']],
    ['the same day twice', { instalments: [PARTS[0], PARTS[0]] }, ['/instalments/1/dueOn']],
    ['a day before the one before', { instalments: PARTS.toReversed() }, ['/instalments/1/dueOn']],
    ['one amount of two', { instalments: [PARTS[0], { dueOn: '2026-12-20' }] }, ['/instalments/1/amount']],
    [
      'nothing to be paid',
      { instalments: [PARTS[0], { dueOn: '2026-12-20', amount: { ...EUROS, amount: '0.00' } }] },
      ['/instalments/1/amount/amount'],
    ],
  ])('refuses %s', (_, body, pointers) => {
    expect([...new Set(pointersOf(body))]).toEqual(pointers);
  });
});

function day(number: number): string {
  return new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
}
