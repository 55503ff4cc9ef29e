import * as z from 'zod/mini';
import { DISPUTE_RESOLUTIONS } from '../domain/dispute.ts';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { multilineTextField } from './text-field.ts';

const DisputeResolutionBodySchema = z.strictObject({
  outcome: z.enum(DISPUTE_RESOLUTIONS),
  credited: z.optional(MoneyTextSchema),
  note: z.optional(multilineTextField(1000)),
});

/** How a dispute ends: founded, unfounded or by an offer, what is credited for it, which may be nothing, and what else is to be known. */
export interface DisputeResolutionBody extends Omit<z.infer<typeof DisputeResolutionBodySchema>, 'credited'> {
  credited?: Money;
}

/** Reads the body of `POST /cases/{invoiceId}/disputes/{disputeId}/resolution`; every fault at once. */
export function parseDisputeResolution(body: unknown): CheckedBody<DisputeResolutionBody> {
  const checked = checkBody(DisputeResolutionBodySchema, body, (whole) =>
    moneyFaults(fieldOf(whole, 'credited'), '/credited', 'nothing'),
  );
  if (!checked.ok) return checked;
  const { credited, ...fields } = checked.value;
  return { ok: true, value: { ...fields, ...(credited && { credited: moneyFromText(credited) }) } };
}
