import type { CaseFile } from '../domain/case-file.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { claimOf } from './edit-case.ts';
import type { Member } from './gather-message.ts';

/** Whether a claim is still the reservation that this attempt made. */
export function isReservationOf(claim: StepClaim | null, { file, step }: Member): boolean {
  return claim?.state === 'reserved' && claim.attempt === claimOf(file, step.stepId)?.attempt;
}

/**
 * Whether a member may still be named in what was written about it: reserved by this attempt, and no fact has come from outside since it was read. A part that was paid, a promise or a new due
 * date makes what was written untrue.
 */
export function isStillServed(file: CaseFile, member: Member): boolean {
  const { dunningCase } = file;
  const isAsRead = dunningCase.planRevision === member.file.dunningCase.planRevision;
  return isReservationOf(claimOf(file, member.step.stepId), member) && isCollectable(dunningCase) && isAsRead;
}
