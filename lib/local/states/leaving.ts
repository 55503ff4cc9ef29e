import type { Json, Leaving } from './definition.ts';
import { withinPayloadLimit } from './payload-limit.ts';
import type { Sights, StateVisit, Transition } from './state-visit.ts';

/**
 * Leaves a state: evaluates `Assign` and `Output`, both on the values at entry.
 *
 * @param leaving the state itself, one of its catchers, or a choice rule
 * @param fallback the output when the state names none: its result, error output or input
 * @param location where `leaving` stands in the state, for messages: empty, or `Catch[0]/`
 * @throws TaskFailure `States.QueryEvaluationError` or `States.DataLimitExceeded`
 */
export async function leave(visit: StateVisit, leaving: Leaving, from: LeavingValues): Promise<Transition> {
  const { fallback, sights, location = '' } = from;
  const variables: Record<string, Json> = {};
  for (const [name, template] of Object.entries(leaving.Assign ?? {})) {
    variables[name] = await visit.evaluate(template, `${location}Assign/${name}`, sights);
  }
  const output =
    leaving.Output === undefined ? fallback : await visit.evaluate(leaving.Output, `${location}Output`, sights);
  withinPayloadLimit(variables, visit.name);
  return {
    output: withinPayloadLimit(output, visit.name),
    ...(leaving.Assign !== undefined && { variables }),
    ...(leaving.Next !== undefined && { next: leaving.Next }),
  };
}

/** What leaving works with. */
export interface LeavingValues {
  fallback: Json;
  sights?: Sights;
  location?: string;
}
