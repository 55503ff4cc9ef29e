import { describe, expect, it } from 'vitest';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import { aCustomer } from '../../support/builders.ts';
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

describe('a case that is promised', () => {
  const promiseBy = (promisedOn: string) => ({
    ...{ promiseId: '1', promisedOn, amountMinor: null, paidBeforeMinor: 0, state: 'open' as const },
    at: '2026-02-04T08:00:00Z',
  });
  const planPromised = (promisedOn: string, facts: Parameters<typeof planFacts>[0] = {}) => {
    const dunningCase = aCase({ standing: 'promised', promises: [promiseBy(promisedOn)] });
    const claims = [aClaim({ stepId: 'A1', at: '2026-02-02T09:00:00Z' })];
    return planNextStep(planFacts({ dunningCase, claims, at: '2026-02-04T08:00:00Z', ...facts }));
  };

  it.each([
    ['a Wednesday: Thursday and Friday, then Monday', '2026-02-18', '2026-02-22T23:00:00Z'],
    ['a Sunday: Monday and Tuesday, then Wednesday', '2026-02-15', '2026-02-17T23:00:00Z'],
    ['before Easter: Tuesday and Wednesday, then Thursday', '2026-04-03', '2026-04-08T22:00:00Z'],
    ['today', '2026-02-04', '2026-02-08T23:00:00Z'],
  ])('by %s', (_, promisedOn, at) => {
    expect(planPromised(promisedOn)).toMatchObject({
      ...{ standing: 'waiting', lane: 'promise', reached: 'level1' },
      review: { stepId: 'review', level: 'level1', channel: 'review', at },
    });
  });

  it('counts its days by the calendar of the debtor', () => {
    const customer = aCustomer({ timeZone: 'America/New_York' });
    expect(planPromised('2026-02-18', { customer })).toMatchObject({ review: { at: '2026-02-23T05:00:00Z' } });
  });

  it('is looked at now when its day has passed already', () => {
    const at = '2026-03-02T08:00:00Z';
    expect(planPromised('2026-02-18', { at })).toMatchObject({ review: { at } });
  });

  it('has its confirmation sent first', () => {
    const said = { result: 'promise', agreedOn: '2026-02-04', requestedAt: '2026-02-04T08:00:00Z', invoiceIds: [] };
    const confirmations = [{ confirmationId: 'confirmation-1', template: 'promise-confirmation', ...said }];
    const dunningCase = aCase({ standing: 'promised', promises: [promiseBy('2026-02-18')], confirmations });
    expect(planNextStep(planFacts({ dunningCase }))).toMatchObject({
      ...{ standing: 'open', next: { stepId: 'confirmation-1' } },
    });
  });

  it('has a notice that was on its way asked about first', () => {
    const claims = [aClaim({ stepId: 'A1', state: 'reserved', at: '2026-02-04T07:59:00Z' })];
    expect(planPromised('2026-02-18', { claims })).toMatchObject({ standing: 'open', next: { stepId: 'A1' } });
  });
});

it.each(['settled', 'cancelled', 'written-off', 'handed-over'] as const)(
  'a case that is %s has no next step',
  (standing) => {
    expect(planNextStep(planFacts({ dunningCase: aCase({ standing }) }))).toEqual({ standing });
  },
);
