import { describe, expect, it } from 'vitest';
import { type CustomerRecord, newCustomerRecord } from '../../../lib/domain/case-file.ts';
import type { DunningCase } from '../../../lib/domain/dunning-case.ts';
import { reasonToSkip } from '../../../lib/domain/plan/step-conditions.ts';
import type { PolicyStep } from '../../../lib/domain/policy.ts';
import { aCustomer, anInvoice } from '../../support/builders.ts';
import { aCase, standardPolicy } from '../../support/case-builders.ts';
import { aClosedInvoice } from '../../support/payer-builders.ts';

const [preventive] = standardPolicy.steps as [PolicyStep];

interface Situation {
  readonly conditions?: PolicyStep['conditions'];
  readonly step?: Partial<PolicyStep>;
  readonly dunningCase?: Partial<DunningCase>;
  readonly record?: Partial<CustomerRecord>;
}

const reason = ({ conditions, step, dunningCase, record }: Situation) =>
  reasonToSkip({ ...preventive, conditions, ...step }, aCase({ isFirstInvoice: false, ...dunningCase }), {
    ...newCustomerRecord(aCustomer()),
    ...record,
  });

const amountAtLeast = { EUR: 50_000, JPY: 80_000 };
const small = { invoice: anInvoice({ totalMinor: 49_999 }) };

describe('a step', () => {
  it('without conditions is for everybody', () => {
    expect(reason({ dunningCase: small })).toBeNull();
  });

  it.each([
    ['an amount below it', 49_999, 0, 'EUR', 'amount-below-threshold'],
    ['the very amount', 50_000, 0, 'EUR', null],
    ['a rest below it after a payment', 120_000, 70_001, 'EUR', 'amount-below-threshold'],
    ['a rest of the very amount', 120_000, 70_000, 'EUR', null],
    ['a currency of its own', 79_999, 0, 'JPY', 'amount-below-threshold'],
    ['a currency without a threshold', 1, 0, 'CHF', null],
  ])('with a threshold, and %s', (_what, totalMinor, paidMinor, currency, expected) => {
    const dunningCase = { invoice: anInvoice({ totalMinor, currency }), paidMinor };
    expect(reason({ conditions: { amountAtLeast }, dunningCase })).toBe(expected);
  });

  it.each([
    ['the first invoice', { firstInvoice: true }, { dunningCase: { ...small, isFirstInvoice: true } }, null],
    ['a later invoice', { firstInvoice: true }, { dunningCase: small }, 'amount-below-threshold'],
    [
      'a last invoice that was paid late',
      { lastInvoiceLate: true },
      { dunningCase: small, record: { closedInvoices: [aClosedInvoice({ daysLate: 3 })] } },
      null,
    ],
    [
      'a last invoice that was paid in time',
      { lastInvoiceLate: true },
      { dunningCase: small, record: { closedInvoices: [aClosedInvoice({ daysLate: 0 })] } },
      'amount-below-threshold',
    ],
    [
      'a payer profile it names',
      { profiles: ['negligent' as const] },
      { dunningCase: small, record: { customer: aCustomer({ profile: 'negligent' }) } },
      null,
    ],
    [
      'a payer profile it does not name',
      { profiles: ['negligent' as const] },
      { dunningCase: small, record: { customer: aCustomer({ profile: 'insolvent' }) } },
      'amount-below-threshold',
    ],
  ])('with a threshold that does not bind %s', (_what, regardlessOfAmount, situation, expected) => {
    expect(reason({ conditions: { amountAtLeast, regardlessOfAmount }, ...situation })).toBe(expected);
  });

  it.each([
    ['good-payer', 'profile-needs-no-notice'],
    ['negligent', null],
    [undefined, null],
  ] as const)('that is not for good payers is for a %s payer: %s', (profile, expected) => {
    const record = { customer: aCustomer({ profile }) };
    expect(reason({ conditions: { notForProfiles: ['good-payer'] }, record })).toBe(expected);
  });

  it('that the overlay dropped is for nobody of the profile', () => {
    expect(reason({ step: { isDropped: true } })).toBe('profile-needs-no-notice');
  });

  it.each([
    ['consumer', null],
    ['business', 'payer-kind-excluded'],
  ] as const)('for consumers only goes to a %s: %s', (kind, expected) => {
    expect(reason({ conditions: { onlyForKinds: ['consumer'] }, record: { customer: aCustomer({ kind }) } })).toBe(
      expected,
    );
  });
});
