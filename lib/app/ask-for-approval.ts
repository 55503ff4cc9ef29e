import type { CaseFile } from '../domain/case-file.ts';
import { leftOutAdvice, type MessageCharges } from './charges.ts';
import { claimOf, editCase } from './edit-case.ts';
import { aboutClaim } from './end-members.ts';
import { attemptOf, type Member, type Message, refOf } from './gather-message.ts';
import { raiseTask } from './raise-task.ts';
import type { ServingDeps } from './serving.ts';
import { askedOf } from './standing-approval.ts';

/**
 * Asks a person to let a message go out that has effects in law, with its wording as it would leave now: a formal notice leaves only once somebody has approved it. The steps of all its
 * members wait for that answer.
 *
 * @returns the cases as they stand then, the lead's first
 * @throws ConflictError when one of them is no longer what was read
 */
export async function askForApproval(
  deps: ServingDeps,
  { lead, members }: Message,
  { text, charges, at }: { text: string; charges: MessageCharges; at: string },
): Promise<CaseFile[]> {
  const ref = refOf(lead);
  const ids = members.map(({ file }) => file.dunningCase.invoice.invoiceId);
  const { task, draft } = raiseTask({
    kind: 'approval',
    title: `Approve the formal notice ${ref.stepId} of ${count(ids.length)}`,
    reason: [CHECKS, leftOutAdvice(charges)].filter((sentence) => sentence !== null).join(' '),
    invoiceIds: [ref.invoiceId, ...ids.filter((id) => id !== ref.invoiceId)],
    customerId: lead.file.dunningCase.invoice.customerId,
    about: aboutApproval(lead),
    script: text,
    step: ref,
    owner: deps.taskOwner,
    at,
  });
  const edited = members.map(({ file, step: { stepId, level, channel } }) => {
    const { taskId, invoiceIds } = task;
    const approval = { taskId, invoiceIds, ...askedOf(file.dunningCase) };
    const transition = { state: 'assigned', taskId, approval, isApproved: false } as const;
    const move = { step: { stepId, level, channel }, transition };
    return editCase(file, { moves: [move], drafts: [draft], opensTasks: [task.taskId] }, at);
  });
  const cases = edited.map(({ write }) => write);
  await deps.ledger.commit({ cases, tasks: [{ task, expectedVersion: null }] });
  return edited.map(({ file }) => file);
}

/** What makes one request for approval another than the one before: an approval is no attempt, and one that was withdrawn, or given for what is not asked for any more, is asked for again. */
function aboutApproval(lead: Member): string {
  const asked = aboutClaim({ ...refOf(lead), state: 'assigned', attempt: attemptOf(lead) });
  const claim = claimOf(lead.file, lead.step.stepId);
  const before = claim?.taskId ?? claim?.approval?.taskId;
  return before ? `${asked}/after/${before}` : asked;
}
const CHECKS =
  'It leaves only once it is approved. Check that no dispute is open, that earlier notices reached the right people, and that what it announces will be done.';

function count(invoices: number): string {
  return invoices === 1 ? 'one invoice' : `${invoices} invoices`;
}
