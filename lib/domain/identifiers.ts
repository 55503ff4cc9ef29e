import * as z from 'zod/mini';

/** An id given from outside (invoice, customer, transaction): 1–64 of `A–Z a–z 0–9 . _ -`, so it is safe in keys, URLs, SES tags and execution names. */
export const IdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of the characters A–Z a–z 0–9 . _ -'));

/** A calendar date `YYYY-MM-DD` in the creditor's zone. */
export const CalendarDateSchema = z.iso.date();

/** A UTC instant in ISO 8601 with a `Z`. */
export const InstantSchema = z.iso.datetime();

/** Integer minor units of a currency, never negative. */
export const AmountMinorSchema = z.int().check(z.nonnegative());
