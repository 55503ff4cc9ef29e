import { code as currencyCode } from 'currency-codes';
import { countrySpecs, isValidBIC, isValidIBAN } from 'ibantools';
import { isPossiblePhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import * as z from 'zod';

/** A rule for one key of the configuration: what holds, what is wrong when it does not, and what to set instead. */
interface Rule {
  holds: (value: string) => boolean;
  fault: string;
  cure: string;
}

/** A text that keeps the rule; every fault quotes the value and says what to set. */
export function text({ holds, fault, cure }: Rule) {
  return z
    .string({ error: ({ input }) => `${quote(input)}; ${cure}` })
    .refine(holds, { error: ({ input }) => `${JSON.stringify(input)} ${fault}; ${cure}` });
}

/** A whole number that keeps the rule; every fault quotes the value and says what to set. */
export function wholeNumber({ holds, cure }: { holds: (value: number) => boolean; cure: string }) {
  return z
    .int({ error: ({ input }) => `${quote(input)}; ${cure}` })
    .refine(holds, { error: ({ input }) => `${input} is not allowed; ${cure}` });
}

/** An email address; `cure` says which one to set. */
export function emailAddress(cure: string) {
  return text({ holds: (value) => z.email().safeParse(value).success, fault: 'is not an email address', cure });
}

/** A list of 1 to `max` values; every fault quotes the value and says what to set. */
function listOf(item: z.ZodType<string>, { max, cure }: { max: number; cure: string }) {
  return z
    .array(item, { error: ({ input }) => `${quote(input)}; ${cure}` })
    .refine((items) => items.length >= 1 && items.length <= max, {
      error: ({ input }) => `holds ${(input as unknown[]).length} values; ${cure}`,
    });
}

const ADDRESS_CURE = 'set the street, the postcode and town of the letterhead, 1 to 4 lines of up to 60 characters';

/** The letterhead of letters, below the creditor's name. */
export const addressLines = listOf(
  text({
    holds: (value) => value.trim() === value && /^[^\p{Cc}\p{Zl}\p{Zp}]{1,60}$/u.test(value),
    fault: 'cannot be a line of an address',
    cure: ADDRESS_CURE,
  }),
  { max: 4, cure: ADDRESS_CURE },
);

const DOMAINS_CURE =
  'set the domains your own people have their mail in, 1 to 20, beside that of senderAddress, or leave the key out';

/** Email domains; kept few because the environment of a function holds 4 KB. */
export const internalDomains = listOf(
  text({
    holds: (value) => value.length <= 80 && z.email().safeParse(`x@${value}`).success,
    fault: 'is not an email domain',
    cure: DOMAINS_CURE,
  }),
  { max: 20, cure: DOMAINS_CURE },
);

/** A name or a function as it stands under a letter; `cure` says which to set. */
export function signatoryText(cure: string) {
  return text({
    holds: (value) => value.trim() === value && /^[^\p{Cc}\p{Zl}\p{Zp}]{1,80}$/u.test(value),
    fault: 'cannot stand under a letter',
    cure: `${cure}, 1 to 80 characters on one line`,
  });
}

/** An IANA time zone the runtime knows. */
export const timeZone = text({
  holds: (value) => Intl.supportedValuesOf('timeZone').includes(value) || value === 'UTC',
  fault: 'is not a time zone',
  cure: 'set the IANA name of the zone the creditor keeps its calendar in, such as Europe/Paris',
});

/** An ISO 3166-1 alpha-2 country code. */
export const country = text({
  holds: (value) => Object.hasOwn(countrySpecs, value),
  fault: 'is not a country code',
  cure: 'set the ISO 3166-1 code of the country the creditor is in, such as FR, or leave the key out for that of the IBAN',
});

/** An ISO 4217 currency code. */
export const currency = text({
  holds: (value) => /^[A-Z]{3}$/.test(value) && currencyCode(value) !== undefined,
  fault: 'is not a currency code',
  cure: 'set the ISO 4217 code the creditor bills in, such as EUR',
});

/** A phone number in E.164 form. */
export const phoneNumber = text({
  holds: (value) => /^\+\d+$/.test(value) && isPossiblePhoneNumber(value),
  fault: 'is not a phone number in E.164 form',
  cure: 'set the number debtors may call, such as +33140000000',
});

/**
 * A phone number grouped as its country groups it: `+33 1 99 00 12 34`, `+44 20 7946 0000`. Done while the stack is
 * synthesized, so that no function carries the numbering plans of the world.
 *
 * @param e164 such as `+33199001234`; comes back as it is when it cannot be read
 */
export function phoneForReading(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/**
 * The legal identity at the foot of every email. Only its length is checked: what it must say depends on the legal
 * form.
 */
export const legalNotice = text({
  holds: (value) => value.trim() === value && /^[^\p{Cc}\p{Zl}\p{Zp}]{10,300}$/u.test(value),
  fault: 'cannot be the legal notice',
  cure:
    'set legal form, capital, registered office, RCS with its city and SIREN, 10 to 300 characters on one line; ' +
    'French law asks for it on business correspondence; check with your lawyer',
});

/** The https address of a page; kept short because the environment of a function holds 4 KB. */
export const privacyUrl = text({
  holds: (value) => /^https:\/\/\S{1,292}$/.test(value) && URL.canParse(value),
  fault: 'is not an https URL of at most 300 characters',
  cure: 'set the page that tells people how you use their data and what their rights are, or leave the key out',
});

/**
 * Where a browser returns with an OAuth code: a page that Cognito accepts as callback.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 *   (CallbackURLs: https, or http on localhost; no fragment; at most 1024 characters)
 */
export const callbackUrl = text({
  holds: (value) => /^https?:\/\/[^\s#]+$/.test(value) && value.length <= 1024 && isHttpsOrLocal(URL.parse(value)),
  fault: 'is neither an https URL nor one of http://localhost, or it has a fragment',
  cure: 'set the page finance people return to after signing in, or leave the key out for http://localhost:4000/',
});

/** An IBAN in electronic form, its check digits right. */
export const iban = text({
  holds: isValidIBAN,
  fault: 'is not an IBAN, or its check digits are wrong',
  cure: 'set the account debtors pay into, without spaces',
});

/** A BIC of 8 or 11 characters. */
export const bic = text({
  holds: isValidBIC,
  fault: 'is not a BIC',
  cure: 'set the BIC of the bank that keeps the IBAN, 8 or 11 characters',
});

/**
 * The alphanumeric sender of an SMS.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html (3 to 11 characters, at least one letter,
 *   read 2026-11-23)
 */
export const smsSenderId = text({
  holds: (value) => /^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/.test(value),
  fault: 'cannot be the sender of an SMS',
  cure: 'set 3 to 11 letters and digits, at least one letter, without spaces',
});

function isHttpsOrLocal(url: URL | null): boolean {
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
}

function quote(input: unknown): string {
  return input === undefined ? 'is missing' : `${JSON.stringify(input)} is not allowed`;
}
