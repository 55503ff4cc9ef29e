import type { AddressMark } from './case-file.ts';
import { type Contact, type ContactRole, type Customer, languageOf } from './customer.ts';
import { isFirmer } from './level.ts';
import type { PostalAddress } from './notice.ts';
import type { Policy, PolicyStep } from './policy.ts';
import type { Channel } from './step-claim.ts';

/** A contact with the address a channel needs: an email address, a phone number in E.164, or the lines of a postal address. */
export interface Recipient {
  readonly contact: Contact;
  readonly address: string;
}

/** Who else an email goes to: further mailboxes at the debtor's, and a copy for the creditor's own sales representative. */
export interface CopyAddresses {
  readonly alsoTo: readonly string[];
  readonly cc: readonly string[];
}

/** Whom a step may reach: the debtor, which of the addresses do not work, and the email domains that are the creditor's own. */
export interface Reach {
  readonly customer: Customer;
  readonly marks: Readonly<Record<string, AddressMark>>;
  readonly internalDomains: readonly string[];
}

/**
 * Whom a step goes to: the first contact, in the policy's order of roles, that the channel can reach.
 *
 * An address that bounced, complained or is wrong is skipped, and so is one of `excluded`; the other addresses of the contact stay good. Whoever has an email address of
 * the creditor is a colleague, who is neither written to nor called. Letters go to the debtor's postal address, for the attention of the first contact with one of the roles.
 *
 * @returns null when nobody can be reached, and for a `hand-over`, which reaches nobody
 */
export function chooseRecipient(
  facts: Reach & {
    readonly roles: readonly ContactRole[];
    readonly channel: Channel;
    readonly excluded?: readonly string[];
    readonly creditorCountry?: string;
  },
): Recipient | null {
  const { customer, roles, channel, internalDomains, creditorCountry } = facts;
  if (channel === 'hand-over') return null;
  const unusable = unusableAddresses(facts);
  const colleagues = customer.contacts.filter(({ email }) => isInternal(email, internalDomains));
  const contacts = roles
    .flatMap((role) => customer.contacts.filter((contact) => contact.role === role))
    .filter((contact) => !colleagues.includes(contact));
  if (channel === 'letter' || channel === 'registered-letter') {
    const address = postalAddressOf(customer, creditorCountry)?.lines.join('\n');
    if (!address || unusable.has(keyOf(address)) || unusable.has(keyOf(postalAddressMarked(customer)))) return null;
    return { contact: contacts[0] ?? { role: 'legal' }, address };
  }
  for (const contact of contacts) {
    const address = channel === 'email' ? contact.email : contact.phone;
    if (address && !unusable.has(keyOf(address))) return { contact, address };
  }
  return null;
}

/**
 * The further addresses of an email.
 *
 * At the debtor's: the contacts of the step's `alsoToRoles`, and the general mailbox from the policy's `genericMailboxFrom` on when nobody answered; never at a consumer's,
 * where a shared mailbox may be an employer's. In copy: the sales representative when the step says so, or once the policy's number of notices had no answer.
 *
 * @param silentNotices how many notices left since the debtor last answered
 */
export function copyAddresses(
  facts: Reach & {
    readonly step: Pick<PolicyStep, 'level' | 'alsoToRoles' | 'copiesSalesRep'>;
    readonly recipient: Recipient;
    readonly hasAnswered: boolean;
    readonly silentNotices: number;
    readonly policy: Pick<Policy, 'genericMailboxFrom' | 'salesRepAfterSilentNotices'>;
  },
): CopyAddresses {
  const { customer, internalDomains, step, recipient, silentNotices, policy } = facts;
  const taken = unusableAddresses(facts).add(keyOf(recipient.address));
  const roles = furtherRoles(facts);
  const alsoTo = customer.contacts
    .filter(({ role, email }) => roles.includes(role) && !isInternal(email, internalDomains))
    .flatMap(({ email }) => untaken(email, taken));
  const isSilent = silentNotices >= (policy.salesRepAfterSilentNotices ?? Number.POSITIVE_INFINITY);
  // The sales representative has an address of the creditor, and is meant to.
  const cc = step.copiesSalesRep || isSilent ? untaken(customer.salesRep?.email, taken) : [];
  return { alsoTo, cc };
}

/**
 * The postal address of a customer as it is printed: the name, the street, postcode and town, and the country in capitals when the letter leaves the creditor's.
 *
 * The country is written in French when the creditor's post reads French, else in English: it is the post of the country of origin that sorts by it.
 *
 * @param creditorCountry ISO 3166-1 alpha-2; when it is left out, the country is always printed, which no post takes amiss
 * @returns null when no address is known
 * @see https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions: the last line of an address abroad is the country, in capitals
 */
export function postalAddressOf(customer: Customer, creditorCountry?: string): PostalAddress | null {
  const { name, address } = customer;
  if (!address) return null;
  const { line1, line2, postalCode, city, country } = address;
  const abroad =
    country === creditorCountry ? '' : countryInCapitals(country, languageOf({ country: creditorCountry ?? '' }));
  const lines = [name, line1, line2 ?? '', `${postalCode} ${city}`, abroad].filter((line) => line.trim() !== '');
  return { lines, country };
}

/** The text under which a postal address is marked: as it is printed abroad, whoever the creditor is. Empty when no address is known. */
export function postalAddressMarked(customer: Customer): string {
  return postalAddressOf(customer)?.lines.join('\n') ?? '';
}

/** Whether two addresses are one, whatever case they are written in. */
export function isSameAddress(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/** The roles an email is also for, beside the recipient's. */
function furtherRoles(facts: Parameters<typeof copyAddresses>[0]): ContactRole[] {
  const { customer, step, hasAnswered, policy } = facts;
  if (customer.kind === 'consumer') return [];
  const from = policy.genericMailboxFrom;
  const addsMailbox = from !== undefined && !hasAnswered && !isFirmer(from, step.level);
  return [...(step.alsoToRoles ?? []), ...(addsMailbox ? (['generic'] as const) : [])];
}

/** The address as the only item, if there is one that is not taken yet, which it then is. */
function untaken(address: string | undefined, taken: Set<string>): string[] {
  if (!address || taken.has(keyOf(address))) return [];
  taken.add(keyOf(address));
  return [address];
}

function unusableAddresses({ marks, excluded = [] }: Pick<Reach, 'marks'> & { excluded?: readonly string[] }) {
  return new Set([...Object.keys(marks), ...excluded].map(keyOf));
}

/** Providers report an address in a case of their own; no mail host in use tells addresses apart by it. */
function keyOf(address: string): string {
  return address.trim().toLowerCase();
}

/** Whether an email address is of a domain of the creditor's own, or of a part of one. */
export function isInternal(email: string | undefined, internalDomains: readonly string[]): boolean {
  const domain = email && keyOf(email).split('@').at(-1);
  if (!domain) return false;
  return internalDomains.map(keyOf).some((internal) => domain === internal || domain.endsWith(`.${internal}`));
}

function countryInCapitals(country: string, language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'region' }).of(country);
  return (name ?? country).toLocaleUpperCase(language);
}
