import * as z from 'zod/mini';
import { IdSchema } from '../domain/identifiers.ts';

/**
 * A line of text of 1 to `lengthMax` UTF-16 units, not blank, without control characters or line breaks (it may end up
 * in the subject of an email, where a line break would add a header) and without half a surrogate pair (which no UTF-8
 * store can keep).
 */
export function textField(lengthMax: number) {
  return z.string().check(
    z.maxLength(lengthMax),
    z.refine((text) => text.trim() !== '', 'must not be blank'),
    z.refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), 'must be one line without control characters'),
    z.refine((text) => text.isWellFormed(), 'must be well-formed Unicode'),
  );
}

/** As {@link textField}, but line breaks and tabs are allowed: text a bank passes on as it got it. */
export function multilineTextField(lengthMax: number) {
  return z.string().check(
    z.maxLength(lengthMax),
    z.refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), 'must hold no control characters besides line breaks and tabs'),
    z.refine((text) => text.isWellFormed(), 'must be well-formed Unicode'),
  );
}

/**
 * An id as a caller may choose it. `.` and `..` are refused: every URL parser takes them out of a path, so `/cases/..`
 * could never be asked for.
 */
export const ChosenIdSchema = IdSchema.check(z.refine((id) => id !== '.' && id !== '..', 'must hold more than dots'));

/**
 * A calendar date `YYYY-MM-DD` that exists, between 1970 and 2199: a slip such as year 20226 or 0026 is caught here.
 */
export const PlausibleDateSchema = z.iso
  .date('must be a calendar date YYYY-MM-DD that exists')
  .check(z.refine((date) => date >= '1970-01-01' && date <= '2199-12-31', 'must lie between 1970 and 2199'));

/** An https URL without user name or password, at most 2 048 characters. */
export const HttpsUrlSchema = textField(2048).check(z.refine(isHttpsUrl, 'must be a URL that begins with https://'));

function isHttpsUrl(text: string): boolean {
  if (!/^https:\/\/\S+$/i.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '';
}
