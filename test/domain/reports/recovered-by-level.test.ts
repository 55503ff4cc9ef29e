import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecoveredInvoice, recoveredByLevel } from '../../../lib/domain/reports/recovered-by-level.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };

const NOTHING = { none: 0, preventive: 0, level1: 0, level2: 0, level3: 0, litigation: 0 };

const NOTICES: RecoveredInvoice['notices'] = [
  { on: '2026-02-20', level: 'preventive' },
  { on: '2026-03-04', level: 'level1' },
  { on: '2026-03-25', level: 'level2' },
];

const recovered = (on: string, notices = NOTICES) =>
  recoveredByLevel([{ payments: [{ on, amountMinor: 700 }], notices }], MARCH);

describe('what is recovered by level', () => {
  it.each([
    ['before any notice', '2026-03-03', [], { none: 700 }],
    ['after the preventive notice', '2026-03-03', NOTICES, { preventive: 700 }],
    ['on the day of the first notice, which cannot have moved it', '2026-03-04', NOTICES, { preventive: 700 }],
    ['on the day after it', '2026-03-05', NOTICES, { level1: 700 }],
    ['after the last one', '2026-03-31', NOTICES, { level2: 700 }],
    ['at the firmest, whatever was sent last', '2026-03-31', [...NOTICES].reverse(), { level2: 700 }],
    ['before the period', '2026-02-28', NOTICES, {}],
    ['after the period', '2026-04-01', NOTICES, {}],
  ])('counts money that came %s', (_, on, notices, expected) => {
    expect(recovered(on, notices)).toEqual({ ...NOTHING, ...expected });
  });

  it('adds up to what came in', () => {
    const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`);
    const level = fc.constantFrom(...(['preventive', 'level1', 'level2', 'level3'] as const));
    const invoice = fc.record({
      payments: fc.array(fc.record({ on: date, amountMinor: fc.nat({ max: 10_000 }) })),
      notices: fc.array(fc.record({ on: date, level })),
    });
    fc.assert(
      fc.property(fc.array(invoice), (invoices) => {
        const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);
        const paid = invoices.flatMap(({ payments }) => payments.map(({ amountMinor }) => amountMinor));
        expect(sum(Object.values(recoveredByLevel(invoices, MARCH)))).toBe(sum(paid));
      }),
    );
  });
});
