import * as z from 'zod/mini';
import type { ContactRole, Customer } from './customer.ts';
import { AmountMinorSchema, CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';

/**
 * A written confirmation of what was said, to be sent once, as soon as possible: every agreement is confirmed in writing the same day. `confirmationId` is the step id of its claim
 * (`confirmation-<n>`); `template` is an email template, `invoiceIds` the invoices that were spoken of, this one first; the other fields are what it repeats.
 * `plan` names the instalment plan it is about, and those of its parts, by their due dates, that it speaks of.
 *
 * @see "Recouvrement de factures", etrepaye.fr: chaque engagement doit faire l'objet d'une confirmation écrite
 */
export const ConfirmationSchema = z.object({
  confirmationId: IdSchema,
  template: z.string(),
  invoiceIds: z.array(IdSchema),
  result: z.string(),
  agreedOn: CalendarDateSchema,
  promisedOn: z.optional(CalendarDateSchema),
  amountMinor: z.optional(AmountMinorSchema),
  category: z.optional(z.string()),
  plan: z.optional(z.object({ planId: IdSchema, dueOns: z.array(CalendarDateSchema) })),
  requestedAt: InstantSchema,
});

/** See {@link ConfirmationSchema}. */
export type Confirmation = z.infer<typeof ConfirmationSchema>;

/** The beginning of the step id of every confirmation; no step of a policy may begin so. */
const CONFIRMATION_PREFIX = 'confirmation-';

/** The confirmations of a case with one more, numbered after them. */
export function withConfirmation(
  confirmations: readonly Confirmation[],
  said: Omit<Confirmation, 'confirmationId'>,
): Confirmation[] {
  return [...confirmations, { confirmationId: `${CONFIRMATION_PREFIX}${confirmations.length + 1}`, ...said }];
}

/** Whether a step id is that of a confirmation, and so of no policy. */
export function isConfirmation(stepId: string): boolean {
  return stepId.startsWith(CONFIRMATION_PREFIX);
}

/** Whom a confirmation goes to, in this order: whoever handles the account; never to a shared mailbox of a consumer, which may be an employer's. */
export function confirmationRoles({ kind }: Pick<Customer, 'kind'>): ContactRole[] {
  const shared: ContactRole[] = kind === 'consumer' ? [] : ['generic'];
  return ['accounts-payable', 'approver', 'finance-director', 'managing-director', ...shared, 'legal'];
}
