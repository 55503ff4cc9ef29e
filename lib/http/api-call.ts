import { type Problem, problem } from '../contracts/problem.ts';

/**
 * What the gateway knows of a request beside the request itself.
 *
 * `at`: when it took it, a UTC instant. `scopes`: those of the verified token, null without one. `routeKey`: the route
 * it matched, such as `GET /cases/{invoiceId}`, or `$default` when it matched none.
 */
export interface ApiCall {
  readonly at: string;
  readonly scopes: readonly string[] | null;
  readonly routeKey: string;
}

/** The scopes of the contract that routes of this API ask for. */
export type Scope = 'relance/billing' | 'relance/finance';

/**
 * The problem of a call that lacks a scope, or null: checked again here, so that a slip in the authorizer's set-up
 * opens nothing.
 */
export function scopeProblem({ scopes }: ApiCall, scope: Scope): Problem | null {
  if (scopes === null) return problem('unauthenticated', `Send a bearer token with the scope ${scope}.`);
  if (!scopes.includes(scope)) return problem('forbidden', `This route takes a token with the scope ${scope}.`);
  return null;
}
