import type { PolicyStep } from '../domain/policy.ts';
import type { Channel, FailureReason, SkipReason } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';
import type { ClaimTransition } from './edit-case.ts';

/** How a step ends that reaches nobody: what its claim becomes, and what a person is asked. */
export interface UnservedStep {
  readonly transition: ClaimTransition;
  readonly task: Pick<Task, 'kind' | 'title' | 'reason'>;
}

const ADVICE: Readonly<Record<FailureReason, string>> = {
  'refused-by-provider':
    'The provider refused the message for good. See the history of the case, then reach the debtor another way.',
  'outcome-unknown':
    'Nobody knows whether the message left. Look at the provider, then decide whether to send it by hand.',
  'template-refused': 'The template does not fit the facts of this case. Nothing was sent. Have the template mended.',
  'nobody-reached': 'Nobody answered at any of the hours that were tried. Find another way to reach the debtor.',
  undeliverable: 'The message came back, and no other contact or channel is left. Find an address that works.',
};

/** A notice that failed for good: the step is over, and a person is asked. `detail` is added to the advice. */
export function failNotice(
  { stepId, channel }: { stepId: string; channel: Channel },
  failureReason: FailureReason,
  detail?: string,
): UnservedStep {
  const title = `Notice ${stepId} by ${channel} was not served`;
  const reason = detail ? `${ADVICE[failureReason]} (${detail})` : ADVICE[failureReason];
  const kind = failureReason === 'undeliverable' || failureReason === 'nobody-reached' ? 'no-contact' : 'attention';
  return { transition: { state: 'failed', failureReason }, task: { kind, title, reason } };
}

/** A notice that can reach nobody: the step is passed over, its level does not count as served, and a person is asked for a contact. */
export function skipUnreachable({ stepId, channel, recipientRoles }: PolicyStep): UnservedStep {
  const skipReason: SkipReason = 'no-usable-contact';
  const title = `Nobody to send notice ${stepId} to by ${channel}`;
  const reason = `The customer has no usable contact with ${ADDRESS[channel]} among the roles ${recipientRoles.join(', ')}.`;
  return { transition: { state: 'skipped', skipReason }, task: { kind: 'no-contact', title, reason } };
}

const ADDRESS: Readonly<Record<Channel, string>> = {
  email: 'an email address',
  sms: 'a phone number',
  call: 'a phone number',
  letter: 'a postal address',
  'registered-letter': 'a postal address',
  'hand-over': 'an address',
};
