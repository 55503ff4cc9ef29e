import type { NoticeFacts } from '../domain/notice.ts';
import { leftOutAdvice } from './charges.ts';
import type { AssignedWork } from './ports.ts';
import type { MessageOrder } from './serving.ts';

/** A call as work for a person: whom to call about what, today, with the script to follow. The first window of the policy's day comes first. */
export function callWork(
  { message, recipient, charges }: MessageOrder,
  { facts, script }: { facts: NoticeFacts; script: string },
): AssignedWork {
  const { lead } = message;
  const { name } = recipient.contact;
  const [window] = lead.policy.callWindows;
  const when = window ? `Call between ${window.from} and ${window.to}, their time.` : null;
  const reason = [AIM, when, leftOutAdvice(charges)].filter((sentence) => sentence !== null).join(' ');
  return {
    kind: 'call',
    title: `Call ${facts.customer.name} about ${subjectOf(facts)}`,
    reason,
    dueOn: facts.today,
    script,
    contact: { ...(name && { name }), phone: recipient.address },
    attempt: 1,
  };
}

const AIM = 'Obtain a payment commitment (date, amount, means, person) or the reason against it.';

/** What a person is to speak or write about: the invoice by its number, or how many there are. */
export function subjectOf({ invoices }: NoticeFacts): string {
  return invoices.length === 1 ? `invoice ${invoices[0].number}` : `${invoices.length} invoices`;
}
