import type { CustomerRecord } from '../domain/case-file.ts';
import { chooseRecipient } from '../domain/recipient.ts';
import type { Task } from '../domain/task.ts';

/** Whom to call about money that was agreed and did not come, by who is there. */
const CALLED_ROLES = ['accounts-payable', 'finance-director', 'approver', 'managing-director', 'generic'] as const;

/** The contact of a task about money that was agreed and did not come; none when nobody has a phone. */
export function contactToCall(
  { internalDomains }: { readonly internalDomains: readonly string[] },
  { customer, addressMarks: marks }: CustomerRecord,
): Pick<Task, 'contact'> {
  const reach = chooseRecipient({ customer, marks, internalDomains, channel: 'call', roles: CALLED_ROLES });
  const { name, phone } = reach?.contact ?? {};
  return phone ? { contact: { ...(name && { name }), phone } } : {};
}
