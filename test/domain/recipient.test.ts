import { describe, expect, it } from 'vitest';
import type { Contact, Customer } from '../../lib/domain/customer.ts';
import {
  chooseRecipient,
  copyAddresses,
  postalAddressMarked,
  postalAddressOf,
  type Reach,
} from '../../lib/domain/recipient.ts';
import { aCustomer } from '../support/builders.ts';

const payer = { role: 'accounts-payable', name: 'Anne Martin', email: 'compta@martin.example' } as const;
const deputy = { role: 'accounts-payable', email: 'adjoint@martin.example', phone: '+33611111111' } as const;
const mailbox = { role: 'generic', email: 'contact@martin.example', phone: '+33223456789' } as const;
const colleague = { role: 'accounts-payable', email: 'paul@vendeur.example', phone: '+33699999999' } as const;
const address = { line1: '12 rue du Four', postalCode: '35000', city: 'Rennes', country: 'FR' };

const roles = ['accounts-payable', 'generic'] as const;
const bounced: Reach['marks'] = { 'compta@martin.example': 'bounced' };

function reachOf(contacts: Contact[], fields: Partial<Customer> = {}) {
  return { customer: aCustomer({ contacts, ...fields }), marks: {}, internalDomains: ['vendeur.example'] };
}

describe('whom a message goes to', () => {
  it.each([
    { because: 'the first role of the policy comes first', contacts: [mailbox, payer], to: 'compta@martin.example' },
    { because: 'the first contact of a role comes first', contacts: [deputy, payer], to: 'adjoint@martin.example' },
    { because: 'nobody has one of the roles', contacts: [{ ...payer, role: 'legal' as const }], to: undefined },
    {
      because: 'a bounced address is skipped',
      contacts: [payer, deputy],
      marks: bounced,
      to: 'adjoint@martin.example',
    },
    {
      because: 'an address marked as wrong is skipped',
      contacts: [payer, mailbox],
      marks: { 'compta@martin.example': 'wrong' } as Reach['marks'],
      to: 'contact@martin.example',
    },
    {
      because: 'an address that complained is skipped, whatever case the provider reports it in',
      contacts: [payer],
      marks: { 'Compta@Martin.example': 'complained' } as Reach['marks'],
      to: undefined,
    },
    { because: 'an excluded one is skipped', contacts: [payer, deputy], excluded: [payer.email], to: deputy.email },
    { because: 'a colleague is never dunned', contacts: [colleague, mailbox], to: 'contact@martin.example' },
    {
      because: 'a subdomain of ours, in capitals, is ours',
      contacts: [{ ...payer, email: 'ADV@Nord.VENDEUR.example' }],
      to: undefined,
    },
    {
      because: 'a domain that only ends like ours is not ours',
      contacts: [{ ...payer, email: 'compta@grand-vendeur.example' }],
      to: 'compta@grand-vendeur.example',
    },
  ])('by email is $to: $because', ({ contacts, marks = {}, excluded = [], to }) => {
    const recipient = chooseRecipient({ ...reachOf(contacts), marks, excluded, roles, channel: 'email' });
    expect(recipient?.address).toBe(to);
  });

  it.each(['sms', 'call'] as const)('by %s is the first contact with a phone number', (channel) => {
    expect(chooseRecipient({ ...reachOf([payer, deputy, mailbox]), roles, channel })).toEqual({
      contact: deputy,
      address: '+33611111111',
    });
  });

  it('is still called when only the email address bounced', () => {
    const marks = { 'adjoint@martin.example': 'bounced' as const };
    const reach = { ...reachOf([deputy, mailbox]), marks };
    expect(chooseRecipient({ ...reach, roles, channel: 'call' })?.address).toBe('+33611111111');
    expect(chooseRecipient({ ...reach, roles, channel: 'email' })?.address).toBe('contact@martin.example');
  });

  it('is no colleague on the phone either', () => {
    expect(chooseRecipient({ ...reachOf([colleague, mailbox]), roles, channel: 'call' })?.address).toBe('+33223456789');
  });

  it.each(['letter', 'registered-letter'] as const)('is nobody by %s when the postal address is marked', (channel) => {
    const reach = reachOf([payer], { address });
    const creditorCountry = 'FR';
    expect(chooseRecipient({ ...reach, roles, channel, creditorCountry })?.address).toContain('12 rue du Four');
    const marks = { [postalAddressMarked(reach.customer)]: 'wrong' as const };
    expect(chooseRecipient({ ...reach, marks, roles, channel, creditorCountry })).toBeNull();
    expect(chooseRecipient({ ...reach, marks, roles, channel })).toBeNull();
    const moved = { ...reach.customer, address: { ...address, line1: '4 rue Neuve' } };
    expect(chooseRecipient({ ...reach, customer: moved, marks, roles, channel })).not.toBeNull();
  });

  it('is nobody when the phone number is marked as wrong', () => {
    const marks = { '+33611111111': 'wrong' as const };
    expect(chooseRecipient({ ...reachOf([deputy]), marks, roles, channel: 'call' })).toBeNull();
  });

  it('is nobody when work is handed over', () => {
    expect(chooseRecipient({ ...reachOf([payer], { address }), roles, channel: 'hand-over' })).toBeNull();
  });
});

describe('whom a letter goes to', () => {
  const lines = 'Boulangerie Martin SARL\n12 rue du Four\n35000 Rennes';
  const ofFrance = { roles, creditorCountry: 'FR' } as const;

  it.each(['letter', 'registered-letter'] as const)(
    'is the address of the debtor, for the first contact',
    (channel) => {
      const reach = reachOf([mailbox, payer], { address });
      expect(chooseRecipient({ ...reach, ...ofFrance, channel })).toEqual({ contact: payer, address: lines });
    },
  );

  it('names the contact even though its email address bounced', () => {
    const reach = { ...reachOf([payer], { address }), marks: bounced };
    expect(chooseRecipient({ ...reach, ...ofFrance, channel: 'letter' })?.contact).toEqual(payer);
  });

  it('is nobody by name when no contact has one of the roles, or only a colleague', () => {
    for (const contacts of [[], [colleague]]) {
      const recipient = chooseRecipient({ ...reachOf(contacts, { address }), ...ofFrance, channel: 'letter' });
      expect(recipient).toEqual({ contact: { role: 'legal' }, address: lines });
    }
  });

  it('is nobody without an address, and where letters came back from', () => {
    expect(chooseRecipient({ ...reachOf([payer]), ...ofFrance, channel: 'letter' })).toBeNull();
    const reach = { ...reachOf([payer], { address }), marks: { [lines]: 'wrong' as const } };
    expect(chooseRecipient({ ...reach, ...ofFrance, channel: 'registered-letter' })).toBeNull();
  });
});

describe('a postal address', () => {
  const german = { line1: 'Hauptstr. 5', postalCode: '50667', city: 'Köln', country: 'DE' };

  it.each([
    { from: 'FR', lines: ['Hauptstr. 5', '50667 Köln', 'ALLEMAGNE'], because: 'the French post sorts it' },
    { from: 'NL', lines: ['Hauptstr. 5', '50667 Köln', 'GERMANY'], because: 'English is read by every post' },
    { from: 'DE', lines: ['Hauptstr. 5', '50667 Köln'], because: 'it does not leave the country' },
    { from: undefined, lines: ['Hauptstr. 5', '50667 Köln', 'GERMANY'], because: 'nobody said where it leaves from' },
  ])('posted in $from ends on $lines: $because', ({ from, lines }) => {
    const customer = aCustomer({ name: 'Muster GmbH', address: german });
    expect(postalAddressOf(customer, from)).toEqual({ lines: ['Muster GmbH', ...lines], country: 'DE' });
  });

  it('has no empty line, and the second line where there is one', () => {
    const linesWith = (line2: string) => postalAddressOf(aCustomer({ address: { ...address, line2 } }), 'FR')?.lines;
    expect(linesWith('Bâtiment C')).toEqual([
      'Boulangerie Martin SARL',
      '12 rue du Four',
      'Bâtiment C',
      '35000 Rennes',
    ]);
    expect(linesWith(' ')).toEqual(['Boulangerie Martin SARL', '12 rue du Four', '35000 Rennes']);
  });

  it('is null when none is known', () => {
    expect(postalAddressOf(aCustomer(), 'FR')).toBeNull();
  });
});

describe('who else an email goes to', () => {
  const salesRep = { name: 'Paul Renard', email: 'paul@vendeur.example' };
  const facts = {
    ...reachOf([payer, mailbox], { salesRep }),
    step: { level: 'level1' as const },
    recipient: { contact: payer, address: payer.email },
    hasAnswered: false,
    silentNotices: 0,
    policy: { genericMailboxFrom: 'level2' as const, salesRepAfterSilentNotices: 3 },
  };
  const toMailbox = { alsoTo: ['contact@martin.example'], cc: [] };
  const copied = { alsoTo: [], cc: ['paul@vendeur.example'] };
  const nobody = { alsoTo: [], cc: [] };
  const consumer = reachOf([payer, mailbox], { kind: 'consumer', salesRep });
  const level2 = { level: 'level2' as const };
  const firm = { level: 'level1' as const, alsoToRoles: ['generic' as const] };

  it.each([
    { because: 'the step is gentle', change: {}, expected: nobody },
    { because: 'the step names its role', change: { step: firm }, expected: toMailbox },
    { because: 'it is a consumer’s, maybe an employer’s', change: { ...consumer, step: firm }, expected: nobody },
    { because: 'the address bounced', change: { step: firm, marks: { [mailbox.email]: 'bounced' } }, expected: nobody },
    {
      because: 'a colleague has the role',
      change: { ...reachOf([payer, { ...mailbox, email: 'adv@vendeur.example' }]), step: firm },
      expected: nobody,
    },
    {
      because: 'it is the recipient already',
      change: { step: firm, recipient: { contact: mailbox, address: 'Contact@martin.example' } },
      expected: nobody,
    },
    {
      because: 'two contacts share it',
      change: { ...reachOf([payer, mailbox, { ...mailbox, role: 'approver' }]), step: firm },
      expected: toMailbox,
    },
  ])('is $expected.alsoTo at the debtor’s: $because', ({ change, expected }) => {
    expect(copyAddresses({ ...facts, ...(change as Partial<typeof facts>) })).toEqual(expected);
  });

  it.each([
    { because: 'nobody answered at the level of the policy', change: { step: level2 }, expected: toMailbox },
    { because: 'nobody answered at a firmer one', change: { step: { level: 'level3' } }, expected: toMailbox },
    { because: 'somebody answered', change: { step: level2, hasAnswered: true }, expected: nobody },
    { because: 'it is a consumer’s', change: { ...consumer, step: level2 }, expected: nobody },
    { because: 'the policy wants none', change: { step: level2, policy: {} }, expected: nobody },
  ])('is $expected.alsoTo in general: $because', ({ change, expected }) => {
    expect(copyAddresses({ ...facts, ...(change as Partial<typeof facts>) })).toEqual(expected);
  });

  it.each([
    { because: 'the step says so', change: { step: { level: 'level1', copiesSalesRep: true } }, expected: copied },
    { because: 'three notices had no answer', change: { silentNotices: 3 }, expected: copied },
    { because: 'only two had no answer', change: { silentNotices: 2 }, expected: nobody },
    { because: 'the policy never does', change: { silentNotices: 9, policy: {} }, expected: nobody },
    { because: 'at a consumer’s as well', change: { ...consumer, silentNotices: 3 }, expected: copied },
    { because: 'there is none', change: { ...reachOf([payer]), silentNotices: 3 }, expected: nobody },
    {
      because: 'their address bounced',
      change: { silentNotices: 3, marks: { [salesRep.email]: 'bounced' } },
      expected: nobody,
    },
  ])('is $expected.cc of ours: $because', ({ change, expected }) => {
    expect(copyAddresses({ ...facts, ...(change as Partial<typeof facts>) })).toEqual(expected);
  });
});
