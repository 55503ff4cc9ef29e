import fc from 'fast-check';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import type { ClosedInvoice } from '../../lib/domain/payer-record.ts';

/** An invoice of 1 200.00 € due on 30 January 2026 that was paid so many days later (0 unless said), and closed the same day. */
export function aClosedInvoice(fields: Partial<ClosedInvoice> & { readonly daysLate?: number } = {}): ClosedInvoice {
  const { daysLate = 0, dueOn = '2026-01-30', ...rest } = fields;
  const paidOn = rest.paidOn === undefined ? addCalendarDays(dueOn, daysLate) : rest.paidOn;
  return {
    invoiceId: 'INV-2026-0042',
    closedOn: paidOn ?? dueOn,
    amountMinor: 120_000,
    currency: 'EUR',
    noticesAfterDue: 0,
    promisesKept: 0,
    promisesBroken: 0,
    disputes: 0,
    disputesUnfounded: 0,
    isAutomaticPayment: false,
    ...rest,
    ...{ dueOn, paidOn },
  };
}

const aCount = fc.integer({ min: 0, max: 3 });

/** Any closed invoice due in 2026; some were never paid. */
export const anyClosedInvoice: fc.Arbitrary<ClosedInvoice> = fc
  .record({
    number: fc.integer({ min: 1, max: 9999 }),
    dueAfterDays: fc.integer({ min: 0, max: 364 }),
    daysLate: fc.oneof(fc.integer({ min: -10, max: 120 }), fc.constant(null)),
    amountMinor: fc.oneof(fc.integer({ min: 0, max: 5_000_000 }), fc.constant(Number.MAX_SAFE_INTEGER)),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'CHF', 'JPY'),
    ...{ noticesAfterDue: aCount, promisesKept: aCount, promisesBroken: aCount },
    disputes: aCount,
    areUnfounded: fc.boolean(),
    isAutomaticPayment: fc.boolean(),
  })
  .map(({ number, dueAfterDays, daysLate, areUnfounded, ...fields }) => {
    const dueOn = addCalendarDays('2026-01-01', dueAfterDays);
    return aClosedInvoice({
      ...fields,
      ...{ invoiceId: `INV-${number}`, dueOn, paidOn: daysLate === null ? null : addCalendarDays(dueOn, daysLate) },
      disputesUnfounded: areUnfounded ? fields.disputes : 0,
    });
  });
