import * as z from 'zod/mini';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { ChosenIdSchema, PlausibleDateSchema } from './text-field.ts';

const SeenPaymentBodySchema = z.strictObject({
  transactionId: ChosenIdSchema,
  amount: MoneyTextSchema,
  receivedOn: PlausibleDateSchema,
  method: z.enum(['transfer', 'cheque', 'card', 'cash', 'direct-debit', 'other']),
});

/** A payment a person saw and no bank told of: greater than zero, and once per `transactionId`. */
export interface SeenPayment extends Omit<z.infer<typeof SeenPaymentBodySchema>, 'amount'> {
  amount: Money;
}

/** Reads the body of `POST /cases/{invoiceId}/payments`; every fault at once. */
export function parseSeenPayment(body: unknown): CheckedBody<SeenPayment> {
  const checked = checkBody(SeenPaymentBodySchema, body, (whole) => moneyFaults(fieldOf(whole, 'amount'), '/amount'));
  if (!checked.ok) return checked;
  return { ok: true, value: { ...checked.value, amount: moneyFromText(checked.value.amount) } };
}
