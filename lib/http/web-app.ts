import { Hono } from 'hono/tiny';
import { problem } from '../contracts/problem.ts';
import { type ApiCall, scopeProblem } from './api-call.ts';
import type { ApiRoute } from './api-route.ts';
import { faultAnswer, type OnFault } from './fault-answer.ts';
import { problemAnswer } from './json-answer.ts';

/** What the gateway calls a request that matched none of its routes, and so passed no authorizer. */
const NO_ROUTE = '$default';

/** Routes as a web app: `app.fetch(request, call)`. */
export type WebApp = Hono<{ Bindings: ApiCall }>;

/**
 * Builds the web app of these routes, which refuses a call without a scope they take and answers whatever is thrown.
 *
 * @param useCases what the routes ask of the application
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function webApp<UseCases>(routes: readonly ApiRoute<UseCases>[], useCases: UseCases, onFault: OnFault): WebApp {
  const app: WebApp = new Hono();
  // A path may be spelled in a way that the gateway takes for no route and the router here for one: the gateway's word
  // counts.
  app.use((context, next) => (context.env.routeKey === NO_ROUTE ? Promise.resolve(notFound()) : next()));
  for (const { method, path, scopes, answer } of routes) {
    app.on(method, path, (context) => {
      const refused = scopeProblem(context.env, scopes);
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
  app.notFound(notFound);
  app.onError((error, context) => {
    onFault(error, { route: context.env.routeKey });
    return problemAnswer(faultAnswer(error));
  });
  return app;
}

function notFound(): Response {
  return problemAnswer(problem('not-found', 'This API has no such route.'));
}
