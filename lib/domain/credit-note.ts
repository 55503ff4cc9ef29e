import * as z from 'zod/mini';
import { AmountMinorSchema, IdSchema, InstantSchema } from './identifiers.ts';

/**
 * A credit note of an invoice, kept under that invoice for ever: its id is the key that lets it have one effect. `appliedMinor` is what the invoice took of it; the rest is unapplied cash of the customer, under
 * `unappliedTransactionId`. `reason` is in the words of who issued it.
 */
export const CreditNoteSchema = z.object({
  creditNoteId: IdSchema,
  invoiceId: IdSchema,
  amountMinor: AmountMinorSchema,
  currency: z.string(),
  appliedMinor: AmountMinorSchema,
  unappliedTransactionId: z.optional(IdSchema),
  reason: z.string(),
  at: InstantSchema,
});

/** A credit note; see {@link CreditNoteSchema}. */
export type CreditNote = z.infer<typeof CreditNoteSchema>;
