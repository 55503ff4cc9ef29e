import type { Problem } from '../contracts/problem.ts';

/** Seconds a caller is asked to wait before trying again what was not possible now. */
const RETRY_AFTER_SECONDS = 5;

/** A JSON answer. Nothing this API says may be kept by a cache: it is about who owes what. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return answer(status, body, { 'content-type': 'application/json', ...headers });
}

/** A problem as `application/problem+json` (RFC 9457), with `Retry-After` on 503 and `WWW-Authenticate` on 401. */
export function problemAnswer(problem: Problem, challenge = 'Bearer'): Response {
  return answer(problem.status, problem, {
    'content-type': 'application/problem+json',
    ...(problem.status === 503 && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    ...(problem.status === 401 && { 'www-authenticate': challenge }),
  });
}

function answer(status: number, body: unknown, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'cache-control': 'no-store', ...headers } });
}
