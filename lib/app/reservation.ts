import type { CaseFile } from '../domain/case-file.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { claimOf } from './edit-case.ts';
import type { Member } from './gather-message.ts';

/** Whether a claim is still the reservation that this attempt made. */
export function isReservationOf(claim: StepClaim | null, { file, step }: Member): boolean {
  return claim?.state === 'reserved' && claim.attempt === claimOf(file, step.stepId)?.attempt;
}

/** Whether a member may still be named in work for a person: reserved by this attempt, and its invoice unpaid. */
export function isStillServed(file: CaseFile, member: Member): boolean {
  return isReservationOf(claimOf(file, member.step.stepId), member) && isCollectable(file.dunningCase);
}
