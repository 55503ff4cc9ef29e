import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import isEmailModule from 'validator/lib/isEmail.js';
import * as z from 'zod/mini';

/**
 * An email address that SES can send to.
 *
 * ASCII only, because SES knows no SMTPUTF8 and wants a domain with accents in punycode (so says the documentation of
 * `Destination` in `@aws-sdk/client-sesv2`); no quoted local part, because it may hold line breaks.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
 */
export const EmailAddressSchema = z
  .string()
  .check(z.refine(isEmailAddress, 'must be an email address in ASCII characters'));

function isEmailAddress(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text) && !text.startsWith('"') && isEmailModule.default(text);
}

/**
 * A phone number in E.164 (`+33612345678`), or `null` when it is not a possible number.
 *
 * @param text as somebody wrote it, in international form or in the national form of `country`; an extension is
 *   refused, since E.164 would lose it
 * @param country ISO 3166-1 alpha-2 code; `undefined` when not known, then only the international form can be read
 */
export function phoneToE164(text: string, country: string | undefined): string | null {
  const defaultCountry = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const phone = parsePhoneNumberFromString(text, { ...(defaultCountry && { defaultCountry }), extract: false });
  return phone?.isPossible() && phone.ext === undefined ? phone.number : null;
}
