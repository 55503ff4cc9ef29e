import * as z from 'zod/mini';
import { PAYER_PROFILES } from './customer.ts';
import { AmountMinorSchema, CalendarDateSchema, IdSchema } from './identifiers.ts';

/**
 * How one closed invoice of a customer was paid: the figures a payer profile rests on. `paidOn` is the value date of the last payment; `noticesAfterDue` counts the
 * notices that left after the due date; promises and disputes are those recorded on the case.
 */
export const ClosedInvoiceSchema = z.object({
  invoiceId: IdSchema,
  closedOn: CalendarDateSchema,
  dueOn: CalendarDateSchema,
  paidOn: z.nullable(CalendarDateSchema),
  amountMinor: AmountMinorSchema,
  currency: z.string(),
  noticesAfterDue: z.int().check(z.nonnegative()),
  promisesKept: z.int().check(z.nonnegative()),
  promisesBroken: z.int().check(z.nonnegative()),
  disputes: z.int().check(z.nonnegative()),
  disputesUnfounded: z.int().check(z.nonnegative()),
  isAutomaticPayment: z.boolean(),
});

/** See {@link ClosedInvoiceSchema}. */
export type ClosedInvoice = z.infer<typeof ClosedInvoiceSchema>;

/** A payer profile worked out from history, with the sentences that say why, and the date it was worked out on. */
export const DerivedProfileSchema = z.object({
  profile: z.enum(PAYER_PROFILES),
  reasons: z.array(z.string()),
  on: CalendarDateSchema,
});

/** See {@link DerivedProfileSchema}. */
export type DerivedProfile = z.infer<typeof DerivedProfileSchema>;
