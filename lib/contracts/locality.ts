import { countrySpecs } from 'ibantools';
import * as z from 'zod/mini';

/**
 * An ISO 3166-1 alpha-2 country code in upper case (ibantools carries the whole list, plus the XK in use for Kosovo).
 */
export const CountryCodeSchema = z
  .string()
  .check(
    z.refine((code) => Object.hasOwn(countrySpecs, code), 'must be an ISO 3166-1 alpha-2 country code such as FR'),
  );

/** A BCP 47 language tag such as `fr` or `de-CH`; comes out in its canonical case. */
export const LanguageTagSchema = z.pipe(
  z.string().check(
    z.maxLength(35),
    z.refine((tag) => canonicalTag(tag) !== null, 'must be a BCP 47 language tag such as fr or de-CH'),
  ),
  z.transform((tag) => canonicalTag(tag) ?? tag),
);

/**
 * A time zone by its IANA name such as `Europe/Paris`, or `UTC`; a bare offset such as `+02:00` is refused, since it
 * knows no summer time.
 */
export const TimeZoneSchema = z
  .string()
  .check(z.maxLength(64), z.refine(isTimeZone, 'must be an IANA time zone such as Europe/Paris'));

function canonicalTag(tag: string): string | null {
  if (!/^[a-z]{2,3}(-|$)/i.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
