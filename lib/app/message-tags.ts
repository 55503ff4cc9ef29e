import { createHash } from 'node:crypto';
import { isConfirmation } from '../domain/confirmation.ts';
import type { StepRef } from '../domain/step-claim.ts';
import { type Message, refOf } from './gather-message.ts';
import type { MessageTags } from './ports.ts';

/** The tags a message leaves with: the claim it was written for, and the level it speaks at. */
export function messageTags({ lead }: Message): MessageTags {
  const { invoiceId, stepId, cycle } = refOf(lead);
  return { invoiceId, stepId, cycle: String(cycle), level: isConfirmation(stepId) ? null : lead.step.level };
}

/** The ids of all invoices a message speaks of, that it was written for first. */
export function spokenOf({ lead, members, mentioned }: Message): string[] {
  const files = [...members.map(({ file }) => file), ...mentioned];
  const ids = files.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  const { invoiceId } = lead.file.dunningCase.invoice;
  return [invoiceId, ...ids.filter((id) => id !== invoiceId)];
}

/** The name of the letter of one attempt at a step: says nothing of what is in it, and is the same however often the attempt is made. */
export function letterIdOf({ invoiceId, cycle, stepId }: StepRef, attempt: number): string {
  return createHash('sha256').update([invoiceId, cycle, stepId, attempt].join('\n')).digest('hex').slice(0, 32);
}
