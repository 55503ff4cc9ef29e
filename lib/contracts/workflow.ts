import * as z from 'zod/mini';
import { IdSchema, InstantSchema } from '../domain/identifiers.ts';
import { LevelSchema } from '../domain/level.ts';

/** Input of an execution: which case, which cycle of it, and which part of a case that outlives one execution. */
const ExecutionInputSchema = z.object({
  invoiceId: IdSchema,
  cycle: z.int().check(z.positive()),
  part: z.int().check(z.positive()),
});

/** See {@link ExecutionInputSchema}. */
export type ExecutionInput = z.infer<typeof ExecutionInputSchema>;

/** The Wait lanes of the state machine. */
const LaneSchema = z.enum(['preventive', 'level1', 'level2', 'level3']);

/** The step that travels through the workflow. `channel` `replan` waits in the lane of the level reached and then asks for a new plan. */
const WorkflowStepSchema = z.object({
  stepId: z.string(),
  level: LevelSchema,
  lane: LaneSchema,
  channel: z.enum(['email', 'sms', 'replan']),
  at: InstantSchema,
});

/** See {@link WorkflowStepSchema}. */
export type WorkflowStep = z.infer<typeof WorkflowStepSchema>;

/** What state "Plan" asks: `at` is when the state was entered, `round` how often this execution has planned before. */
export const PlanRequestSchema = z.object({
  invoiceId: IdSchema,
  cycle: z.int().check(z.positive()),
  at: InstantSchema,
  startedAt: InstantSchema,
  round: z.int().check(z.nonnegative()),
});

/** See {@link PlanRequestSchema}. */
export type PlanRequest = z.infer<typeof PlanRequestSchema>;

/** What state "Plan" is told. `step` is null unless the case is open. */
const PlanAnswerSchema = z.object({
  standing: z.enum(['open', 'settled', 'continue']),
  planRevision: z.int().check(z.nonnegative()),
  step: z.nullable(WorkflowStepSchema),
});

/** See {@link PlanAnswerSchema}. */
export type PlanAnswer = z.infer<typeof PlanAnswerSchema>;

/** What the sending states ask: the step, and the `planRevision` it was planned with. */
export const SendRequestSchema = z.object({
  invoiceId: IdSchema,
  cycle: z.int().check(z.positive()),
  planRevision: z.int().check(z.positive()),
  stepId: IdSchema,
  at: InstantSchema,
  startedAt: InstantSchema,
});

/** See {@link SendRequestSchema}. */
export type SendRequest = z.infer<typeof SendRequestSchema>;

/** Name of the execution of one part of one cycle of a case. Every part is spelled, so two different cases never share a name; at most 80 characters. */
export function executionName({ invoiceId, cycle, part }: ExecutionInput): string {
  return `${invoiceId}_${cycle}_${part}`;
}
