import * as z from 'zod/mini';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { ReasonSchema } from './reason-body.ts';
import { ChosenIdSchema } from './text-field.ts';

const CreditNoteBodySchema = z.strictObject({
  creditNoteId: ChosenIdSchema,
  amount: MoneyTextSchema,
  reason: ReasonSchema,
});

/** A credit note as the billing system tells it: greater than zero, and once per `creditNoteId`. */
export interface CreditNote {
  readonly creditNoteId: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Reads the body of `POST /invoices/{invoiceId}/credit-notes`; every fault at once. */
export function parseCreditNote(body: unknown): CheckedBody<CreditNote> {
  const checked = checkBody(CreditNoteBodySchema, body, (whole) => moneyFaults(fieldOf(whole, 'amount'), '/amount'));
  if (!checked.ok) return checked;
  return { ok: true, value: { ...checked.value, amount: moneyFromText(checked.value.amount) } };
}
