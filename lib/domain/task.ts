import * as z from 'zod/mini';
import { CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';
import { LevelSchema } from './level.ts';
import { StepRefSchema } from './step-claim.ts';

/** What kind of work a person is asked to do. */
export const TASK_KINDS = [
  'call',
  'letter',
  'approval',
  'dispute',
  'no-contact',
  'unapplied-cash',
  'promise-broken',
  'insolvency',
  'attention',
] as const;

/** See {@link TASK_KINDS}. */
export type TaskKind = (typeof TASK_KINDS)[number];

/**
 * Work for a person. `title` and `reason` are sentences for them and name no address or phone number; `script` is what to say or what the letter says. `step` is the
 * step it serves and `level` that of its message, by the claim the message was written for; `contact` whom to call. `attempt` counts calls nobody answered. `documentKey` is where the letter's PDF lies.
 * A registered letter stays open after `postedOn` until its receipt is reported. `outcome` is how it ended, `answer` what was told with it, `note` what the person wrote about it.
 */
export const TaskSchema = z.object({
  taskId: IdSchema,
  kind: z.enum(TASK_KINDS),
  state: z.enum(['open', 'done']),
  version: z.int().check(z.positive()),
  invoiceIds: z.array(IdSchema),
  customerId: IdSchema,
  dueOn: CalendarDateSchema,
  title: z.string(),
  reason: z.string(),
  raisedAt: InstantSchema,
  owner: z.optional(z.string()),
  script: z.optional(z.string()),
  step: z.optional(StepRefSchema),
  level: z.optional(LevelSchema),
  contact: z.optional(z.object({ name: z.optional(z.string()), phone: z.optional(z.string()) })),
  attempt: z.optional(z.int().check(z.positive())),
  channel: z.optional(z.enum(['letter', 'registered-letter'])),
  documentKey: z.optional(z.string()),
  postedOn: z.optional(CalendarDateSchema),
  trackingNumber: z.optional(z.string()),
  outcome: z.optional(z.string()),
  note: z.optional(z.string()),
  answer: z.optional(
    z.record(z.string(), z.union([z.string(), z.object({ amount: z.string(), currency: z.string() })])),
  ),
  closedAt: z.optional(InstantSchema),
});

/** A task; see {@link TaskSchema}. */
export type Task = z.infer<typeof TaskSchema>;
