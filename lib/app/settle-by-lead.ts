import type { CaseFile } from '../domain/case-file.ts';
import { isSameStep } from '../domain/contact-log.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import type { StepClaim, StepRef } from '../domain/step-claim.ts';
import { type ClaimTransition, commitEdit } from './edit-case.ts';
import { endClaim } from './end-members.ts';
import { releaseInterrupted } from './release-interrupted.ts';
import type { ServingDeps } from './serving.ts';
import { failNotice } from './unserved-notice.ts';

/**
 * Brings a reservation that was made for a sibling's message in step with that message: whoever sent it could record only a part of its members. What became of the message is what
 * became of the step; a message that nobody can tell the fate of makes the step doubtful too, and the task about it names this invoice already, unless the lead is paid. Work for a person that is on nobody's list is to be made again, for all
 * that it served. A message that was made again since without this step has left it behind.
 *
 * @returns the case as it stands then
 */
export async function settleByLead(
  deps: ServingDeps,
  { file, previous, lead, at }: { file: CaseFile; previous: StepClaim; lead: StepRef; at: string },
): Promise<CaseFile> {
  const leading = await deps.ledger.loadCaseFile(lead.invoiceId);
  const found = leading?.claims.find(({ cycle, stepId }) => cycle === lead.cycle && stepId === lead.stepId);
  const claim = found?.serves?.some((served) => isSameStep(served, previous)) ? found : undefined;
  const isDoubtful = claim?.state === 'reserved' && (previous.channel === 'email' || previous.channel === 'sms');
  if (isDoubtful && leading && !isCollectable(leading.dunningCase)) {
    // The execution of the lead is over: nobody else will ask what became of the message.
    return endClaim(deps, { file, claim: previous, unserved: failNotice(previous, 'outcome-unknown'), at });
  }
  if (leading && claim?.state === 'reserved' && !isDoubtful) {
    await releaseInterrupted(deps.ledger, { lead: leading, claim, detail: 'message-not-made', at });
    return (await deps.ledger.loadCaseFile(file.dunningCase.invoice.invoiceId)) ?? file;
  }
  const transition: ClaimTransition = isDoubtful
    ? { state: 'failed', failureReason: 'outcome-unknown' }
    : transitionLike(claim);
  return commitEdit(deps.ledger, file, { moves: [{ step: previous, transition }] }, at);
}

function transitionLike(claim: StepClaim | undefined): ClaimTransition {
  switch (claim?.state) {
    case 'sent':
      return { state: 'sent', ...(claim.messageId && { messageId: claim.messageId }) };
    case 'assigned':
      return { state: 'assigned', ...(claim.taskId && { taskId: claim.taskId }) };
    case 'failed':
      return { state: 'failed', ...(claim.failureReason && { failureReason: claim.failureReason }) };
    default:
      return { state: 'released', detail: 'message-not-made' };
  }
}
