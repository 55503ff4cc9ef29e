import * as z from 'zod/mini';
import { AmountMinorSchema, CalendarDateSchema, IdSchema } from './identifiers.ts';

/** A discount the debtor may take when the money's value date is on or before `until`. `percent` is a decimal string such as `"2.0"`. */
const EarlyPaymentDiscountSchema = z.object({ until: CalendarDateSchema, percent: z.string() });

/** The facts of an invoice as the billing system registered them. Amounts are minor units of `currency`; dates are the creditor's calendar dates. `latePaymentRateBps` is the yearly rate of late-payment interest in the contract, when it has a clause on it. */
export const InvoiceSchema = z.object({
  invoiceId: IdSchema,
  number: z.string().check(z.minLength(1)),
  issuedOn: CalendarDateSchema,
  dueOn: CalendarDateSchema,
  totalMinor: AmountMinorSchema,
  currency: z.string(),
  paymentReference: z.optional(z.string()),
  purchaseOrder: z.optional(z.string()),
  documentUrl: z.optional(z.string()),
  earlyPaymentDiscount: z.optional(EarlyPaymentDiscountSchema),
  latePaymentRateBps: z.optional(z.int().check(z.positive())),
  customerId: IdSchema,
});

/** An invoice; see {@link InvoiceSchema}. */
export type Invoice = z.infer<typeof InvoiceSchema>;
