import { claimsOfCycle, effectiveProfile } from '../case-file.ts';
import { ladderOf } from '../ladder.ts';
import type { StepClaim } from '../step-claim.ts';
import type { PlanFacts } from './plan-next-step.ts';

/**
 * The calls still on somebody's list whose time is over, because a later step of the ladder was served or is in a person's hands: what the caller would say is behind what the debtor has
 * read since.
 */
export function passedCalls({ file, policy, record }: Pick<PlanFacts, 'file' | 'policy' | 'record'>): StepClaim[] {
  const claims = claimsOfCycle(file);
  const ladder = ladderOf(policy, effectiveProfile(record)).map(({ stepId }) => claims.get(stepId));
  const lastServed = ladder.findLastIndex((claim) => claim?.state === 'sent' || claim?.state === 'assigned');
  return ladder
    .slice(0, Math.max(lastServed, 0))
    .filter((claim) => claim !== undefined)
    .filter(({ state, channel }) => state === 'assigned' && channel === 'call');
}
