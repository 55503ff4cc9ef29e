import { type CaseFile, claimsOfCycle, levelReached } from '../case-file.ts';
import { isFinal } from '../step-claim.ts';
import type { PlanFacts, PlannedStep } from './plan-next-step.ts';
import { triedFrom } from './tried-from.ts';

/**
 * The written confirmation that is to leave first, at once, or `null` when none is open. Somebody has just spoken with the debtor, so neither hours nor contact budget bind it; one that
 * is on its way is asked about after the send timeout, like any notice. Nothing is written to a debtor who is said to be insolvent. What left, or may have
 * left, in an earlier cycle is not said again.
 */
export function nextConfirmation({ file, record, at, sendTimeoutMinutes }: PlanFacts): PlannedStep | null {
  const claims = claimsOfCycle(file);
  const open = file.dunningCase.confirmations.find(({ confirmationId }) => {
    const claim = claims.get(confirmationId);
    const isOpen = claim === undefined || !isFinal(claim);
    return isOpen && !hasLeftBefore(file, confirmationId);
  });
  if (!open) return null;
  const claim = claims.get(open.confirmationId);
  const isOnItsWay = claim?.state === 'reserved';
  if (record.insolventSince !== null && !isOnItsWay) return null;
  const heardAt = isOnItsWay ? Date.parse(claim.at) + sendTimeoutMinutes * 60_000 : Date.parse(triedFrom(at, claim));
  return {
    stepId: open.confirmationId,
    level: levelReached(file),
    channel: 'email',
    at: new Date(heardAt).toISOString(),
    why: `confirms in writing what was said on ${open.agreedOn}`,
  };
}

function hasLeftBefore({ dunningCase, claims }: CaseFile, confirmationId: string): boolean {
  return claims.some(
    ({ stepId, cycle, state }) => stepId === confirmationId && cycle !== dunningCase.cycle && state !== 'released',
  );
}
