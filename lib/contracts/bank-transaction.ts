import * as z from 'zod/mini';
import { IbanSchema } from './bank-details.ts';
import { checkBody } from './check-body.ts';
import type { Fault } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { ChosenIdSchema, multilineTextField, PlausibleDateSchema, textField } from './text-field.ts';

const BankTransactionBodySchema = z.strictObject({
  transactionId: ChosenIdSchema,
  kind: z.enum(['credit', 'return']),
  amount: MoneyTextSchema,
  bookedOn: PlausibleDateSchema,
  valueOn: PlausibleDateSchema,
  debtor: z.optional(z.strictObject({ name: z.optional(textField(140)), iban: z.optional(IbanSchema) })),
  remittance: z.optional(multilineTextField(1000)),
  endToEndId: z.optional(textField(35)),
  returnsTransactionId: z.optional(ChosenIdSchema),
});

/**
 * Money the bank booked: a credit, or the return of an earlier credit (`returnsTransactionId`). `amountMinor` is
 * greater than zero for both, in minor units of `currency`; dates are the bank's calendar dates; the IBAN has no
 * spaces.
 */
export interface BankTransaction extends Omit<z.infer<typeof BankTransactionBodySchema>, 'amount'> {
  amountMinor: number;
  currency: string;
}

/** The type an event of this transaction has on the bus. */
export function detailTypeOf({ kind }: Pick<BankTransaction, 'kind'>): 'PaymentReceived' | 'PaymentReturned' {
  return kind === 'credit' ? 'PaymentReceived' : 'PaymentReturned';
}

/**
 * Reads the body of `POST /webhooks/bank`, which is also the detail of `PaymentReceived` and `PaymentReturned`; every
 * fault at once.
 */
export function parseBankTransaction(
  body: unknown,
): { ok: true; transaction: BankTransaction } | { ok: false; errors: Fault[] } {
  const checked = checkBody(BankTransactionBodySchema, body, transactionFaults);
  if (!checked.ok) return checked;
  const { amount, ...fields } = checked.value;
  return { ok: true, transaction: { ...fields, ...moneyFromText(amount) } };
}

function transactionFaults(body: unknown): Fault[] {
  return [...moneyFaults(fieldOf(body, 'amount'), '/amount'), ...returnFaults(body)];
}

function returnFaults(body: unknown): Fault[] {
  const pointer = '/returnsTransactionId';
  const kind = fieldOf(body, 'kind');
  const returned = fieldOf(body, 'returnsTransactionId');
  if (kind === 'return' && returned === undefined) return [{ pointer, detail: 'is required of a return' }];
  if (kind === 'credit' && returned !== undefined) return [{ pointer, detail: 'is only known of a return' }];
  if (typeof returned === 'string' && returned === fieldOf(body, 'transactionId')) {
    return [{ pointer, detail: 'must be the id of an earlier transaction, not its own' }];
  }
  return [];
}
