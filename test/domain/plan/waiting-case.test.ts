import { describe, expect, it } from 'vitest';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import { aCase, aClaim, planFacts } from '../../support/case-builders.ts';

const block = { reason: 'wait', since: '2026-02-02', actor: 'anne' };

function planBlocked(until: string | null, facts: Parameters<typeof planFacts>[0] = {}) {
  const dunningCase = aCase({ standing: 'blocked', block: { ...block, until } });
  const claims = [aClaim({ stepId: 'A1', at: '2026-02-02T09:00:00Z' })];
  return planNextStep(planFacts({ dunningCase, claims, at: '2026-02-04T08:00:00Z', ...facts }));
}

describe('a blocked case', () => {
  it('waits at the level it has reached, and is looked at again on the day after its block', () => {
    expect(planBlocked('2026-02-10')).toEqual({
      ...{ standing: 'waiting', lane: 'block', reached: 'level1' },
      review: {
        ...{ stepId: 'review', level: 'level1', channel: 'review', at: '2026-02-10T23:00:00Z' },
        why: 'blocked through 2026-02-10; looked at again on the day after',
      },
    });
  });

  it('counts its days by the calendar of the creditor, wherever the debtor is', () => {
    expect(planBlocked('2026-02-10', { creditorTimeZone: 'America/New_York' })).toMatchObject({
      review: { at: '2026-02-11T05:00:00Z' },
    });
  });

  it('is looked at now when its day has passed already', () => {
    expect(planBlocked('2026-02-10', { at: '2026-03-01T08:00:00Z' })).toMatchObject({
      review: { at: '2026-03-01T08:00:00Z' },
    });
  });

  it('is not looked at again while its block has no end', () => {
    expect(planBlocked(null)).toMatchObject({ standing: 'waiting', review: null });
  });

  it('sends not even the confirmation of what was said', () => {
    const said = { result: 'promise', agreedOn: '2026-02-04', requestedAt: '2026-02-04T08:00:00Z' };
    const confirmation = {
      confirmationId: 'confirmation-1',
      template: 'promise-confirmation',
      invoiceIds: [],
      ...said,
    };
    const confirmations = [confirmation];
    const dunningCase = aCase({ standing: 'blocked', block: { ...block, until: null }, confirmations });
    expect(planNextStep(planFacts({ dunningCase }))).toMatchObject({ standing: 'waiting' });
  });
});

it.each(['settled', 'cancelled', 'written-off', 'handed-over'] as const)(
  'a case that is %s has no next step',
  (standing) => {
    expect(planNextStep(planFacts({ dunningCase: aCase({ standing }) }))).toEqual({ standing });
  },
);
