import { type CaseFile, type CustomerRecord, claimsOfCycle, effectiveProfile } from '../case-file.ts';
import { ladderOf } from '../ladder.ts';
import type { Policy } from '../policy.ts';
import type { StepClaim } from '../step-claim.ts';

/** A message that was reserved for so long leaves no more, and of a step that is gone nothing can be told of it. */
const GIVEN_UP_MILLIS = 86_400_000;

/**
 * The message about a case that was handed over and of which nobody knows yet whether it left, or null. Of a step that its ladder has, the outcome is asked for however long ago that was; of any other, only
 * for a day: nobody would ever hear of it, and all that waits for it would wait for ever.
 *
 * @param at the UTC instant of the question
 */
export function claimOnItsWay(
  { file, record, policy }: { file: CaseFile; record: CustomerRecord; policy: Policy },
  at: string,
): StepClaim | null {
  const ladder = ladderOf(policy, effectiveProfile(record));
  const isGivenUp = (claim: StepClaim) =>
    !ladder.some(({ stepId }) => stepId === claim.stepId) && Date.parse(at) >= Date.parse(claim.at) + GIVEN_UP_MILLIS;
  const claims = [...claimsOfCycle(file).values()];
  return claims.find((claim) => claim.state === 'reserved' && !isGivenUp(claim)) ?? null;
}
