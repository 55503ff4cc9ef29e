import { describe, expect, it } from 'vitest';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { aClaim, planFacts } from '../../support/case-builders.ts';

/** The next step of a case whose A1 (an email) is open again, as this claim says. */
function nextAfter(fields: Partial<StepClaim>): string[] {
  const skipped = ['P1', 'P2'].map((stepId) => aClaim({ stepId, at: '2026-01-20T09:00:00Z', state: 'skipped' }));
  const open = aClaim({ stepId: 'A1', at: '2026-02-02T09:00:00Z', state: 'released', ...fields });
  const plan = planNextStep(planFacts({ claims: [...skipped, open], at: '2026-02-02T16:30:00Z' }));
  return plan.standing === 'open' && plan.next ? [plan.next.stepId, plan.next.channel, plan.next.at] : [];
}

describe('a step that is open again', () => {
  it('goes by its own channel, at its hours, when it was to be served by the letter of another case that is withdrawn', () => {
    expect(nextAfter({ channel: 'registered-letter' })).toEqual(['A1', 'email', '2026-02-02T16:30:00Z']);
  });

  it('goes by text message when its email came back and no other mailbox is left', () => {
    expect(nextAfter({ channel: 'sms', bounces: 1 })).toEqual(['A1', 'sms', '2026-02-02T16:30:00Z']);
  });

  it('goes by email when its email came back and another mailbox is left', () => {
    expect(nextAfter({ channel: 'email', bounces: 1 })).toEqual(['A1', 'email', '2026-02-02T16:30:00Z']);
  });
});
