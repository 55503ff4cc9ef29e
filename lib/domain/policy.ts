import * as z from 'zod/mini';
import { CONTACT_ROLES, CUSTOMER_KINDS, PAYER_PROFILES } from './customer.ts';
import { AmountMinorSchema, IdSchema } from './identifiers.ts';
import { LevelSchema } from './level.ts';
import { CHANNELS } from './step-claim.ts';

/** Conditions of a step; all that are given must hold. `amountAtLeast` maps a currency to minor units and does not bind a customer's first invoice. */
const StepConditionsSchema = z.object({
  amountAtLeast: z.optional(z.record(z.string(), AmountMinorSchema)),
  notForProfiles: z.optional(z.array(z.enum(PAYER_PROFILES))),
  onlyForKinds: z.optional(z.array(z.enum(CUSTOMER_KINDS))),
});

/**
 * One step of the ladder.
 *
 * `offsetDays` is calendar days after the due date (negative: before). `grantsDays` is the time the notice gives the debtor: no later step goes out
 * before it has passed, so two steps never stack on one day, and an invoice imported late climbs the ladder from its foot. `asksForDecision`: a
 * person is asked to decide what follows when that time has passed, because the notice says so. `recipientRoles` are tried in order; an email also goes
 * to the contacts of `alsoToRoles`, and to the sales representative in copy.
 */
const PolicyStepSchema = z.object({
  stepId: IdSchema,
  level: LevelSchema,
  channel: z.enum(CHANNELS),
  offsetDays: z.int(),
  grantsDays: z.int().check(z.positive()),
  asksForDecision: z.optional(z.boolean()),
  template: z.string(),
  recipientRoles: z.array(z.enum(CONTACT_ROLES)),
  alsoToRoles: z.optional(z.array(z.enum(CONTACT_ROLES))),
  copiesSalesRep: z.optional(z.boolean()),
  conditions: z.optional(StepConditionsSchema),
});

const WallTimeSchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'));

/** The opening and closing time of a channel, in the debtor's own zone; closed on week-ends and public holidays. */
const SendingHoursSchema = z.object({ from: WallTimeSchema, to: WallTimeSchema });

/** A dunning policy: the ladder, the hours per channel, and its version. Steps are in the order of their offsets. */
export const PolicySchema = z.object({
  name: IdSchema,
  version: z.int().check(z.positive()),
  sendingHours: z.record(z.enum(CHANNELS), SendingHoursSchema),
  steps: z.array(PolicyStepSchema).check(z.minLength(1)),
});

/** One step of the ladder; see {@link PolicySchema}. */
export type PolicyStep = z.infer<typeof PolicyStepSchema>;

/** Opening and closing wall-clock times `HH:MM`. */
export type SendingHours = z.infer<typeof SendingHoursSchema>;

/** A dunning policy; see {@link PolicySchema}. */
export type Policy = z.infer<typeof PolicySchema>;
