import * as z from 'zod/mini';
import { IdSchema, InstantSchema } from './identifiers.ts';
import { LevelSchema } from './level.ts';

/** How a notice leaves. Calls and letters join with the whole practice. */
export const CHANNELS = ['email', 'sms'] as const;

/** A channel; see {@link CHANNELS}. */
export type Channel = (typeof CHANNELS)[number];

/** Why a step was not sent. Each is a fact worth telling a finance person. */
const SKIP_REASONS = [
  'due-date-reached',
  'amount-below-threshold',
  'profile-needs-no-notice',
  'no-usable-contact',
  'payer-kind-excluded',
] as const;

/** See {@link SKIP_REASONS}. */
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why a notice failed for good after it was reserved. */
const FAILURE_REASONS = ['refused-by-provider', 'outcome-unknown', 'template-refused'] as const;

/** See {@link FAILURE_REASONS}. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What a provider reports of a message it was given. */
export const DELIVERY_EVENTS = [
  'send',
  'delivery',
  'delivery-delay',
  'bounce',
  'complaint',
  'reject',
  'rendering-failure',
] as const;

/**
 * The claim of one step of one cycle of a case: the proof that it is sent at most once.
 *
 * - `reserved`: somebody is about to send, or has sent and could not say so yet.
 * - `released`: the provider could not take it for now (throttling) and nothing left; the step is open again.
 * - `sent`, `failed`, `skipped`: final.
 */
export const StepClaimSchema = z.object({
  invoiceId: IdSchema,
  cycle: z.int().check(z.positive()),
  stepId: IdSchema,
  level: LevelSchema,
  channel: z.enum(CHANNELS),
  state: z.enum(['reserved', 'released', 'sent', 'failed', 'skipped']),
  attempt: z.int().check(z.nonnegative()),
  at: InstantSchema,
  messageId: z.optional(z.string()),
  skipReason: z.optional(z.enum(SKIP_REASONS)),
  failureReason: z.optional(z.enum(FAILURE_REASONS)),
  delivery: z.optional(z.enum(DELIVERY_EVENTS)),
});

/** A claim; see {@link StepClaimSchema}. */
export type StepClaim = z.infer<typeof StepClaimSchema>;

/** Whether the step of this claim is over: it will never be sent (again). */
export function isFinal(claim: StepClaim): boolean {
  return claim.state === 'sent' || claim.state === 'failed' || claim.state === 'skipped';
}
