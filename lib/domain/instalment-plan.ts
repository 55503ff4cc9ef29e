import * as z from 'zod/mini';
import { AmountMinorSchema, CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';

/** What becomes of a plan: `running` until its money is in (`kept`), it is `broken`, or the case ends otherwise (`ended`). A case keeps the last plan only: one that is agreed in its place replaces it. */
const PLAN_STATES = ['running', 'kept', 'broken', 'ended'] as const;

/**
 * A part of a plan: so much by that day. `remindedOn` and `missedOn` are the dates on which the debtor was reminded of it before, and told that it had not come, each once.
 */
const InstalmentSchema = z.object({
  dueOn: CalendarDateSchema,
  amountMinor: AmountMinorSchema,
  remindedOn: z.nullable(CalendarDateSchema),
  missedOn: z.nullable(CalendarDateSchema),
});

/** See {@link InstalmentSchema}. */
export type Instalment = z.infer<typeof InstalmentSchema>;

/**
 * What was agreed in writing: to pay all that is owed of an invoice in parts, the earliest first. `paidBeforeMinor` and `creditedBeforeMinor` are what had been paid and credited when it was agreed: what
 * came since counts for it. `isForced`: a person agreed to it although it does not begin as the policy asks. `at` is the instant it was recorded.
 */
export const InstalmentPlanSchema = z.object({
  planId: IdSchema,
  agreedOn: CalendarDateSchema,
  instalments: z.array(InstalmentSchema).check(z.minLength(1)),
  paidBeforeMinor: AmountMinorSchema,
  creditedBeforeMinor: AmountMinorSchema,
  isForced: z.boolean(),
  state: z.enum(PLAN_STATES),
  at: InstantSchema,
});

/** See {@link InstalmentPlanSchema}. */
export type InstalmentPlan = z.infer<typeof InstalmentPlanSchema>;

/** The plan by which an invoice is being paid, or null. */
export function runningPlan(plan: InstalmentPlan | null): InstalmentPlan | null {
  return plan?.state === 'running' ? plan : null;
}
