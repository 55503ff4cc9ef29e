import type { DunningCase } from '../domain/dunning-case.ts';
import { undisputedMinor } from '../domain/dunning-case.ts';
import type { ApprovalAsked } from '../domain/step-claim.ts';
import { claimOf } from './edit-case.ts';
import type { Member } from './gather-message.ts';

/** What of a case a formal notice asks for, and in whose words, as it is when a person is asked to approve it. Interest that only grows with the days is no other amount. */
export function askedOf(dunningCase: DunningCase): Omit<ApprovalAsked, 'taskId' | 'invoiceIds'> {
  const { invoice, policy, paidInterestMinor, paidCompensationMinor } = dunningCase;
  return {
    policy: { name: policy.name, version: policy.version },
    dueOn: invoice.dueOn,
    principalMinor: undisputedMinor(dunningCase),
    paidChargesMinor: paidInterestMinor + paidCompensationMinor,
  };
}

/**
 * Tells members by the approval under which their step may leave: null for one whose step nobody has approved, or not as it would leave now. What a person lets go out is a text with its amounts: when an invoice it named has
 * been paid since, owes another amount, is due another day or has moved to another policy, it is asked about again, for all of them.
 *
 * @param members every case whose step could be served in one message
 */
export function approvalsInForce(members: readonly Member[]): (member: Member) => string | null {
  const unchanged = members.filter(isUnchanged);
  const isWhole = ({ taskId, invoiceIds }: ApprovalAsked) =>
    invoiceIds.every((invoiceId) => unchanged.some((member) => isUnder(member, taskId) && idOf(member) === invoiceId));
  return (member) => {
    const approval = approvalOf(member);
    return approval && isWhole(approval) ? approval.taskId : null;
  };
}

function approvalOf({ file, step }: Member): ApprovalAsked | null {
  const claim = claimOf(file, step.stepId);
  return (claim?.isApproved && claim.approval) || null;
}

function isUnchanged(member: Member): boolean {
  const approval = approvalOf(member);
  const asked = askedOf(member.file.dunningCase);
  return (
    approval !== null &&
    approval.policy.name === asked.policy.name &&
    approval.policy.version === asked.policy.version &&
    approval.dueOn === asked.dueOn &&
    approval.principalMinor === asked.principalMinor &&
    approval.paidChargesMinor === asked.paidChargesMinor
  );
}

function isUnder(member: Member, taskId: string): boolean {
  return approvalOf(member)?.taskId === taskId;
}

function idOf({ file }: Member): string {
  return file.dunningCase.invoice.invoiceId;
}
