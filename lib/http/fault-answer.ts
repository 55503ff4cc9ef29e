import { type Problem, problem } from '../contracts/problem.ts';
import { ConflictError, UnavailableError } from '../domain/errors.ts';

/**
 * Told of what a request could not foresee, with the route as the template spells it; never with a body, an id or a
 * header.
 */
export type OnFault = (error: unknown, context: { readonly route: string }) => void;

/** The problem a thrown fault becomes: 503 when trying again may help, else 500 that tells nothing of the inside. */
export function faultAnswer(error: unknown): Problem {
  if (error instanceof UnavailableError || error instanceof ConflictError) {
    return problem('unavailable', 'Nothing is lost: send the same request again in a few seconds.');
  }
  return problem('defect', 'The request could not be answered. The operators have been told.');
}
