import { describe, expect, it } from 'vitest';
import type { Confirmation } from '../../../lib/domain/confirmation.ts';
import { nextConfirmation } from '../../../lib/domain/plan/next-confirmation.ts';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { aCase, aClaim, planFacts } from '../../support/case-builders.ts';

const confirmation = (confirmationId: string): Confirmation => ({
  confirmationId,
  template: 'promise-confirmation',
  invoiceIds: ['INV-2026-0042'],
  result: 'promise',
  agreedOn: '2026-02-05',
  promisedOn: '2026-02-11',
  requestedAt: '2026-02-05T20:00:00Z',
});

const claimOf = (stepId: string, fields: Partial<StepClaim> = {}): StepClaim => ({
  ...aClaim({ stepId: 'A1', at: '2026-02-05T20:00:00.000Z' }),
  stepId,
  ...fields,
});

// A Thursday evening, 21:00 in Paris: no hour for notices.
const at = '2026-02-05T20:00:00Z';
const first = confirmation('confirmation-1');
const second = confirmation('confirmation-2');

function factsOf(claims: readonly StepClaim[], confirmations = [first, second], hold = false) {
  const promise = { reason: 'promise', since: '2026-02-05', until: '2026-02-13' } as const;
  const contacts = [{ on: '2026-02-05', channel: 'call' as const, step: { invoiceId: 'X', cycle: 1, stepId: 'A2' } }];
  const dunningCase = aCase({ confirmations, hold: hold ? promise : null });
  return planFacts({ dunningCase, claims, contacts, at });
}

const nextAt = (claims: readonly StepClaim[]) => {
  const next = nextConfirmation(factsOf(claims));
  return next && [next.stepId, Date.parse(next.at) - Date.parse(at)];
};

const MINUTE = 60_000;

describe('a written confirmation', () => {
  it('leaves at once, whatever the hour and whoever was contacted that day', () => {
    expect(nextConfirmation(factsOf([]))).toEqual({
      stepId: 'confirmation-1',
      level: 'preventive',
      channel: 'email',
      at: '2026-02-05T20:00:00.000Z',
      why: 'confirms in writing what was said on 2026-02-05',
    });
  });

  it('comes before any notice, and though a promise holds those', () => {
    const plan = planNextStep(factsOf([], [first], true));
    expect(plan).toMatchObject({ next: { stepId: 'confirmation-1' }, skipped: [] });
  });

  it.each([
    ['sent', 'confirmation-2'],
    ['failed', 'confirmation-2'],
    ['skipped', 'confirmation-2'],
    ['released', 'confirmation-1'],
  ] as const)('that is %s is followed by %s', (state, stepId) => {
    expect(nextAt([claimOf('confirmation-1', { state })])).toEqual([stepId, 0]);
  });

  it('that is on its way is asked about after the send timeout', () => {
    expect(nextAt([claimOf('confirmation-1', { state: 'reserved' })])).toEqual(['confirmation-1', 10 * MINUTE]);
  });

  it.each([
    [5, 0],
    [6, 36 * MINUTE],
    [24, 120 * MINUTE],
  ])('that the provider turned away %i times waits for longer', (attempt, waits) => {
    expect(nextAt([claimOf('confirmation-1', { state: 'released', attempt })])).toEqual(['confirmation-1', waits]);
  });

  it('is owed no more when all were sent', () => {
    const claims = [claimOf('confirmation-1'), claimOf('confirmation-2')];
    expect(nextAt(claims)).toBeNull();
  });

  it.each([
    ['sent', 'confirmation-2'],
    ['failed', 'confirmation-2'],
    ['reserved', 'confirmation-2'],
    ['released', 'confirmation-1'],
  ] as const)('that is %s when its payment is taken back is followed by %s', (state, stepId) => {
    const facts = factsOf([claimOf('confirmation-1', { state, cycle: 1 })]);
    const dunningCase = { ...facts.file.dunningCase, cycle: 2 };
    expect(nextConfirmation({ ...facts, file: { ...facts.file, dunningCase } })?.stepId).toBe(stepId);
  });

  it('waits with everything else while the debtor is said to be insolvent', () => {
    const facts = factsOf([]);
    const insolvent = { ...facts.record, insolventSince: '2026-02-05' };
    expect(nextConfirmation({ ...facts, record: insolvent })).toBeNull();
    expect(planNextStep({ ...facts, record: insolvent })).toMatchObject({
      next: null,
      awaited: { why: 'held by insolvency until a person lifts it' },
    });
  });

  it('gives no time of its own: the ladder goes on when the last notice says', () => {
    const notice = aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z' });
    const told = claimOf('confirmation-1', { respondBy: '2026-03-31', level: 'level1' });
    const plan = planNextStep(factsOf([notice, told], [first]));
    expect(plan).toMatchObject({ next: { stepId: 'A2', at: '2026-02-06T08:14:00Z' } });
  });
});
