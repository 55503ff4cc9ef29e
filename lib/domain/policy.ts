import * as z from 'zod/mini';
import { CONTACT_ROLES, CUSTOMER_KINDS, PAYER_PROFILES } from './customer.ts';
import { AmountMinorSchema, IdSchema } from './identifiers.ts';
import { LevelSchema } from './level.ts';
import { CHANNELS } from './step-claim.ts';

/**
 * Conditions of a step; all that are given must hold.
 *
 * `amountAtLeast` maps a currency to minor units; a currency without a threshold has none, and it does not bind a case for which any of `regardlessOfAmount`
 * is true: the customer's first invoice, a customer whose last invoice was paid late, or a payer profile.
 */
const StepConditionsSchema = z.object({
  amountAtLeast: z.optional(z.record(z.string(), AmountMinorSchema)),
  regardlessOfAmount: z.optional(
    z.object({
      firstInvoice: z.optional(z.boolean()),
      lastInvoiceLate: z.optional(z.boolean()),
      profiles: z.optional(z.array(z.enum(PAYER_PROFILES))),
    }),
  ),
  notForProfiles: z.optional(z.array(z.enum(PAYER_PROFILES))),
  onlyForKinds: z.optional(z.array(z.enum(CUSTOMER_KINDS))),
});

/** What a notice may announce, or do: what a creditor has to keep to once it is said. */
const MEASURES = ['penalties', 'credit-hold', 'formal-notice', 'agency', 'court'] as const;

/** See {@link MEASURES}. */
export type Measure = (typeof MEASURES)[number];

/**
 * One step of the ladder.
 *
 * `offsetDays` counts from the due date (negative: before), in calendar days unless `offsetCounts` says `business`. `grantsDays` is the time the step gives the
 * debtor: no later step goes out before it has passed, so two steps never stack on one day, and an invoice imported late climbs the ladder from its foot. Of a letter
 * it counts from the day it was posted, of a formal notice from the day it was received. `announces` are measures that a later step must carry out within so many days
 * of this one; `carriesOut` are those it does itself. `demands` says that the debtor is asked for a payment commitment or the reason against it.
 * `recipientRoles` are tried in order; an email also goes to the contacts of `alsoToRoles`, and to the sales representative in copy. `requiresApproval`: a person lets it
 * go out first. `template` is left out of a `hand-over` only. `isDropped`: an overlay took the step out of the ladder of its profile.
 */
const PolicyStepSchema = z.object({
  stepId: IdSchema,
  level: LevelSchema,
  channel: z.enum(CHANNELS),
  offsetDays: z.int(),
  offsetCounts: z.optional(z.enum(['calendar', 'business'])),
  grantsDays: z.int().check(z.positive()),
  template: z.optional(z.string()),
  recipientRoles: z.array(z.enum(CONTACT_ROLES)),
  alsoToRoles: z.optional(z.array(z.enum(CONTACT_ROLES))),
  copiesSalesRep: z.optional(z.boolean()),
  demands: z.optional(z.array(z.enum(['commitment', 'reason']))),
  announces: z.optional(z.array(z.object({ measure: z.enum(MEASURES), withinDays: z.int().check(z.positive()) }))),
  carriesOut: z.optional(z.array(z.enum(MEASURES))),
  isFormalNotice: z.optional(z.boolean()),
  requiresApproval: z.optional(z.boolean()),
  conditions: z.optional(StepConditionsSchema),
  isDropped: z.optional(z.boolean()),
});

/**
 * What a payer profile changes: steps by their id, of which only the keys given are replaced (`isDropped: true` takes one out), and steps that are added. The ladder
 * of the profile is in the order of its offsets again.
 */
const OverlaySchema = z.object({
  steps: z.optional(z.record(z.string(), z.partial(z.omit(PolicyStepSchema, { stepId: true })))),
  addedSteps: z.optional(z.array(PolicyStepSchema)),
});

const WallTimeSchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'));

/** The opening and closing time of a channel, in the debtor's own zone; closed on week-ends and public holidays. */
const SendingHoursSchema = z.object({ from: WallTimeSchema, to: WallTimeSchema });

/**
 * How often one debtor is contacted over all invoices, whatever the channel: so many messages on one day, and in any seven days. Confirmations of what was agreed do
 * not count.
 */
const ContactBudgetSchema = z.object({
  perDay: z.int().check(z.positive()),
  perWeek: z.int().check(z.positive()),
});

/**
 * How disputes are dealt with, in the debtor's open days: the proof of the claim is put together within `proofDays`, the dispute is looked at again after `reviewDays` unless somebody says
 * when, and is escalated every `escalatesAfterDays` after that. Notices of one that was rejected go on after `graceDays`.
 */
const DisputeTermsSchema = z.object({
  proofDays: z.int().check(z.positive()),
  reviewDays: z.int().check(z.positive()),
  escalatesAfterDays: z.int().check(z.positive()),
  graceDays: z.int().check(z.nonnegative()),
});

/**
 * How instalment plans are dealt with, in calendar days: the first part is due within `firstWithinDays`, and is of some payer profiles at least a percentage of the whole, unless a person forces
 * it. The debtor is reminded `reminderDays` before a part is due; `acceleratesAfterDays` after they were told that it did not come, the plan ends, and dunning resumes at `resumesAt` at least.
 */
const InstalmentTermsSchema = z.object({
  firstWithinDays: z.int().check(z.nonnegative()),
  firstPartPercent: z.optional(z.partialRecord(z.enum(PAYER_PROFILES), z.int().check(z.minimum(1), z.maximum(100)))),
  reminderDays: z.int().check(z.positive()),
  acceleratesAfterDays: z.int().check(z.positive()),
  resumesAt: LevelSchema,
});

/** What of a debt a payment pays first: the invoice itself, or the cost of its delay. */
const ALLOCATION_ORDERS = ['principal-first', 'interest-first'] as const;

/**
 * A dunning policy: the ladder, the hours per channel, what profiles change, and its version. Steps are in the order of their offsets.
 *
 * `callWindows`: parts of the day a call is tried in, one after the other, at most `callAttempts` times. `groupsInvoices`: one message per debtor and day.
 * `genericMailboxFrom`: from this level on the general mailbox is added when nobody answered (never a consumer's). `salesRepAfterSilentNotices`: the sales
 * representative is copied once so many notices had no answer. `presumedReceiptDays`: a posted registered letter whose receipt nobody reported counts as received after so many days.
 * `disputes` and `instalmentPlans` say how the answers of a debtor are dealt with. `allocationOrder`: what a payment pays first. `smallBalances` maps a currency to the minor units up to which a rest is given up
 * rather than chased. `bankDataWithinDays`: the open days since the newest bank statement beyond which no step accuses anybody of not having paid.
 */
export const PolicySchema = z.object({
  name: IdSchema,
  version: z.int().check(z.positive()),
  description: z.optional(z.string()),
  forKinds: z.optional(z.array(z.enum(CUSTOMER_KINDS))),
  sendingHours: z.record(z.enum(CHANNELS), SendingHoursSchema),
  callWindows: z.array(SendingHoursSchema).check(z.minLength(1)),
  callAttempts: z.int().check(z.positive()),
  contactBudget: ContactBudgetSchema,
  groupsInvoices: z.boolean(),
  genericMailboxFrom: z.optional(LevelSchema),
  salesRepAfterSilentNotices: z.optional(z.int().check(z.positive())),
  presumedReceiptDays: z.int().check(z.positive()),
  disputes: z._default(DisputeTermsSchema, { proofDays: 2, reviewDays: 10, escalatesAfterDays: 5, graceDays: 3 }),
  instalmentPlans: z._default(InstalmentTermsSchema, {
    ...{ firstWithinDays: 3, reminderDays: 3, acceleratesAfterDays: 8 },
    resumesAt: 'level2',
  }),
  allocationOrder: z._default(z.enum(ALLOCATION_ORDERS), 'principal-first'),
  smallBalances: z.optional(z.record(z.string(), AmountMinorSchema)),
  bankDataWithinDays: z.optional(z.int().check(z.positive())),
  steps: z.array(PolicyStepSchema).check(z.minLength(1)),
  overlays: z.optional(z.partialRecord(z.enum(PAYER_PROFILES), OverlaySchema)),
});

/** One step of the ladder; see {@link PolicySchema}. */
export type PolicyStep = z.infer<typeof PolicyStepSchema>;

/** Opening and closing wall-clock times `HH:MM`. */
export type SendingHours = z.infer<typeof SendingHoursSchema>;

/** What a payer profile changes; see {@link OverlaySchema}. */
export type Overlay = z.infer<typeof OverlaySchema>;

/** See {@link ContactBudgetSchema}. */
export type ContactBudget = z.infer<typeof ContactBudgetSchema>;

/** A dunning policy; see {@link PolicySchema}. */
export type Policy = z.infer<typeof PolicySchema>;
