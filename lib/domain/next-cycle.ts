import { type CaseFile, levelReached } from './case-file.ts';
import { isConfirmation } from './confirmation.ts';
import { firmer, isFirmer } from './level.ts';
import type { Resumption } from './resumption.ts';
import type { StepClaim } from './step-claim.ts';

/**
 * Where the ladder of a case goes on in its next cycle: after the step that was served last, at no gentler level than was reached. Null when nothing was ever served: then it begins as any ladder does.
 */
export function resumptionOf(file: CaseFile): Resumption | null {
  const { resumesFrom } = file.dunningCase;
  const last = file.claims.filter(wasServed).toSorted(byLevelAndTime).at(-1);
  const reached = levelReached(file);
  if (!last || (resumesFrom && isFirmer(resumesFrom.level, reached))) return resumesFrom;
  return { level: firmer(reached, last.level), afterStepId: last.stepId };
}

/** Whether a case that goes on from there has passed a step: it is named, or was served in an earlier cycle, and is never served again. */
export function isPassedIn(
  { dunningCase, claims }: CaseFile,
  { afterStepId }: Resumption,
): (step: { readonly stepId: string }) => boolean {
  const served = claims.filter((claim) => claim.cycle < dunningCase.cycle && wasServed(claim));
  return ({ stepId }) => stepId === afterStepId || served.some((claim) => claim.stepId === stepId);
}

/** Whether a step reached the debtor, or may have: one that was reserved when the case was settled may just have left. */
function wasServed({ state, failureReason, stepId }: StepClaim): boolean {
  const mayHaveLeft = state === 'sent' || state === 'reserved' || failureReason === 'outcome-unknown';
  return mayHaveLeft && !isConfirmation(stepId);
}

function byLevelAndTime(one: StepClaim, other: StepClaim): number {
  if (one.level === other.level) return Date.parse(one.at) - Date.parse(other.at);
  return isFirmer(one.level, other.level) ? 1 : -1;
}
