import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PAYER_PROFILES } from '../../../lib/domain/customer.ts';
import { PolicySchema } from '../../../lib/domain/policy.ts';
import { lintPolicy } from '../../../lib/domain/policy-lint/lint-policy.ts';
import { policyArbitrary } from '../../support/policy-arbitrary.ts';
import { TEMPLATE_NAMES } from '../../support/template-names.ts';

it('has nothing against the random policies of the other properties', () => {
  fc.assert(
    fc.property(policyArbitrary, (policy) => {
      expect(PolicySchema.parse(policy)).toEqual(policy);
      expect(lintPolicy(policy, TEMPLATE_NAMES)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('finds every step that is moved into the time another one gives', () => {
  fc.assert(
    fc.property(policyArbitrary, fc.nat(), (policy, pick) => {
      const index = 1 + (pick % (policy.steps.length - 1));
      const before = policy.steps[index - 1]!;
      policy.steps[index]!.offsetDays = before.offsetDays + before.grantsDays;
      const rules = lintPolicy(policy, TEMPLATE_NAMES).map(({ rule }) => rule);
      expect(rules).toContain('time-given-is-kept');
    }),
  );
});

it('finds the silence when the hand-over of any profile is dropped', () => {
  fc.assert(
    fc.property(policyArbitrary, fc.constantFrom(...PAYER_PROFILES), (policy, profile) => {
      const { stepId } = policy.steps.at(-1)!;
      const { steps } = policy.overlays?.[profile] ?? {};
      policy.overlays = { ...policy.overlays, [profile]: { steps: { ...steps, [stepId]: { isDropped: true } } } };
      const found = lintPolicy(policy, TEMPLATE_NAMES).find(({ rule }) => rule === 'ends-with-hand-over');
      expect(found?.path.slice(0, 2)).toEqual(['overlays', profile]);
    }),
  );
});
