import * as z from 'zod/mini';
import { AmountMinorSchema, IdSchema, InstantSchema } from './identifiers.ts';
import type { CashReceipt } from './payment.ts';

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

/** What the id begins with under which the rest of a credit note is kept as cash. */
export const CREDIT_NOTE_CASH = 'credit-note-';

/** Whether a receipt is what an invoice could not take of a credit note: no bank has that money, so none takes it back. */
export function isCreditNoteCash({ transactionId, source }: Pick<CashReceipt, 'transactionId' | 'source'>): boolean {
  return source === undefined && transactionId.startsWith(CREDIT_NOTE_CASH);
}
