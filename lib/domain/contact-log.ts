import * as z from 'zod/mini';
import { CalendarDateSchema, IdSchema } from './identifiers.ts';
import { CHANNELS, type StepRef } from './step-claim.ts';

/** One contact of a debtor: the local date it was made on, by which channel, and the claim of the message. */
export const ContactEntrySchema = z.object({
  on: CalendarDateSchema,
  channel: z.enum(CHANNELS),
  step: z.object({ invoiceId: IdSchema, cycle: z.int(), stepId: IdSchema }),
});

/** See {@link ContactEntrySchema}. */
export type ContactEntry = z.infer<typeof ContactEntrySchema>;

/** How long a contact is remembered: longer than the budget looks back. */
const REMEMBERED_MAX = 60;

/** The log with a contact added, or moved to a new date when the same message is tried again; what is long past falls out. */
export function withContact(log: readonly ContactEntry[], entry: ContactEntry): ContactEntry[] {
  return [...withoutContact(log, entry.step), entry].slice(-REMEMBERED_MAX);
}

/** The log without the contact of a message that never left. */
export function withoutContact(log: readonly ContactEntry[], step: StepRef): ContactEntry[] {
  return log.filter((entry) => !isSameStep(entry.step, step));
}

/** Whether two references name the same claim. */
export function isSameStep(one: StepRef, other: StepRef): boolean {
  return one.invoiceId === other.invoiceId && one.cycle === other.cycle && one.stepId === other.stepId;
}
