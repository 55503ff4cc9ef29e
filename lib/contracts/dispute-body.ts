import * as z from 'zod/mini';
import { DISPUTE_CATEGORIES } from '../domain/dispute.ts';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { EmailAddressSchema } from './contact-details.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { multilineTextField, PlausibleDateSchema } from './text-field.ts';

const DisputeBodySchema = z.strictObject({
  category: z.enum(DISPUTE_CATEGORIES),
  amount: z.optional(MoneyTextSchema),
  note: z.optional(multilineTextField(1000)),
  ownerEmail: z.optional(EmailAddressSchema),
  reviewOn: z.optional(PlausibleDateSchema),
});

/** A dispute: what is contested, how much of the invoice (all that is owed when left out), what else was said, who settles it, and when it is looked at again. */
export interface DisputeBody extends Omit<z.infer<typeof DisputeBodySchema>, 'amount'> {
  amount?: Money;
}

/** Reads the body of `POST /cases/{invoiceId}/disputes`; every fault at once. */
export function parseDispute(body: unknown): CheckedBody<DisputeBody> {
  const checked = checkBody(DisputeBodySchema, body, (whole) => moneyFaults(fieldOf(whole, 'amount'), '/amount'));
  if (!checked.ok) return checked;
  const { amount, ...fields } = checked.value;
  return { ok: true, value: { ...fields, ...(amount && { amount: moneyFromText(amount) }) } };
}
