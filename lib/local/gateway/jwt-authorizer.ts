import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { DeployedJwtAuthorizer } from '../template/deployment.ts';

/** What an authorizer says of a request: the claims it may come in with, or why it may not. */
export type Authorization =
  | { readonly allowed: true; readonly claims: Readonly<Record<string, string>>; readonly scopes: string[] | null }
  | { readonly allowed: false; readonly status: 401 | 403; readonly challenge: string };

/** A route's demand, and the request's answer to it. */
export interface AuthorizationRequest {
  readonly authorizer: DeployedJwtAuthorizer;
  readonly routeScopes: readonly string[];
  /** The `Authorization` header: `Bearer <token>` or the token alone. */
  readonly authorization: string | undefined;
}

/**
 * Checks tokens as API Gateway's JWT authorizer does: RSA signature by a known key, issuer, `aud` (or, when the token
 * has none, `client_id`) among the audience, `exp`, `nbf` and `iat` on the virtual clock, and one of the route's
 * scopes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export class JwtAuthorizer {
  readonly #keys: ReturnType<typeof createLocalJWKSet>;
  readonly #now: () => number;

  /** @param now virtual time, epoch milliseconds */
  constructor(keys: JSONWebKeySet, now: () => number) {
    this.#keys = createLocalJWKSet(keys);
    this.#now = now;
  }

  async authorize({ authorizer, routeScopes, authorization }: AuthorizationRequest): Promise<Authorization> {
    const token = authorization?.replace(/^Bearer\s+/i, '').trim();
    if (!token) return { allowed: false, status: 401, challenge: 'Bearer' };
    const claims = await this.#verify(token, authorizer).catch(refusalOf);
    if (typeof claims === 'string') return invalidToken(claims);
    const granted = String(claims.scope ?? claims.scp ?? '').split(' ');
    const matching = routeScopes.filter((scope) => granted.includes(scope));
    if (routeScopes.length > 0 && matching.length === 0) return insufficientScope(routeScopes);
    return { allowed: true, claims: asText(claims), scopes: routeScopes.length > 0 ? matching : null };
  }

  async #verify(token: string, { issuer, audience }: DeployedJwtAuthorizer): Promise<JWTPayload | string> {
    const nowMillis = this.#now();
    const { payload } = await jwtVerify(token, this.#keys, {
      algorithms: ['RS256', 'RS384', 'RS512'],
      issuer,
      requiredClaims: ['exp'],
      currentDate: new Date(nowMillis),
    });
    if (payload.iat !== undefined && payload.iat * 1000 > nowMillis) return 'the token was issued in the future';
    const audiences = payload.aud === undefined ? [payload.client_id] : [payload.aud].flat();
    const isMeant = audiences.some((entry) => audience.includes(String(entry)));
    return isMeant ? payload : 'the token does not have a valid audience';
  }
}

/** A bad token is the caller's; anything else is ours and must not look like one. */
function refusalOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JOSEError) return 'the token is not valid';
  throw error;
}

function invalidToken(description: string): Authorization {
  const challenge = `Bearer scope="" error="invalid_token" error_description="${description}"`;
  return { allowed: false, status: 401, challenge };
}

function insufficientScope(scopes: readonly string[]): Authorization {
  return { allowed: false, status: 403, challenge: `Bearer scope="${scopes.join(' ')}" error="insufficient_scope"` };
}

/** The function sees every claim as text: a list as `[a b]`. */
function asText(claims: JWTPayload): Record<string, string> {
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
}
