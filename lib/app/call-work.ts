import type { NoticeFacts } from '../domain/notice.ts';
import type { AssignedWork } from './ports.ts';
import type { MessageOrder } from './serving.ts';

/** A call as work for a person: whom to call about what, today, with the script to follow. The first window of the policy's day comes first. */
export function callWork(
  { message, recipient }: MessageOrder,
  { facts, script }: { facts: NoticeFacts; script: string },
): AssignedWork {
  const { lead } = message;
  const { name } = recipient.contact;
  const [window] = lead.policy.callWindows;
  const when = window ? ` Call between ${window.from} and ${window.to}, their time.` : '';
  return {
    kind: 'call',
    title: `Call ${facts.customer.name} about ${subjectOf(facts)}`,
    reason: `Obtain a payment commitment (date, amount, means, person) or the reason against it.${when}`,
    dueOn: facts.today,
    script,
    contact: { ...(name && { name }), phone: recipient.address },
    attempt: 1,
  };
}

/** What a person is to speak or write about: the invoice by its number, or how many there are. */
export function subjectOf({ invoices }: NoticeFacts): string {
  return invoices.length === 1 ? `invoice ${invoices[0].number}` : `${invoices.length} invoices`;
}
