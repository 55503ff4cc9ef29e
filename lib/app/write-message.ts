import type { CaseFile } from '../domain/case-file.ts';
import { claimsOfCycle } from '../domain/case-file.ts';
import type { Confirmation } from '../domain/confirmation.ts';
import { type CopyAddresses, chooseRecipient, copyAddresses, type Recipient } from '../domain/recipient.ts';
import { type MessageCharges, messageCharges } from './charges.ts';
import { noticeDateOf } from './compose-notice.ts';
import { claimOf } from './edit-case.ts';
import { type Message, refOf } from './gather-message.ts';
import type { ReadyMessage, ServingDeps } from './serving.ts';
import { failNotice, skipUnreachable, type UnservedStep } from './unserved-notice.ts';

/** A message that is ready, with what it claims beside the principal, or how its step ends because it cannot be written or reaches nobody. */
export type WrittenMessage =
  | { readonly ok: true; readonly ready: ReadyMessage; readonly charges: MessageCharges }
  | { readonly ok: false; readonly unserved: UnservedStep };

/** Chooses who receives a message and writes it. Writing is pure: what fails once fails always, so it blocks these steps and no other. */
export async function writeMessage(
  deps: ServingDeps,
  message: Message,
  { confirmation, at }: { confirmation: Confirmation | null; at: string },
): Promise<WrittenMessage> {
  const { lead } = message;
  const recipient = recipientOf(deps, message);
  if (!recipient) return { ok: false, unserved: skipUnreachable(lead.step) };
  const attempt = (claimOf(lead.file, lead.step.stepId)?.attempt ?? 0) + 1;
  const { creditor, creditorTimeZone, holidays } = deps;
  const moment = { message, recipient, creditorTimeZone, holidays, at };
  const charges = messageCharges(deps, message, noticeDateOf(moment));
  const order = { ...moment, confirmation, creditor, charges };
  try {
    const copies = copiesOf(deps, message, recipient);
    const ready = await deps.prepare({ ...order, copies, ref: refOf(lead), attempt });
    return { ok: true, ready, charges };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, unserved: failNotice(lead.step, 'template-refused', detail) };
  }
}

/** Whom the message goes to; what stays in the house goes to nobody outside. */
function recipientOf({ internalDomains, creditor }: ServingDeps, { lead, record }: Message): Recipient | null {
  const { channel, recipientRoles: roles } = lead.step;
  if (channel === 'hand-over') return { contact: { role: 'legal' }, address: '' };
  const { customer, addressMarks: marks } = record;
  const creditorCountry = creditor.country || undefined;
  return chooseRecipient({ customer, marks, internalDomains, roles, channel, creditorCountry });
}

/** Who else gets a message: an email can go to several, everything else goes to one. */
export function copiesOf(
  { internalDomains }: Pick<ServingDeps, 'internalDomains'>,
  { lead, record }: Pick<Message, 'lead' | 'record'>,
  recipient: Recipient,
): CopyAddresses {
  if (lead.step.channel !== 'email') return { alsoTo: [], cc: [] };
  const { customer, addressMarks: marks } = record;
  const { policy, step, file } = lead;
  return copyAddresses({
    ...{ customer, marks, internalDomains, step, recipient, policy },
    hasAnswered: file.dunningCase.lastAnsweredOn !== null,
    silentNotices: silentNotices(file),
  });
}

/** The notices after the due date that had no answer so far. */
function silentNotices(file: CaseFile): number {
  if (file.dunningCase.lastAnsweredOn !== null) return 0;
  return [...claimsOfCycle(file).values()].filter(({ state, level }) => state === 'sent' && level !== 'preventive')
    .length;
}
