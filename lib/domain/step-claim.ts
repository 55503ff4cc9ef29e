import * as z from 'zod/mini';
import { ChargesSchema } from './charges.ts';
import { AmountMinorSchema, CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';
import { LevelSchema } from './level.ts';

/**
 * How a step reaches the debtor, or the person who acts for us: `email` and `sms` leave by themselves, `call`, `letter` and `registered-letter` are work for
 * people, `hand-over` asks a person to decide what follows the amicable ladder.
 */
export const CHANNELS = ['email', 'sms', 'call', 'letter', 'registered-letter', 'hand-over'] as const;

/** A channel; see {@link CHANNELS}. */
export type Channel = (typeof CHANNELS)[number];

/** Why a step was not sent. Each is a fact worth telling a finance person. */
const SKIP_REASONS = [
  'due-date-reached',
  'amount-below-threshold',
  'profile-needs-no-notice',
  'no-usable-contact',
  'payer-kind-excluded',
  'step-passed',
  'approval-refused',
  'case-settled',
] as const;

/** See {@link SKIP_REASONS}. */
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why a notice failed for good after it was reserved. */
const FAILURE_REASONS = [
  'refused-by-provider',
  'outcome-unknown',
  'template-refused',
  'nobody-reached',
  'undeliverable',
] as const;

/** See {@link FAILURE_REASONS}. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What a provider reports of a message it was given. */
export const DELIVERY_EVENTS = [
  'send',
  'delivery',
  'delivery-delay',
  'open',
  'bounce',
  'complaint',
  'reject',
  'rendering-failure',
] as const;

/** The claim of a step of one cycle of a case, by its key. */
export const StepRefSchema = z.object({
  invoiceId: IdSchema,
  cycle: z.int().check(z.positive()),
  stepId: IdSchema,
});

/** See {@link StepRefSchema}. */
export type StepRef = z.infer<typeof StepRefSchema>;

/** What a person was asked to approve of a case: by which task, about which invoices together, under which policy, and what of this one was asked for by its due date, less what had been paid of its charges. */
const ApprovalAskedSchema = z.object({
  taskId: IdSchema,
  invoiceIds: z.array(IdSchema),
  policy: z.object({ name: z.string(), version: z.int() }),
  dueOn: CalendarDateSchema,
  principalMinor: AmountMinorSchema,
  paidChargesMinor: AmountMinorSchema,
});

/** See {@link ApprovalAskedSchema}. */
export type ApprovalAsked = z.infer<typeof ApprovalAskedSchema>;

/**
 * The claim of one step of one cycle of a case: the proof that it is sent at most once.
 *
 * - `reserved`: somebody is about to send, or has sent and could not say so yet.
 * - `released`: nothing left (the provider could not take it for now, or the address bounced); the step is open again.
 * - `assigned`: a person has the work, under `taskId`: a call to make, a letter to post, a formal notice to approve.
 * - `approved`: a person let it go out; the step is open again and needs no second approval, as long as what it asks for is what was approved (`approval`).
 * - `sent`, `failed`, `skipped`: final.
 *
 * One message may serve steps of several cases of a debtor: the claim it was written for lists them in `serves`, each of theirs names it in `servedBy`. `level` is
 * that of the case's own step, `channel` that of the message; `respondBy` is the date the message asks to answer by. `bounces` counts the addresses that did not work. Of a letter, `postedOn` and `receivedOn` are
 * calendar dates; `withdrawnTaskIds` are the tasks of those that were withdrawn before they were reported as posted, and may have left. `charges` are what a formal notice demands on this invoice beside the principal, as they stood on its date.
 */
export const StepClaimSchema = z.object({
  invoiceId: IdSchema,
  cycle: z.int().check(z.positive()),
  stepId: IdSchema,
  level: LevelSchema,
  channel: z.enum(CHANNELS),
  state: z.enum(['reserved', 'released', 'assigned', 'approved', 'sent', 'failed', 'skipped']),
  attempt: z.int().check(z.nonnegative()),
  at: InstantSchema,
  serves: z.optional(z.array(StepRefSchema)),
  servedBy: z.optional(StepRefSchema),
  taskId: z.optional(z.string()),
  withdrawnTaskIds: z.optional(z.array(z.string())),
  isApproved: z.optional(z.boolean()),
  approval: z.optional(ApprovalAskedSchema),
  bounces: z.optional(z.int().check(z.nonnegative())),
  documentKey: z.optional(z.string()),
  messageId: z.optional(z.string()),
  skipReason: z.optional(z.enum(SKIP_REASONS)),
  failureReason: z.optional(z.enum(FAILURE_REASONS)),
  delivery: z.optional(z.enum(DELIVERY_EVENTS)),
  respondBy: z.optional(CalendarDateSchema),
  postedOn: z.optional(CalendarDateSchema),
  receivedOn: z.optional(CalendarDateSchema),
  trackingNumber: z.optional(z.string()),
  charges: z.optional(ChargesSchema),
});

/** A claim; see {@link StepClaimSchema}. */
export type StepClaim = z.infer<typeof StepClaimSchema>;

/** Whether the step of this claim is over: it will never be sent (again). */
export function isFinal(claim: StepClaim): boolean {
  return claim.state === 'sent' || claim.state === 'failed' || claim.state === 'skipped';
}
