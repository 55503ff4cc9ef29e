import * as z from 'zod/mini';
import type { ClosedStanding } from '../domain/dunning-case.ts';
import { IdSchema, InstantSchema } from '../domain/identifiers.ts';
import type { Level } from '../domain/level.ts';
import type { Channel } from '../domain/step-claim.ts';

/** Input of an execution: which case, which cycle of it, and which part of a case that outlives one execution. */
export interface ExecutionInput {
  readonly invoiceId: string;
  readonly cycle: number;
  readonly part: number;
}

/**
 * The step that travels through the workflow: `lane` is the Wait state it waits in, until the UTC instant `at`: that of its level, or of what keeps the case back. `channel` `review` looks at the
 * case again then; `replan` waits in the lane and then asks for a new plan.
 */
export interface WorkflowStep {
  readonly stepId: string;
  readonly level: Level;
  readonly lane: 'preventive' | 'level1' | 'level2' | 'level3' | 'promise' | 'dispute' | 'instalment' | 'block';
  readonly channel: Channel | 'review' | 'replan';
  readonly at: string;
}

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

/** What state "Plan" is told. `step` is null unless the case is open, whatever keeps it back. */
export interface PlanAnswer {
  readonly standing: 'open' | ClosedStanding | 'continue';
  readonly planRevision: number;
  readonly step: WorkflowStep | null;
}

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
