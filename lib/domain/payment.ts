import * as z from 'zod/mini';
import { AmountMinorSchema, CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';

/** How money found its invoice; `by-person`: somebody said so. */
const MATCHING_RULES = [
  'payment-reference',
  'invoice-number',
  'debtor-account',
  'open-invoices-sum',
  'by-person',
] as const;

/** See {@link MATCHING_RULES}. */
export type MatchingRule = (typeof MATCHING_RULES)[number];

/** Why money, or a part of it, is left without an invoice. */
const UNAPPLIED_REASONS = [
  'no-match',
  'several-matches',
  'doubtful-match',
  'other-currency',
  'nothing-owed',
  'over-payment',
  'returned-payment',
  'credit-note',
  'possible-duplicate',
] as const;

/** See {@link UNAPPLIED_REASONS}. */
export type UnappliedReason = (typeof UNAPPLIED_REASONS)[number];

/**
 * The part of a bank transaction that was allocated to one invoice; kept under that invoice, keyed by the transaction. `amountMinor` is what it paid of the principal, `interestMinor` and
 * `compensationMinor` what it paid of the cost of delay where that comes first. `returnedMinor`
 * of it was taken back, on `returnedOn`: it does not count as paid any more.
 */
export const PaymentSchema = z.object({
  transactionId: IdSchema,
  invoiceId: IdSchema,
  amountMinor: AmountMinorSchema,
  currency: z.string(),
  valueOn: CalendarDateSchema,
  rule: z.enum(MATCHING_RULES),
  interestMinor: z.optional(AmountMinorSchema),
  compensationMinor: z.optional(AmountMinorSchema),
  returnedMinor: z.optional(AmountMinorSchema),
  returnedOn: z.optional(CalendarDateSchema),
  at: InstantSchema,
});

/** A payment; see {@link PaymentSchema}. */
export type Payment = z.infer<typeof PaymentSchema>;

/**
 * One bank transaction as it was received, for ever: the idempotency key of money. received = allocated + unapplied + returned, to the cent; of a return, `returnedMinor` is what it took back. What a credit note is worth beyond its invoice is kept as one, too. `customerId` says
 * whose money it is, where that is known. `source` is who of the bank's two told of it; `possibleDuplicateOf` the transaction of the other that seems to be the same money. `namedInvoiceId` is the one invoice that the words of a return name: of a part of a payment, it loses its own first. `suggestedCustomerId` is the customer of all invoices that its words name, or else that are suggested, when it is one, though it may be nobody's money of theirs. `suggestions` are the invoices it could be for, the best first, by which rule and why.
 */
export const CashReceiptSchema = z.object({
  transactionId: IdSchema,
  kind: z.enum(['credit', 'return']),
  amountMinor: AmountMinorSchema,
  currency: z.string(),
  bookedOn: CalendarDateSchema,
  valueOn: CalendarDateSchema,
  remittance: z.optional(z.string()),
  endToEndId: z.optional(z.string()),
  debtorName: z.optional(z.string()),
  debtorIban: z.optional(z.string()),
  customerId: z.optional(IdSchema),
  returnsTransactionId: z.optional(z.string()),
  source: z.optional(z.enum(['event', 'statement'])),
  possibleDuplicateOf: z.optional(IdSchema),
  namedInvoiceId: z.optional(IdSchema),
  suggestedCustomerId: z.optional(IdSchema),
  allocations: z.array(z.object({ invoiceId: IdSchema, amountMinor: AmountMinorSchema })),
  unappliedMinor: AmountMinorSchema,
  returnedMinor: z.optional(AmountMinorSchema),
  unappliedReason: z.optional(z.enum(UNAPPLIED_REASONS)),
  suggestedInvoiceIds: z.array(IdSchema),
  suggestions: z.optional(z.array(z.object({ invoiceIds: z.array(IdSchema), rule: z.string(), why: z.string() }))),
  receivedAt: InstantSchema,
});

/** A receipt of money; see {@link CashReceiptSchema}. */
export type CashReceipt = z.infer<typeof CashReceiptSchema>;

/** Whether a receipt is listed for a person to place: money that no invoice has taken, or a return of more than is known to have been received. */
export function isUnappliedCash({ unappliedMinor }: Pick<CashReceipt, 'unappliedMinor'>): boolean {
  return unappliedMinor > 0;
}

/** Whether a receipt takes back a payment that it has not found, or of which it has found less. What was probably taken back before waits for nothing. */
export function isWaitingReturn(receipt: CashReceipt): receipt is CashReceipt & { returnsTransactionId: string } {
  const { kind, returnsTransactionId, possibleDuplicateOf, unappliedMinor } = receipt;
  return kind === 'return' && returnsTransactionId !== undefined && !possibleDuplicateOf && unappliedMinor > 0;
}

/** Whether nothing of a receipt's money was allocated or taken back between two looks at it. */
export function isSameMoney(one: MoneyLeft, other: MoneyLeft): boolean {
  return one.unappliedMinor === other.unappliedMinor && (one.returnedMinor ?? 0) === (other.returnedMinor ?? 0);
}

type MoneyLeft = Pick<CashReceipt, 'unappliedMinor' | 'returnedMinor'>;
