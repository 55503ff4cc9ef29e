import * as z from 'zod/mini';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { multilineTextField, PlausibleDateSchema, textField } from './text-field.ts';

const PromiseBodySchema = z.strictObject({
  promisedOn: PlausibleDateSchema,
  amount: z.optional(MoneyTextSchema),
  contact: z.optional(textField(140)),
  note: z.optional(multilineTextField(1000)),
});

/** A promise to pay: by when, how much of it (all that is owed when left out), who promised, and what else was said. */
export interface PromiseBody extends Omit<z.infer<typeof PromiseBodySchema>, 'amount'> {
  amount?: Money;
}

/** Reads the body of `POST /cases/{invoiceId}/promises`; every fault at once. */
export function parsePromise(body: unknown): CheckedBody<PromiseBody> {
  const checked = checkBody(PromiseBodySchema, body, (whole) => moneyFaults(fieldOf(whole, 'amount'), '/amount'));
  if (!checked.ok) return checked;
  const { amount, ...fields } = checked.value;
  return { ok: true, value: { ...fields, ...(amount && { amount: moneyFromText(amount) }) } };
}
