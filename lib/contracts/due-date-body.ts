import * as z from 'zod/mini';
import { type CheckedBody, checkBody } from './check-body.ts';
import { ReasonSchema } from './reason-body.ts';
import { PlausibleDateSchema } from './text-field.ts';

const DueDateBodySchema = z.strictObject({ dueOn: PlausibleDateSchema, reason: ReasonSchema });

/** The day an invoice is due from now on, and why it moved. */
export type DueDateChange = Readonly<z.infer<typeof DueDateBodySchema>>;

/** Reads the body of `PUT /invoices/{invoiceId}/due-date`. Whether the date suits the invoice is for the use case to judge. */
export function parseDueDate(body: unknown): CheckedBody<DueDateChange> {
  return checkBody(DueDateBodySchema, body, () => []);
}
