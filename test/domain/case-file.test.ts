import { describe, expect, it } from 'vitest';
import { claimsOfCycle, effectiveProfile, levelReached, newCustomerRecord } from '../../lib/domain/case-file.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import type { DerivedProfile } from '../../lib/domain/payer-record.ts';
import { aCustomer } from '../support/builders.ts';
import { aCase, aClaim } from '../support/case-builders.ts';

const at = '2026-02-10T09:00:00Z';

describe('the payer profile that shapes the ladder', () => {
  const derivedProfile: DerivedProfile = {
    profile: 'bad-payer',
    reasons: ['paid 40 days late on average'],
    on: '2026-01-31',
  };

  const profileOf = (fields: Partial<Customer>, derived: DerivedProfile | null = derivedProfile) =>
    effectiveProfile({ ...newCustomerRecord(aCustomer(fields)), derivedProfile: derived });

  it('is the one worked out from how they paid', () => {
    expect(profileOf({})).toBe('bad-payer');
    expect(profileOf({ kind: 'public' })).toBe('bad-payer');
  });

  it('is the one a person gave, whatever was worked out', () => {
    expect(profileOf({ profile: 'good-payer' })).toBe('good-payer');
  });

  it('never comes from a machine for a natural person', () => {
    expect(profileOf({ kind: 'consumer' })).toBeNull();
    expect(profileOf({ kind: 'consumer', profile: 'negligent' })).toBe('negligent');
  });

  it('is none of one nothing is known of', () => {
    expect(profileOf({}, null)).toBeNull();
  });
});

describe('the claims of a case', () => {
  it('are those of the current cycle', () => {
    const old = aClaim({ stepId: 'A1', at });
    const current = aClaim({ stepId: 'A2', at, cycle: 2 });
    const claims = claimsOfCycle({ dunningCase: aCase({ cycle: 2 }), claims: [old, current], payments: [] });
    expect([...claims]).toEqual([['A2', current]]);
  });

  it('reach the firmest level that was sent, in any cycle', () => {
    const claims = [
      aClaim({ stepId: 'B1', at }),
      aClaim({ stepId: 'A1', at, cycle: 2 }),
      aClaim({ stepId: 'C1', at, state: 'failed' }),
      aClaim({ stepId: 'C2', at, state: 'assigned' }),
    ];
    expect(levelReached({ dunningCase: aCase({ cycle: 2 }), claims, payments: [] })).toBe('level2');
  });

  it('reach no level by a confirmation', () => {
    const confirmation = { ...aClaim({ stepId: 'A1', at }), stepId: 'confirmation-1', level: 'level3' } as const;
    expect(levelReached({ dunningCase: aCase(), claims: [confirmation], payments: [] })).toBe('preventive');
  });
});
