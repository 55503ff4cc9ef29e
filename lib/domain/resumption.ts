import * as z from 'zod/mini';
import { IdSchema } from './identifiers.ts';
import { LevelSchema } from './level.ts';

/**
 * Where the ladder of a case goes on after something ended that had kept it back: at no gentler level than this, and, when a step is named, after it. A payment that was taken back
 * begins a new cycle without claims, and must not begin again at the foot of the ladder.
 */
export const ResumptionSchema = z.object({
  level: LevelSchema,
  afterStepId: z.nullable(IdSchema),
});

/** See {@link ResumptionSchema}. */
export type Resumption = z.infer<typeof ResumptionSchema>;
