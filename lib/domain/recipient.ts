import type { Contact, ContactRole, Customer } from './customer.ts';
import type { PolicyStep } from './policy.ts';
import type { Channel } from './step-claim.ts';

/** A contact with the address a channel needs: an email address, or a phone number in E.164. */
export interface Recipient {
  readonly contact: Contact;
  readonly address: string;
}

/** Who else an email goes to: further mailboxes at the debtor's, and a copy for the creditor's own sales representative. */
export interface CopyAddresses {
  readonly alsoTo: readonly string[];
  readonly cc: readonly string[];
}

/**
 * The further addresses of an email step. A shared mailbox is only written to at a business or a public body: at a consumer's it may be an employer's.
 */
export function copyAddresses(
  customer: Customer,
  step: Pick<PolicyStep, 'alsoToRoles' | 'copiesSalesRep'>,
  recipient: Recipient,
): CopyAddresses {
  const roles = customer.kind === 'consumer' ? [] : (step.alsoToRoles ?? []);
  const mailboxes = customer.contacts.filter(({ role }) => roles.includes(role)).flatMap(({ email }) => email ?? []);
  const alsoTo = [...new Set(mailboxes)].filter((email) => email !== recipient.address);
  const salesRep = customer.salesRep?.email;
  return { alsoTo, cc: step.copiesSalesRep && salesRep ? [salesRep] : [] };
}

/** Whom a step goes to: the first contact, in the policy's order of roles, that the channel can reach; null when there is none. */
export function chooseRecipient(customer: Customer, roles: readonly ContactRole[], channel: Channel): Recipient | null {
  for (const role of roles) {
    for (const contact of customer.contacts) {
      const address = channel === 'email' ? contact.email : contact.phone;
      if (contact.role === role && address) return { contact, address };
    }
  }
  return null;
}
