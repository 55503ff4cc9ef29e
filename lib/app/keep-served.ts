import { ConflictError } from '../domain/errors.ts';
import type { Member, Message } from './gather-message.ts';
import { CASES_PER_CHANGE_MAX } from './ports.ts';
import { releaseMembers } from './record-message.ts';
import { isStillServed } from './reservation.ts';
import { chunks } from './reserve-message.ts';
import type { ServingDeps } from './serving.ts';

/**
 * Looks again at the members of a message that took more than one transaction to reserve: the first of them may have been paid, promised or disputed while the last were being reserved.
 * Such a member is released and left out.
 *
 * @throws ConflictError when the one it was written for is no longer as it was read: all are released, and what is left is gathered again
 */
export async function keepServed(deps: ServingDeps, message: Message, at: string): Promise<Message> {
  if (message.members.length <= CASES_PER_CHANGE_MAX) return message;
  const kept: Member[] = [];
  for (const chunk of chunks(message.members, CASES_PER_CHANGE_MAX)) {
    const isKept = await Promise.all(chunk.map((member) => isAsReserved(deps, member)));
    kept.push(...chunk.filter((_, index) => isKept[index]));
  }
  if (kept.length === message.members.length) return message;
  const [lead, ...others] = kept;
  if (lead !== message.lead) {
    await releaseMembers(deps, message, at);
    const { invoiceId } = message.lead.file.dunningCase.invoice;
    throw new ConflictError(`case ${invoiceId} moved while the message about it was being reserved`);
  }
  const [left, ...alsoLeft] = message.members.filter((member) => !kept.includes(member));
  if (left) await releaseMembers(deps, { ...message, members: [left, ...alsoLeft] }, at);
  return { ...message, members: [lead, ...others] };
}

/** Whether a member is reserved by this attempt, and no fact has come from outside since it was read. */
async function isAsReserved({ ledger }: ServingDeps, member: Member): Promise<boolean> {
  const file = await ledger.loadCaseFile(member.file.dunningCase.invoice.invoiceId);
  return file !== null && isStillServed(file, member);
}
