import * as z from 'zod/mini';
import { IdSchema } from './identifiers.ts';

/** Whom the law and the tone depend on: a business, a consumer, or a public body. */
export const CUSTOMER_KINDS = ['business', 'consumer', 'public'] as const;

/**
 * The seven payer profiles of the craft: négligent, mauvais payeur, insolvable, administratif, litige, automatique, bon
 * payeur, as "Recouvrement de factures" on etrepaye.fr tells them apart.
 */
export const PAYER_PROFILES = [
  'negligent',
  'bad-payer',
  'insolvent',
  'administrative',
  'disputing',
  'automatic',
  'good-payer',
] as const;

/** The part a contact plays at the debtor's. */
export const CONTACT_ROLES = [
  'accounts-payable',
  'approver',
  'finance-director',
  'managing-director',
  'generic',
  'legal',
] as const;

/** A language the notices are written in. */
export const LANGUAGES = ['fr', 'en', 'de'] as const;

/** A payer profile; see {@link PAYER_PROFILES}. */
export type PayerProfile = (typeof PAYER_PROFILES)[number];

/** The part a contact plays; see {@link CONTACT_ROLES}. */
export type ContactRole = (typeof CONTACT_ROLES)[number];

/** A language of the notices; see {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** A person or mailbox at the debtor's. `phone` is E.164. `language` and `timeZone` win over the customer's. */
const ContactSchema = z.object({
  role: z.enum(CONTACT_ROLES),
  name: z.optional(z.string()),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  language: z.optional(z.string()),
  timeZone: z.optional(z.string()),
});

/** A postal address; `country` is ISO 3166-1 alpha-2. */
const AddressSchema = z.object({
  line1: z.string(),
  line2: z.optional(z.string()),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
});

/** A debtor: who they are and how to reach them. `country` is ISO 3166-1 alpha-2, `timeZone` an IANA name, `language` BCP 47. */
export const CustomerSchema = z.object({
  customerId: IdSchema,
  name: z.string().check(z.minLength(1)),
  kind: z.enum(CUSTOMER_KINDS),
  country: z.string(),
  language: z.optional(z.string()),
  timeZone: z.optional(z.string()),
  profile: z.optional(z.enum(PAYER_PROFILES)),
  policy: z.optional(z.string()),
  address: z.optional(AddressSchema),
  contacts: z.array(ContactSchema),
  salesRep: z.optional(z.object({ name: z.optional(z.string()), email: z.optional(z.string()) })),
});

/** A contact; see {@link ContactSchema}. */
export type Contact = z.infer<typeof ContactSchema>;

/** A customer; see {@link CustomerSchema}. */
export type Customer = z.infer<typeof CustomerSchema>;

/**
 * The language a notice to this customer (and, when given, this contact) is written in: the contact's, then the customer's, then French in France, Belgium,
 * Luxembourg and the overseas departments, German in Germany, Austria, Switzerland and Liechtenstein, English elsewhere. A language without templates falls back the same way.
 */
export function languageOf(
  customer: Pick<Customer, 'language' | 'country'>,
  contact?: Pick<Contact, 'language'>,
): Language {
  for (const tag of [contact?.language, customer.language]) {
    const language = LANGUAGES.find((known) => tag?.toLowerCase().split('-')[0] === known);
    if (language) return language;
  }
  if (FRENCH_SPEAKING.includes(customer.country)) return 'fr';
  return GERMAN_SPEAKING.includes(customer.country) ? 'de' : 'en';
}

const FRENCH_SPEAKING = ['FR', 'BE', 'LU', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'BL', 'MF', 'PM'];

const GERMAN_SPEAKING = ['DE', 'AT', 'CH', 'LI'];
