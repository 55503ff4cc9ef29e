import { describe, expect, it } from 'vitest';
import { type AllocationTerms, allocate } from '../../lib/domain/allocate.ts';
import type { CaseFile } from '../../lib/domain/case-file.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { forgivenRest } from '../../lib/domain/forgiven-rest.ts';
import type { Invoice } from '../../lib/domain/invoice.ts';
import { anInvoice } from '../support/builders.ts';
import { aCase } from '../support/case-builders.ts';
import { aPayment } from '../support/ledger-writes.ts';

const NO_TERMS: AllocationTerms = { toleranceMinor: 0, unpaidCharges: { compensationMinor: 0, interestMinor: 0 } };

/** A case of 1 200.00 €, and the payments it took, by value date. */
function aFile(
  { invoice, ...fields }: Partial<Omit<DunningCase, 'invoice'>> & { invoice?: Partial<Invoice> } = {},
  paid: Readonly<Record<string, number>> = {},
): CaseFile {
  const payments = Object.entries(paid).map(([valueOn, amountMinor]) => aPayment({ valueOn, amountMinor }));
  const paidMinor = payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    dunningCase: aCase({ invoice: anInvoice(invoice), paidMinor, ...fields }),
    ...{ claims: [], payments },
  };
}

const euros = (amountMinor: number, valueOn = '2026-01-10') => ({ amountMinor, currency: 'EUR', valueOn });

describe('money on an invoice', () => {
  it.each([
    [100_000, 100_000, 0, null],
    [120_000, 120_000, 0, null],
    [120_001, 120_000, 1, 'over-payment'],
  ] as const)('of %i is taken up to what is owed: %i, and %i is left', (amountMinor, applied, left, reason) => {
    const taken = allocate(aFile(), euros(amountMinor), NO_TERMS);
    expect(taken).toMatchObject({ appliedMinor: applied, unappliedMinor: left, unappliedReason: reason });
    expect(taken.parts).toEqual({
      ...{ principalMinor: applied, interestMinor: 0, compensationMinor: 0 },
      ...{ discountMinor: 0, toleratedMinor: 0 },
    });
  });

  it.each([
    ['in another currency', aFile(), { ...euros(100), currency: 'USD' }, 'other-currency'],
    ['once it is settled', aFile({ standing: 'settled', paidMinor: 120_000 }), euros(100), 'nothing-owed'],
    ['once it is cancelled', aFile({ standing: 'cancelled', creditedMinor: 120_000 }), euros(100), 'nothing-owed'],
    ['once it is handed over', aFile({ standing: 'handed-over' }), euros(100), 'nothing-owed'],
  ])('is not taken %s', (_, file, received, unappliedReason) => {
    const { amountMinor: unappliedMinor } = received;
    expect(allocate(file, received, NO_TERMS)).toMatchObject({ appliedMinor: 0, unappliedMinor, unappliedReason });
  });
});

describe('the discount for paying 1 200.00 by 15 January with 2 % off, which leaves 1 176.00', () => {
  const early = { invoice: { earlyPaymentDiscount: { until: '2026-01-15', percent: '2.0' } } };
  const discounted = (file: CaseFile, amountMinor: number, valueOn = '2026-01-15') =>
    allocate(file, euros(amountMinor, valueOn), NO_TERMS).parts.discountMinor;

  it.each([
    // paid, value date, discount
    [117_600, '2026-01-15', 2_400], // on the last day
    [117_600, '2026-01-16', 0], // a day late: a part payment
    [117_600, '2025-12-20', 2_400], // before it was issued
    [117_599, '2026-01-15', 2_401], // a rounding of their own
    [117_598, '2026-01-15', 0],
    [117_601, '2026-01-15', 2_399],
    [119_999, '2026-01-15', 1], // whoever pays more is no worse off
    [120_000, '2026-01-15', 0], // in full: there is none
    [130_000, '2026-01-15', 0],
  ] as const)('is, of %i paid on %s, %i', (amountMinor, valueOn, expected) => {
    expect(discounted(aFile(early), amountMinor, valueOn)).toBe(expected);
  });

  it('is taken with the last of several payments in time', () => {
    expect(discounted(aFile(early, { '2026-01-05': 50_000, '2026-01-12': 50_000 }), 17_600)).toBe(2_400);
    expect(discounted(aFile(early, { '2026-01-05': 50_000, '2026-01-12': 50_000 }), 17_598)).toBe(0);
  });

  it('is not taken when a part of the money came too late', () => {
    expect(discounted(aFile(early, { '2026-01-20': 50_000 }), 67_600)).toBe(0);
    expect(discounted(aFile(early, { '2026-01-05': 50_000 }), 67_600, '2026-01-16')).toBe(0);
  });

  it('is not taken by money that was taken back', () => {
    const file = aFile(early);
    const payments = [aPayment({ valueOn: '2026-01-05', amountMinor: 50_000, returnedMinor: 50_000 })];
    expect(discounted({ ...file, payments }, 67_600)).toBe(0);
  });

  it('is not taken by money that is late, however little would do', () => {
    // 60 % of 0.02 are 0.01, and a rounding would make up for the rest.
    const invoice = { totalMinor: 2, earlyPaymentDiscount: { until: '2026-01-15', percent: '60' } };
    expect(discounted(aFile({ invoice }), 1, '2026-01-16')).toBe(0);
  });

  it('is of what was billed less what was credited', () => {
    // 1 000.00 are left, of which 2 % are 20.00.
    const credited = aFile({ ...early, creditedMinor: 20_000 });
    expect(discounted(credited, 98_000)).toBe(2_000);
    expect(discounted(credited, 97_600)).toBe(0);
  });

  it('is taken when a credit note makes enough of what came in time', () => {
    // 970.00 in time of 1 200.00; 210.20 credited leave 989.80, of which 2 % are 19.80.
    const file = aFile({ ...early, creditedMinor: 21_020 }, { '2026-01-10': 97_000 });
    expect(forgivenRest(file, { toleranceMinor: 0, unpaidMinor: 0 })).toEqual({
      ...{ discountMinor: 1_980, toleratedMinor: 0 },
    });
  });

  it('is none where it would be less than half a minor unit', () => {
    const invoice = { ...early.invoice, totalMinor: 20 };
    expect(discounted(aFile({ invoice }), 19)).toBe(0);
  });

  it('is judged before charges: in time there are none', () => {
    const terms = { toleranceMinor: 0, unpaidCharges: { compensationMinor: 4_000, interestMinor: 500 } };
    expect(allocate(aFile(early), euros(117_600), terms).parts).toEqual({
      ...{ principalMinor: 117_600, interestMinor: 0, compensationMinor: 0 },
      ...{ discountMinor: 2_400, toleratedMinor: 0 },
    });
  });
});

describe('a rest within a tolerance of 1.00', () => {
  const tolerated = (amountMinor: number, file = aFile(), terms: Partial<AllocationTerms> = {}) =>
    allocate(file, euros(amountMinor), { ...NO_TERMS, toleranceMinor: 100, ...terms }).parts.toleratedMinor;

  it.each([
    [119_899, 0], // 1.01 is left
    [119_900, 100],
    [119_999, 1],
    [120_000, 0], // nothing is left
    [120_050, 0],
    [1, 0],
  ])('is given up: of %i paid, %i', (amountMinor, expected) => {
    expect(tolerated(amountMinor)).toBe(expected);
  });

  it('is not given up where no tolerance is set', () => {
    expect(tolerated(119_999, aFile(), { toleranceMinor: 0 })).toBe(0);
  });

  it('is given up of an invoice below it once something was paid', () => {
    expect(tolerated(1, aFile({ invoice: { totalMinor: 90 } }))).toBe(89);
  });

  it('counts the charges that have to be paid, too', () => {
    const small = aFile({ invoice: { totalMinor: 90 } });
    const unpaidCharges = { compensationMinor: 4_000, interestMinor: 5 };
    expect(tolerated(3_994, small, { unpaidCharges })).toBe(0); // 0.90 and 0.11 of charges are left
    expect(tolerated(3_995, small, { unpaidCharges })).toBe(90); // 1.00 is left
  });
});

describe('money on an invoice whose charges come first', () => {
  const unpaidCharges = { compensationMinor: 4_000, interestMinor: 999 };

  it.each([
    // paid, compensation, interest, principal, left
    [1_000, 1_000, 0, 0, 0],
    [4_000, 4_000, 0, 0, 0],
    [4_500, 4_000, 500, 0, 0],
    [50_000, 4_000, 999, 45_001, 0],
    [120_000, 4_000, 999, 115_001, 0], // what the invoice says leaves the worth of the charges
    [124_999, 4_000, 999, 120_000, 0],
    [125_000, 4_000, 999, 120_000, 1],
  ])(
    'of %i pays %i of compensation, %i of interest and %i of the principal, and %i is left',
    (paid, compensation, interest, principal, left) => {
      const { appliedMinor, unappliedMinor, parts } = allocate(aFile(), euros(paid), { ...NO_TERMS, unpaidCharges });
      expect(parts).toMatchObject({
        ...{ compensationMinor: compensation, interestMinor: interest, principalMinor: principal },
      });
      expect([appliedMinor, unappliedMinor]).toEqual([paid - left, left]);
    },
  );
});
