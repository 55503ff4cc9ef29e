import { describe, expect, it } from 'vitest';
import { ladderOf } from '../../lib/domain/ladder.ts';
import type { Policy, PolicyStep } from '../../lib/domain/policy.ts';
import { standardPolicy } from '../support/case-builders.ts';

const [preventive] = standardPolicy.steps as [PolicyStep];

function aStep(stepId: string, offsetDays: number, fields: Partial<PolicyStep> = {}): PolicyStep {
  return { ...preventive, stepId, offsetDays, ...fields };
}

const policy: Policy = {
  ...standardPolicy,
  steps: [aStep('A', -5), aStep('B', 2, { conditions: { amountAtLeast: { EUR: 5000 } } }), aStep('C', 10)],
  overlays: {
    negligent: { steps: { C: { offsetDays: 1 }, B: { conditions: {} } } },
    'bad-payer': { addedSteps: [aStep('D', 2)], steps: { A: { isDropped: true } } },
  },
};

const stepIds = (steps: readonly PolicyStep[]) => steps.map(({ stepId }) => stepId);

describe('the ladder', () => {
  it.each([null, 'good-payer'] as const)('of a %s debtor without an overlay is that of the policy', (profile) => {
    expect(ladderOf(policy, profile)).toEqual(policy.steps);
  });

  it('follows the offsets of the overlay, and leaves what it does not name', () => {
    const ladder = ladderOf(policy, 'negligent');
    expect(stepIds(ladder)).toEqual(['A', 'C', 'B']);
    expect(ladder[1]).toEqual({ ...policy.steps[2], offsetDays: 1 });
  });

  it('replaces a key of a step as a whole, so that no condition stays behind', () => {
    expect(ladderOf(policy, 'negligent').at(-1)?.conditions).toEqual({});
  });

  it('holds added steps after those of the same day, and keeps dropped ones, marked', () => {
    const ladder = ladderOf(policy, 'bad-payer');
    expect(stepIds(ladder)).toEqual(['A', 'B', 'D', 'C']);
    expect(ladder.filter(({ isDropped }) => isDropped).map(({ stepId }) => stepId)).toEqual(['A']);
  });

  it('leaves the policy as it was', () => {
    const before = structuredClone(policy);
    ladderOf(policy, 'bad-payer');
    expect(policy).toEqual(before);
  });
});
