import * as z from 'zod/mini';
import { CONTACT_ROLES, type Contact, CUSTOMER_KINDS, type Customer, PAYER_PROFILES } from '../domain/customer.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { EmailAddressSchema, phoneToE164 } from './contact-details.ts';
import { type Fault, shown, type Warning } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { CountryCodeSchema, LanguageTagSchema, TimeZoneSchema } from './locality.ts';
import { ChosenIdSchema, textField } from './text-field.ts';

const ContactBodySchema = z.strictObject({
  role: z.enum(CONTACT_ROLES),
  name: z.optional(textField(140)),
  email: z.optional(EmailAddressSchema),
  phone: z.optional(textField(40)),
  language: z.optional(LanguageTagSchema),
  timeZone: z.optional(TimeZoneSchema),
});

const AddressBodySchema = z.strictObject({
  line1: textField(140),
  line2: z.optional(textField(140)),
  postalCode: textField(20),
  city: textField(100),
  country: CountryCodeSchema,
});

/** A whole customer on the wire, field by field; {@link customerFaults} checks what takes more than one field. */
export const CustomerBodySchema = z.strictObject({
  customerId: ChosenIdSchema,
  name: textField(200),
  kind: z.enum(CUSTOMER_KINDS),
  country: CountryCodeSchema,
  language: z.optional(LanguageTagSchema),
  timeZone: z.optional(TimeZoneSchema),
  profile: z.optional(z.enum(PAYER_PROFILES)),
  policy: z.optional(ChosenIdSchema),
  address: z.optional(AddressBodySchema),
  contacts: z.optional(
    z.array(ContactBodySchema).check(z.refine((contacts) => contacts.length <= 20, 'must hold at most 20 contacts')),
  ),
  salesRep: z.optional(z.strictObject({ name: z.optional(textField(140)), email: z.optional(EmailAddressSchema) })),
});

/** What `PUT /customers/{customerId}` was asked to store. */
export type ParsedCustomerBody =
  | { readonly ok: true; readonly customer: Customer; readonly warnings: Warning[] }
  | { readonly ok: false; readonly errors: Fault[] };

/**
 * Reads the body of `PUT /customers/{customerId}`. The id may be left out of the body; when it is there it must be the
 * path's.
 */
export function parseCustomerBody(customerId: string, body: unknown): ParsedCustomerBody {
  const checked: CheckedBody<z.infer<typeof CustomerBodySchema>> = checkBody(
    CustomerBodySchema,
    isRecord(body) && !Object.hasOwn(body, 'customerId') ? { ...body, customerId } : body,
    (whole) => [...sameIdFaults(customerId, whole), ...customerFaults(whole, '')],
  );
  if (!checked.ok) return checked;
  const customer = customerFrom(checked.value);
  return { ok: true, customer, warnings: customerWarnings(customer, '') };
}

/**
 * Phones that are no possible number. A phone in national form is left alone while the customer's country is itself at
 * fault: nobody can tell.
 *
 * @param pointer where the customer stands in the body: `/customer`, or `""` when it is the body
 */
export function customerFaults(body: unknown, pointer: string): Fault[] {
  const contacts = fieldOf(body, 'contacts');
  if (!Array.isArray(contacts)) return [];
  const country = CountryCodeSchema.safeParse(fieldOf(body, 'country'));
  return contacts.flatMap((contact: unknown, index) => {
    const phone = fieldOf(contact, 'phone');
    const isJudged = typeof phone === 'string' && phone.length <= 40 && (country.success || phone.startsWith('+'));
    if (!isJudged || phoneToE164(phone, country.data) !== null) return [];
    const detail = `must be a possible phone number without extension, such as +33612345678, not ${shown(phone)}`;
    return [{ pointer: `${pointer}/contacts/${index}/phone`, detail }];
  });
}

/** The customer of a body without faults: phones in E.164, no contacts when none are given. */
export function customerFrom(body: z.infer<typeof CustomerBodySchema>): Customer {
  return { ...body, contacts: (body.contacts ?? []).map((contact) => withE164(contact, body.country)) };
}

/** What a person has to look at: a customer that no email and no text message can reach. */
export function customerWarnings(customer: Customer, pointer: string): Warning[] {
  if (customer.contacts.some((contact) => contact.email !== undefined || contact.phone !== undefined)) return [];
  const detail = 'no contact has an email address or a phone number, so no notice can be sent until one is added';
  return [{ pointer: `${pointer}/contacts`, detail }];
}

function sameIdFaults(customerId: string, body: unknown): Fault[] {
  const given = ChosenIdSchema.safeParse(fieldOf(body, 'customerId'));
  if (!given.success || given.data === customerId) return [];
  return [{ pointer: '/customerId', detail: `must be ${customerId} as in the path, not ${shown(given.data)}` }];
}

function withE164(contact: Contact, country: string): Contact {
  const phone = contact.phone === undefined ? null : phoneToE164(contact.phone, country);
  return phone === null ? contact : { ...contact, phone };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
