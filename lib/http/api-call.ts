import { type Problem, problem } from '../contracts/problem.ts';

/**
 * What the gateway knows of a request beside the request itself.
 *
 * `at`: when it took it, a UTC instant. `scopes`: those of the verified token, null without one. `actor`: whom the token
 * was made for, by the id the user pool gives them. `routeKey`: the route it matched, such as `GET
 * /cases/{invoiceId}`, or `$default` when it matched none.
 */
export interface ApiCall {
  readonly at: string;
  readonly scopes: readonly string[] | null;
  readonly actor: string;
  readonly routeKey: string;
}

/** The scopes of the contract that routes of this API ask for. */
export type Scope = 'relance/billing' | 'relance/finance' | 'relance/admin';

/**
 * The problem of a call that has none of these scopes, or null: checked again here, so that a slip in the authorizer's
 * set-up opens nothing.
 */
export function scopeProblem({ scopes }: ApiCall, accepted: readonly Scope[]): Problem | null {
  const names = accepted.join(' or ');
  if (scopes === null) return problem('unauthenticated', `Send a bearer token with the scope ${names}.`);
  if (accepted.some((scope) => scopes.includes(scope))) return null;
  return problem('forbidden', `This route takes a token with the scope ${names}.`);
}
