import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import type { CaseFile } from '../../lib/domain/case-file.ts';
import {
  closedInTheYearTo,
  closedInvoiceOf,
  wasLastInvoiceLate,
  withClosedInvoice,
} from '../../lib/domain/payer-history.ts';
import { ClosedInvoiceSchema } from '../../lib/domain/payer-record.ts';
import type { StepClaim } from '../../lib/domain/step-claim.ts';
import { aCase } from '../support/case-builders.ts';
import { aClosedInvoice, anyClosedInvoice } from '../support/payer-builders.ts';

function aNotice(fields: Partial<StepClaim>): StepClaim {
  return {
    ...{ invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'courteous-email', attempt: 1, at: '2026-02-03T08:00:00Z' },
    ...{ level: 'level1', channel: 'email', state: 'sent' },
    ...fields,
  };
}

describe('an invoice that closed', () => {
  const closedAfter = (claims: StepClaim[], paidOn: string | null = '2026-02-20') => {
    const file: CaseFile = { dunningCase: aCase(), claims, payments: [] };
    return closedInvoiceOf(file, { closedOn: '2026-02-21', paidOn });
  };

  it('is kept with its amount, its dates and how it was paid', () => {
    const closed = closedAfter([aNotice({})]);
    expect(closed).toEqual(
      aClosedInvoice({ closedOn: '2026-02-21', paidOn: '2026-02-20', amountMinor: 120_000, noticesAfterDue: 1 }),
    );
    expect(ClosedInvoiceSchema.parse(closed)).toEqual(closed);
  });

  it.each([
    { notices: 1, because: 'another step left', claim: {} },
    { notices: 1, because: 'a call was made', claim: { channel: 'call' } },
    { notices: 1, because: 'it left in an earlier cycle', claim: { cycle: 2 } },
    { notices: 0, because: 'it is preventive', claim: { level: 'preventive' } },
    { notices: 0, because: 'it did not leave', claim: { state: 'failed' } },
    { notices: 0, because: 'it is still with a person', claim: { state: 'assigned' } },
    { notices: 0, because: 'it confirms a call', claim: { stepId: 'confirmation-1' } },
    { notices: 0, because: 'it asks a person of ours to decide', claim: { channel: 'hand-over' } },
    { notices: 0, because: 'it crossed the payment', claim: { at: '2026-02-20T08:00:00Z' } },
    { notices: 0, because: 'it was posted too late', claim: { channel: 'letter', postedOn: '2026-02-21' } },
  ])('counts $notices notices after the due date: $because', ({ notices, claim }) => {
    expect(closedAfter([aNotice(claim as Partial<StepClaim>)]).noticesAfterDue).toBe(notices);
  });

  it('counts every notice when no money came', () => {
    expect(closedAfter([aNotice({}), aNotice({ at: '2026-05-04T08:00:00Z' })], null)).toMatchObject({
      paidOn: null,
      noticesAfterDue: 2,
    });
  });

  it('was drawn by the creditor only when somebody says so', () => {
    const file: CaseFile = { dunningCase: aCase(), claims: [], payments: [] };
    const dates = { closedOn: '2026-02-21', paidOn: '2026-01-30' };
    expect(closedInvoiceOf(file, dates).isAutomaticPayment).toBe(false);
    expect(closedInvoiceOf(file, { ...dates, isAutomaticPayment: true }).isAutomaticPayment).toBe(true);
  });
});

describe('the closed invoices of a debtor', () => {
  it('hold an invoice once, as it closed last', () => {
    const before = aClosedInvoice({ invoiceId: 'A' });
    const again = aClosedInvoice({ invoiceId: 'A', daysLate: 30 });
    expect(withClosedInvoice([before, aClosedInvoice({ invoiceId: 'B' })], again)).toEqual([
      aClosedInvoice({ invoiceId: 'B' }),
      again,
    ]);
  });

  it.each([
    { closedOn: '2026-01-31', kept: true },
    { closedOn: '2026-01-30', kept: false },
  ])('keep one of $closedOn beside one of 30 January 2027: $kept', ({ closedOn, kept }) => {
    const old = aClosedInvoice({ invoiceId: 'A', closedOn });
    const one = aClosedInvoice({ invoiceId: 'B', closedOn: '2027-01-30' });
    expect(withClosedInvoice([old], one)).toEqual(kept ? [old, one] : [one]);
  });

  it('stay within twelve months and a hundred, each once, in the order they closed', () => {
    fc.assert(
      fc.property(fc.array(anyClosedInvoice, { maxLength: 150 }), (invoices) => {
        const kept = invoices.reduce(withClosedInvoice, []);
        expect(kept.length).toBeLessThanOrEqual(100);
        expect(new Set(kept.map(({ invoiceId }) => invoiceId)).size).toBe(kept.length);
        const dates = kept.map(({ closedOn }) => closedOn);
        expect(dates).toEqual(dates.toSorted());
        const earliest = addCalendarDays(dates.at(-1) ?? '2026-01-01', -364);
        expect(dates.every((date) => date >= earliest)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('drop the oldest beyond a hundred', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => aClosedInvoice({ invoiceId: `INV-${100 + index}` }));
    const kept = withClosedInvoice(hundred, aClosedInvoice({ invoiceId: 'INV-NEW', daysLate: 1 }));
    expect(kept.map(({ invoiceId }) => invoiceId)).toEqual([
      ...hundred.slice(1).map(({ invoiceId }) => invoiceId),
      'INV-NEW',
    ]);
  });

  it('do not count for the year to a date before they closed', () => {
    expect(closedInTheYearTo([aClosedInvoice({ closedOn: '2026-03-01' })], '2026-02-28')).toEqual([]);
  });
});

describe('the last invoice', () => {
  const early = aClosedInvoice({ invoiceId: 'A', dueOn: '2026-01-10' });
  const late = aClosedInvoice({ invoiceId: 'B', dueOn: '2026-01-20', daysLate: 1 });

  it.each([
    { because: 'there was none', closed: [], isLate: false },
    { because: 'the one that closed last was', closed: [late, early], isLate: true },
    {
      because: 'a later one was not',
      closed: [late, aClosedInvoice({ invoiceId: 'C', dueOn: '2026-02-10' })],
      isLate: false,
    },
    { because: 'a later one was credited', closed: [late, aClosedInvoice({ paidOn: null })], isLate: true },
    {
      because: 'one of two that closed on the day was',
      closed: [late, aClosedInvoice({ invoiceId: 'Z', dueOn: '2026-01-21' })],
      isLate: true,
    },
  ])('was late is $isLate: $because', ({ closed, isLate }) => {
    expect(wasLastInvoiceLate(closed)).toBe(isLate);
    expect(wasLastInvoiceLate(closed.toReversed())).toBe(isLate);
  });
});
