import type { PayerProfile } from './customer.ts';
import type { Policy, PolicyStep } from './policy.ts';

/**
 * The ladder of a payer profile: the steps of the policy as the profile's overlay changes them, with those it adds, in the order of their offsets. Steps it drops stay
 * in, marked, so that it can be told why they are not sent.
 */
export function ladderOf(policy: Policy, profile: PayerProfile | null): PolicyStep[] {
  const overlay = profile === null ? undefined : policy.overlays?.[profile];
  const changed = policy.steps.map((step) => ({ ...step, ...overlay?.steps?.[step.stepId] }));
  const steps = [...changed, ...(overlay?.addedSteps ?? [])];
  // A sort that keeps the order of steps with the same offset.
  return steps.toSorted((one, other) => one.offsetDays - other.offsetDays);
}
