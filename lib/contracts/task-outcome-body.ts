import * as z from 'zod/mini';
import { DISPUTE_CATEGORIES } from '../domain/dispute.ts';
import type { Money } from '../domain/money.ts';
import { checkBody } from './check-body.ts';
import { EmailAddressSchema } from './contact-details.ts';
import type { Fault } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { multilineTextField, PlausibleDateSchema, textField } from './text-field.ts';

/** What may stand in the way of a payment at the debtor's own administration. */
const ADMINISTRATIVE_BLOCKS = [
  'missing-purchase-order',
  'invoice-not-received',
  'wrong-entity',
  'approval-pending',
  'not-on-portal',
  'other',
] as const;

const NoteSchema = z.optional(multilineTextField(1000));

/** What each result is told with. */
const OUTCOMES = [
  z.strictObject({
    result: z.literal('promise'),
    promisedOn: PlausibleDateSchema,
    amount: z.optional(MoneyTextSchema),
    method: z.optional(textField(64)),
    contact: z.optional(textField(140)),
    note: NoteSchema,
  }),
  z.strictObject({
    result: z.literal('paid-claimed'),
    paidOn: z.optional(PlausibleDateSchema),
    bankReference: z.optional(textField(140)),
    note: NoteSchema,
  }),
  z.strictObject({
    result: z.literal('dispute'),
    category: z.enum(DISPUTE_CATEGORIES),
    amount: z.optional(MoneyTextSchema),
    reviewOn: z.optional(PlausibleDateSchema),
    ownerEmail: z.optional(EmailAddressSchema),
    note: NoteSchema,
  }),
  z.strictObject({
    result: z.literal('administrative-block'),
    reason: z.enum(ADMINISTRATIVE_BLOCKS),
    note: NoteSchema,
  }),
  z.strictObject({
    result: z.literal('cash-difficulty'),
    proposal: z.optional(multilineTextField(1000)),
    note: NoteSchema,
  }),
  z.strictObject({ result: z.literal('refusal'), note: NoteSchema }),
  z.strictObject({
    result: z.literal('no-contact'),
    reason: z.optional(z.enum(['no-answer', 'voicemail', 'wrong-time'])),
    note: NoteSchema,
  }),
  z.strictObject({ result: z.literal('wrong-contact'), note: NoteSchema }),
  z.strictObject({
    result: z.literal('insolvency'),
    openedOn: z.optional(PlausibleDateSchema),
    note: NoteSchema,
  }),
  z.strictObject({
    result: z.literal('posted'),
    postedOn: PlausibleDateSchema,
    trackingNumber: z.optional(textField(64)),
    note: NoteSchema,
  }),
  z.strictObject({ result: z.literal('received'), receivedOn: PlausibleDateSchema, note: NoteSchema }),
  z.strictObject({ result: z.literal('approved'), note: NoteSchema }),
  z.strictObject({ result: z.literal('refused'), note: NoteSchema }),
  z.strictObject({ result: z.literal('done'), note: NoteSchema }),
] as const;

/**
 * How a person says a task ended, told apart by `result`: what the debtor said on a call, that a letter was posted or
 * received, that a notice may go out, or just that it is done. Dates are calendar dates, `amount` is greater than zero.
 * Which results a task takes, and whether a date or a missing number makes sense, is for the use case to judge.
 */
export type TaskOutcome = WithMinorUnits<OutcomeBody>;

type OutcomeBody = z.infer<typeof OutcomeBodySchema>;
type WithMinorUnits<Body> = Body extends { amount?: unknown } ? Omit<Body, 'amount'> & { amount?: Money } : Body;

const RESULTS = OUTCOMES.flatMap(({ shape }) => shape.result.def.values);

const OutcomeBodySchema = z.discriminatedUnion('result', OUTCOMES, {
  error: ({ code }) => (code === 'invalid_union' ? `must be one of ${RESULTS.join(', ')}` : undefined),
});

/** Reads the body of `POST /tasks/{taskId}/outcome`; every fault at once. */
export function parseTaskOutcome(body: unknown): { ok: true; outcome: TaskOutcome } | { ok: false; errors: Fault[] } {
  const checked = checkBody(OutcomeBodySchema, body, (whole) => moneyFaults(fieldOf(whole, 'amount'), '/amount'));
  return checked.ok ? { ok: true, outcome: outcomeFrom(checked.value) } : checked;
}

function outcomeFrom(body: OutcomeBody): TaskOutcome {
  if (body.result !== 'promise' && body.result !== 'dispute') return body;
  const { amount, ...fields } = body;
  return { ...fields, ...(amount && { amount: moneyFromText(amount) }) };
}
