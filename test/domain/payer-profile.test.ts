import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUSTOMER_KINDS } from '../../lib/domain/customer.ts';
import { deriveProfile } from '../../lib/domain/payer-profile.ts';
import { type ClosedInvoice, DerivedProfileSchema } from '../../lib/domain/payer-record.ts';
import { aClosedInvoice, anyClosedInvoice } from '../support/payer-builders.ts';

const ON = '2026-06-30';
const business = { kind: 'business' } as const;

/** So many invoices alike, each with its own id. */
function times(count: number, fields: Parameters<typeof aClosedInvoice>[0]): ClosedInvoice[] {
  return Array.from({ length: count }, (_, index) => aClosedInvoice({ invoiceId: `INV-${index}`, ...fields }));
}

function profileOf(closed: readonly ClosedInvoice[]): string | null {
  return deriveProfile(closed, business, ON)?.profile ?? null;
}

describe('the profile of a business', () => {
  it.each([
    { profile: null, because: 'nothing closed yet', closed: [] },
    { profile: null, because: 'two invoices say too little', closed: times(2, { daysLate: 60 }) },
    {
      profile: null,
      because: 'its delays are over a year old',
      closed: times(5, { dueOn: '2025-04-01', daysLate: 60 }),
    },
    { profile: null, because: 'it is a little late, unprompted', closed: times(4, { daysLate: 8 }) },
    { profile: 'bad-payer', because: '30 days late on average', closed: times(3, { daysLate: 30 }) },
    { profile: null, because: '29 days late, unprompted', closed: times(3, { daysLate: 29 }) },
    {
      profile: 'bad-payer',
      because: 'the large invoice is very late',
      closed: [...times(3, { amountMinor: 10_000 }), aClosedInvoice({ amountMinor: 900_000, daysLate: 40 })],
    },
    {
      profile: 'bad-payer',
      because: 'two promises broken, one kept',
      closed: [...times(2, { promisesBroken: 1 }), aClosedInvoice({ promisesKept: 1 })],
    },
    {
      profile: 'bad-payer',
      because: 'as many promises broken as kept',
      closed: [...times(2, { promisesBroken: 1, promisesKept: 1 }), aClosedInvoice()],
    },
    {
      profile: 'good-payer',
      because: 'more promises kept than broken',
      closed: [...times(2, { promisesBroken: 1, promisesKept: 1 }), aClosedInvoice({ promisesKept: 1 })],
    },
    { profile: null, because: 'two invoices, whatever was promised', closed: times(2, { promisesBroken: 1 }) },
    {
      profile: 'good-payer',
      because: 'one promise broken is an accident',
      closed: [aClosedInvoice({ promisesBroken: 1 }), ...times(2, {})],
    },
    {
      profile: 'negligent',
      because: 'half are paid only after a notice',
      closed: [...times(2, { daysLate: 6, noticesAfterDue: 1 }), ...times(2, { daysLate: 4 })],
    },
    {
      profile: null,
      because: 'a third are paid only after a notice',
      closed: [aClosedInvoice({ daysLate: 12, noticesAfterDue: 1 }), ...times(2, { daysLate: 3 })],
    },
    { profile: 'good-payer', because: 'the bank takes three days', closed: times(3, { daysLate: 3 }) },
    { profile: null, because: 'four days are late', closed: times(3, { daysLate: 4 }) },
    {
      profile: 'good-payer',
      because: 'one of ten needed a notice',
      closed: [...times(9, {}), aClosedInvoice({ noticesAfterDue: 1 })],
    },
    {
      profile: null,
      because: 'one of nine needed a notice',
      closed: [...times(8, {}), aClosedInvoice({ noticesAfterDue: 1 })],
    },
    {
      profile: 'disputing',
      because: 'half are disputed, and rightly',
      closed: [...times(2, { disputes: 1 }), ...times(2, {})],
    },
    {
      profile: 'disputing',
      because: 'a third are disputed, and wrongly',
      closed: [aClosedInvoice({ disputes: 1, disputesUnfounded: 1 }), ...times(2, {})],
    },
    {
      profile: 'disputing',
      because: 'a third are disputed, half of them wrongly',
      closed: [aClosedInvoice({ disputes: 2, disputesUnfounded: 1 }), ...times(2, {})],
    },
    {
      profile: 'good-payer',
      because: 'a third are disputed, and rightly',
      closed: [aClosedInvoice({ disputes: 1 }), ...times(2, {})],
    },
    {
      profile: 'disputing',
      because: 'a dispute explains the delay',
      closed: times(3, { daysLate: 60, disputes: 1, noticesAfterDue: 2 }),
    },
    {
      profile: 'disputing',
      because: 'disputes that end in a credit count',
      closed: times(3, { paidOn: null, disputes: 1 }),
    },
    { profile: null, because: 'credited invoices say nothing of paying', closed: times(5, { paidOn: null }) },
    {
      profile: 'automatic',
      because: 'the money is drawn, once is enough',
      closed: times(1, { isAutomaticPayment: true }),
    },
    {
      profile: 'bad-payer',
      because: 'the bank refused to have it drawn',
      closed: times(3, { isAutomaticPayment: true, daysLate: 35, noticesAfterDue: 1 }),
    },
    {
      profile: 'good-payer',
      because: 'only some is drawn',
      closed: [aClosedInvoice({ isAutomaticPayment: true }), ...times(2, {})],
    },
  ])('is $profile: $because', ({ closed, profile }) => {
    expect(profileOf(closed)).toBe(profile);
  });

  it('does not know on a date what happened after it', () => {
    const closed = times(3, { daysLate: 60 });
    expect(deriveProfile(closed, business, '2026-03-30')).toBeNull();
    expect(deriveProfile(closed, business, '2026-03-31')?.profile).toBe('bad-payer');
  });
});

describe('the reasons', () => {
  it('give the figures, the deciding one first', () => {
    const closed = times(5, { daysLate: 34, noticesAfterDue: 1, promisesKept: 1, promisesBroken: 2 });
    expect(deriveProfile(closed, business, ON)).toEqual({
      profile: 'bad-payer',
      reasons: [
        'paid 34 days late on average, weighted by amount, over 5 invoices in 12 months',
        'paid 5 of 5 invoices only after a notice',
        'kept 5 of 15 promises to pay',
      ],
      on: ON,
    });
  });

  it('say of disputes how many proved unfounded', () => {
    const [disputed, ...others] = times(3, { daysLate: 1 });
    const closed = [{ ...disputed!, disputes: 1, disputesUnfounded: 1 }, ...others];
    expect(deriveProfile(closed, business, ON)?.reasons).toEqual([
      'disputed 1 of 3 invoices, and 1 of 1 dispute proved unfounded',
      'paid 1 day late on average, weighted by amount, over 3 invoices in 12 months',
      'paid 0 of 3 invoices only after a notice',
    ]);
  });

  it('say how amounts of several currencies were weighed', () => {
    const closed = [...times(2, {}), aClosedInvoice({ currency: 'CHF' })];
    expect(deriveProfile(closed, business, ON)?.reasons[0]).toBe(
      'paid 0 days late on average, each invoice counted alike, since currencies differ, over 3 invoices in 12 months',
    );
  });

  it('say that payments are automatic', () => {
    const closed = times(2, { isAutomaticPayment: true });
    expect(deriveProfile(closed, business, ON)?.reasons[0]).toBe('paid 2 of 2 invoices automatically');
  });
});

describe('whom it depends on', () => {
  it('finds a public body administrative, before anything closed and whatever it paid', () => {
    expect(deriveProfile([], { kind: 'public' }, ON)).toEqual({
      ...{ profile: 'administrative', reasons: ['is a public body'], on: ON },
    });
    expect(deriveProfile(times(3, { daysLate: 90 }), { kind: 'public' }, ON)).toEqual({
      profile: 'administrative',
      reasons: [
        'is a public body',
        'paid 90 days late on average, weighted by amount, over 3 invoices in 12 months',
        'paid 0 of 3 invoices only after a notice',
      ],
      on: ON,
    });
  });

  it('judges no natural person', () => {
    fc.assert(
      fc.property(fc.array(anyClosedInvoice, { maxLength: 10 }), (closed) => {
        expect(deriveProfile(closed, { kind: 'consumer' }, '2026-12-31')).toBeNull();
      }),
    );
  });
});

describe('the profile of any debtor', () => {
  const anyHistory = fc.array(anyClosedInvoice, { maxLength: 12 });

  it('does not depend on the order of the invoices', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom(...CUSTOMER_KINDS), (closed, kind) => {
        const derived = deriveProfile(closed, { kind }, '2026-12-31');
        expect(deriveProfile(closed.toReversed(), { kind }, '2026-12-31')).toEqual(derived);
        const byAmount = closed.toSorted((one, other) => one.amountMinor - other.amountMinor);
        expect(deriveProfile(byAmount, { kind }, '2026-12-31')).toEqual(derived);
      }),
    );
  });

  it('always says why, each reason once, and is never that of somebody who cannot pay', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom('business', 'public'), (closed, kind) => {
        const derived = deriveProfile(closed, { kind }, '2026-12-31');
        if (derived === null) return;
        expect(DerivedProfileSchema.parse(derived)).toEqual(derived);
        expect(derived.reasons.length).toBeGreaterThan(0);
        expect(new Set(derived.reasons).size).toBe(derived.reasons.length);
        expect(derived.reasons.join()).not.toMatch(/NaN|undefined|null/);
        expect(derived.profile).not.toBe('insolvent');
      }),
    );
  });
});
