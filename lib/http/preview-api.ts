import type { OnFault } from './fault-answer.ts';
import { PREVIEW_ROUTES } from './preview-routes.ts';
import type { PreviewUseCases } from './preview-use-cases.ts';
import { type WebApp, webApp } from './web-app.ts';

/**
 * The preview of a policy as a web app: `api.fetch(request, call)`.
 *
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function createPreviewApi(useCases: PreviewUseCases, onFault: OnFault): WebApp {
  return webApp(PREVIEW_ROUTES, useCases, onFault);
}
