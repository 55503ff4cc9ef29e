import { expect, it } from 'vitest';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import { aCustomer } from '../../support/builders.ts';
import { aClaim, planFacts } from '../../support/case-builders.ts';

it('says of a step that the profile drops that the profile needs none, even once the ladder has passed it', () => {
  const claims = [
    aClaim({ stepId: 'P1', at: '2026-01-20T09:00:00Z' }),
    aClaim({ stepId: 'P2', at: '2026-01-20T09:00:00Z', state: 'skipped' }),
    aClaim({ stepId: 'A1', at: '2026-02-02T09:00:00Z' }),
    aClaim({ stepId: 'B1', at: '2026-02-10T09:00:00Z', postedOn: '2026-02-10' }),
  ];
  const customer = aCustomer({ profile: 'bad-payer' });
  const plan = planNextStep(planFacts({ claims, customer, at: '2026-02-10T12:00:00Z' }));
  expect(plan.standing === 'open' && plan.skipped.map(({ step, reason }) => [step.stepId, reason])).toEqual([
    ['A2', 'step-passed'],
    ['A3', 'profile-needs-no-notice'],
    ['A4', 'profile-needs-no-notice'],
  ]);
});
