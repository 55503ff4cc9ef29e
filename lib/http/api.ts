import { Hono } from 'hono/tiny';
import { problem } from '../contracts/problem.ts';
import { type ApiCall, scopeProblem } from './api-call.ts';
import type { ApiUseCases } from './api-use-cases.ts';
import { BILLING_ROUTES } from './billing-routes.ts';
import { faultAnswer, type OnFault } from './fault-answer.ts';
import { FINANCE_ROUTES } from './finance-routes.ts';
import { problemAnswer } from './json-answer.ts';

/** What the gateway calls a request that matched none of its routes, and so passed no authorizer. */
const NO_ROUTE = '$default';

/**
 * The API as a web app: `api.fetch(request, call)`.
 *
 * @param useCases what the routes ask of the application
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function createApi(useCases: ApiUseCases, onFault: OnFault): Hono<{ Bindings: ApiCall }> {
  const api = new Hono<{ Bindings: ApiCall }>();
  // A path may be spelled in a way that the gateway takes for no route and the router here for one: the gateway's word
  // counts.
  api.use((context, next) => (context.env.routeKey === NO_ROUTE ? Promise.resolve(notFound()) : next()));
  for (const { method, path, scope, answer } of [...BILLING_ROUTES, ...FINANCE_ROUTES]) {
    api.on(method, path, (context) => {
      const refused = scopeProblem(context.env, scope);
      if (refused) return problemAnswer(refused);
      return answer({
        request: context.req.raw,
        call: context.env,
        parameter: (name) => context.req.param(name) ?? '',
        query: (name) => context.req.query(name),
        useCases,
        onFault,
      });
    });
  }
  api.notFound(notFound);
  api.onError((error, context) => {
    onFault(error, { route: context.env.routeKey });
    return problemAnswer(faultAnswer(error));
  });
  return api;
}

function notFound(): Response {
  return problemAnswer(problem('not-found', 'This API has no such route.'));
}
