import { describe, expect, it } from 'vitest';
import { chooseRecipient, copyAddresses } from '../../lib/domain/recipient.ts';
import { aCustomer } from '../support/builders.ts';

const payer = { role: 'accounts-payable', email: 'compta@martin.example' } as const;
const mailbox = { role: 'generic', email: 'contact@martin.example', phone: '+33223456789' } as const;

describe('whom a notice goes to', () => {
  it('is the first contact, in the order of the roles, that the channel can reach', () => {
    const customer = aCustomer({ contacts: [mailbox, payer] });
    expect(chooseRecipient(customer, ['accounts-payable', 'generic'], 'email')?.address).toBe('compta@martin.example');
    expect(chooseRecipient(customer, ['accounts-payable', 'generic'], 'sms')?.address).toBe('+33223456789');
    expect(chooseRecipient(customer, ['approver'], 'email')).toBeNull();
  });
});

describe('who else an email goes to', () => {
  const step = { alsoToRoles: ['generic' as const], copiesSalesRep: true };
  const salesRep = { name: 'Paul Renard', email: 'paul@vendeur.example' };
  const recipient = { contact: payer, address: payer.email };

  it('is the shared mailbox, and the sales representative in copy', () => {
    const customer = aCustomer({ contacts: [payer, mailbox], salesRep });
    expect(copyAddresses(customer, step, recipient)).toEqual({
      alsoTo: ['contact@martin.example'],
      cc: ['paul@vendeur.example'],
    });
  });

  it('is nobody at a consumer’s, whose mailbox may be an employer’s', () => {
    const customer = aCustomer({ kind: 'consumer', contacts: [payer, mailbox] });
    expect(copyAddresses(customer, step, recipient)).toEqual({ alsoTo: [], cc: [] });
  });

  it('is never the same address twice, and nobody when the step asks for nobody', () => {
    const customer = aCustomer({ contacts: [mailbox], salesRep });
    const sameMailbox = { contact: mailbox, address: mailbox.email };
    expect(copyAddresses(customer, step, sameMailbox).alsoTo).toEqual([]);
    expect(copyAddresses(customer, {}, recipient)).toEqual({ alsoTo: [], cc: [] });
  });
});
