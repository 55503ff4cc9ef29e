import type { CaseFile } from '../domain/case-file.ts';
import type { PolicyStep } from '../domain/policy.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { editCase } from './edit-case.ts';
import { attemptOf, type Member, type Message, refOf } from './gather-message.ts';
import { CASES_PER_CHANGE_MAX } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import type { ServingDeps } from './serving.ts';
import type { UnservedStep } from './unserved-notice.ts';

/**
 * Ends the step a message was written for, because it cannot be written or reaches nobody, and with it the members that would fare the same alone, with one task about all of them. The
 * others can still be served without it. Members beyond what one transaction holds end the same way when their own turn comes.
 *
 * @returns the cases as they stand then, the lead's first
 * @throws ConflictError when one of them is no longer what was read
 */
export async function endMembers(
  deps: ServingDeps,
  message: Message,
  { unserved, at }: { unserved: UnservedStep; at: string },
): Promise<CaseFile[]> {
  const { lead } = message;
  const ended = message.members.filter(({ step }) => isAlike(step, lead.step)).slice(0, CASES_PER_CHANGE_MAX);
  const { task, draft } = raiseTask({
    ...unserved.task,
    invoiceIds: idsOf(ended, lead),
    customerId: lead.file.dunningCase.invoice.customerId,
    about: aboutClaim({ ...refOf(lead), state: unserved.transition.state, attempt: attemptOf(lead) }),
    owner: deps.taskOwner,
    at,
  });
  const edited = ended.map(({ file, step }) => {
    const { stepId, level } = step;
    const move = { step: { stepId, level, channel: lead.step.channel }, transition: unserved.transition };
    return editCase(file, { moves: [move], drafts: [draft], opensTasks: [task.taskId] }, at);
  });
  const cases = edited.map(({ write }) => write);
  await deps.ledger.commit({ cases, tasks: [{ task, expectedVersion: null }] });
  return edited.map(({ file }) => file);
}

/** Whether a step goes by the same channel, in the same words, to the same people. */
function isAlike(one: PolicyStep, other: PolicyStep): boolean {
  const isSameText = one.channel === other.channel && one.template === other.template;
  return isSameText && one.recipientRoles.join() === other.recipientRoles.join();
}

/** Ends one claim whose message may or may not have left, with a task about every invoice it spoke of; siblings follow it when their turn comes. */
export async function endClaim(
  deps: ServingDeps,
  { file, claim, unserved, at }: { file: CaseFile; claim: StepClaim; unserved: UnservedStep; at: string },
): Promise<CaseFile> {
  const { invoice } = file.dunningCase;
  const siblings = (claim.serves ?? []).map(({ invoiceId }) => invoiceId);
  const { task, draft } = raiseTask({
    ...unserved.task,
    invoiceIds: [invoice.invoiceId, ...siblings],
    customerId: invoice.customerId,
    about: aboutClaim({ ...claim, state: unserved.transition.state }),
    owner: deps.taskOwner,
    at,
  });
  const move = { step: claim, transition: unserved.transition };
  const edited = editCase(file, { moves: [move], drafts: [draft], opensTasks: [task.taskId] }, at);
  await deps.ledger.commit({ cases: [edited.write], tasks: [{ task, expectedVersion: null }] });
  return edited.file;
}

/** What a task about one attempt at a step is about: its place in the task's id. A step that is tried again at another address may fail again. */
export function aboutClaim(claim: Pick<StepClaim, 'cycle' | 'stepId' | 'state' | 'attempt'>): string {
  const { cycle, stepId, state, attempt } = claim;
  return `${cycle}/${stepId}/${state}/${attempt}`;
}

function idsOf(members: readonly Member[], lead: Member): [string, ...string[]] {
  const idOf = ({ file }: Member) => file.dunningCase.invoice.invoiceId;
  return [idOf(lead), ...members.filter((member) => member !== lead).map(idOf)];
}
