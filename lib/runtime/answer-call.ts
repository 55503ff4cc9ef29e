import { callFrom, requestFrom, resultFrom } from '../http/api-gateway.ts';
import type { WebApp } from '../http/web-app.ts';
import { logger } from './lambda.ts';

/** What every function behind the gateway does with a call that came with a token: has the web app answer it, and logs the route and the status only. */
export async function answerCall(api: WebApp, event: Parameters<typeof requestFrom>[0]): ReturnType<typeof resultFrom> {
  const response = await api.fetch(requestFrom(event), callFrom(event));
  logger.info('answered', { route: event.routeKey, status: response.status });
  return resultFrom(response);
}
