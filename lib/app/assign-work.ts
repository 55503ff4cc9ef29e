import { ContractError } from '../domain/errors.ts';
import { claimOf, editCase } from './edit-case.ts';
import { type Message, refOf } from './gather-message.ts';
import type { AssignedWork } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import { isStillServed } from './reservation.ts';
import type { ServingDeps } from './serving.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Puts the work a message asks of a person on their list, and assigns the step of every member to it, in one transaction: a call list or a letter never names an invoice of
 * which a fact came in before it was there.
 *
 * @returns false when one of the members is no longer reserved, or is not as it was read (see isStillServed); nothing was written
 */
export function assignWork(
  deps: ServingDeps,
  message: Message,
  { work, at }: { work: AssignedWork; at: string },
): Promise<boolean> {
  const { lead, members } = message;
  const ref = refOf(lead);
  return withFreshRead(async () => {
    const current = await Promise.all(
      members.map(async (member) => {
        const { invoiceId } = member.file.dunningCase.invoice;
        const file = await deps.ledger.loadCaseFile(invoiceId);
        if (!file) throw new ContractError(`case ${invoiceId} is gone`);
        return { member, file };
      }),
    );
    if (!current.every(({ file, member }) => isStillServed(file, member))) return false;
    const others = current.map(({ file }) => file.dunningCase.invoice.invoiceId).filter((id) => id !== ref.invoiceId);
    const leading = current[0]?.file;
    const attempt = (leading && claimOf(leading, ref.stepId)?.attempt) ?? 1;
    const { task, draft } = raiseTask({
      ...work,
      invoiceIds: [ref.invoiceId, ...others],
      customerId: lead.file.dunningCase.invoice.customerId,
      about: `${ref.cycle}/${ref.stepId}/work/${attempt}`,
      step: ref,
      level: lead.step.level,
      owner: deps.taskOwner,
      at,
    });
    const { documentKey } = work;
    const edited = current.map(({ file, member }) => {
      const { stepId, level } = member.step;
      const transition = { state: 'assigned', taskId: task.taskId, ...(documentKey && { documentKey }) } as const;
      const move = { step: { stepId, level, channel: lead.step.channel }, transition };
      return editCase(file, { moves: [move], drafts: [draft], opensTasks: [task.taskId] }, at).write;
    });
    await deps.ledger.commit({ cases: edited, tasks: [{ task, expectedVersion: null }] });
    return true;
  });
}
