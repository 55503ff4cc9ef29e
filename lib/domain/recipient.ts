import type { Contact, ContactRole, Customer } from './customer.ts';
import type { Channel } from './step-claim.ts';

/** A contact with the address a channel needs: an email address, or a phone number in E.164. */
export interface Recipient {
  readonly contact: Contact;
  readonly address: string;
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
