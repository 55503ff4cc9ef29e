import { CUSTOMER_KINDS, type Customer, PAYER_PROFILES, type PayerProfile } from '../customer.ts';
import { ladderOf } from '../ladder.ts';
import type { Policy, PolicyStep } from '../policy.ts';
import type { PolicyPath } from './policy-rule.ts';

/** What debtors of one payer profile and kind go through: the steps their overlay and their kind leave, in order. */
export interface Ladder {
  readonly policy: Policy;
  /** `null` for a debtor nobody has classed. */
  readonly profile: PayerProfile | null;
  readonly kind: Customer['kind'];
  readonly steps: readonly PolicyStep[];
}

/** Every ladder of a policy, those of unclassed debtors first. */
export function laddersOf(policy: Policy): Ladder[] {
  const kinds = CUSTOMER_KINDS.filter((kind) => policy.forKinds?.includes(kind) ?? true);
  return [null, ...PAYER_PROFILES].flatMap((profile) =>
    kinds.map((kind) => ({
      policy,
      profile,
      kind,
      steps: ladderOf(policy, profile).filter((step) => appliesTo(step, profile, kind)),
    })),
  );
}

function appliesTo({ isDropped, conditions }: PolicyStep, profile: PayerProfile | null, kind: Customer['kind']) {
  if (isDropped || (profile && conditions?.notForProfiles?.includes(profile))) return false;
  return conditions?.onlyForKinds?.includes(kind) ?? true;
}

/** Where a step of a ladder, or a key of it, is written: in the overlay of the profile when that has a say, else in the steps of the policy. */
export function pathOf({ policy, profile }: Ladder, { stepId }: PolicyStep, key?: keyof PolicyStep): PolicyPath {
  const index = policy.steps.findIndex((step) => step.stepId === stepId);
  const inSteps = key ? ['steps', index, key] : ['steps', index];
  const overlay = profile ? policy.overlays?.[profile] : undefined;
  if (!profile || !overlay) return inSteps;
  const added = overlay.addedSteps?.findIndex((step) => step.stepId === stepId) ?? -1;
  if (added >= 0) return ['overlays', profile, 'addedSteps', added, ...(key ? [key] : [])];
  const changed = overlay.steps?.[stepId];
  if (!changed) return ['overlays', profile];
  return ['overlays', profile, 'steps', stepId, ...(key && Object.hasOwn(changed, key) ? [key] : [])];
}

/** Where the ladder as a whole is written. */
export function pathOfLadder({ policy, profile }: Ladder): PolicyPath {
  return profile && policy.overlays?.[profile] ? ['overlays', profile] : ['steps'];
}
