import type { ApiRoute } from './api-route.ts';
import type { ApiUseCases } from './api-use-cases.ts';
import { BILLING_ROUTES } from './billing-routes.ts';
import { CASE_COMMAND_ROUTES } from './case-command-routes.ts';
import { CASE_ROUTES } from './case-routes.ts';
import { CUSTOMER_ROUTES } from './customer-routes.ts';
import type { OnFault } from './fault-answer.ts';
import { INVOICE_COMMAND_ROUTES } from './invoice-command-routes.ts';
import { POLICY_ROUTES } from './policy-routes.ts';
import { TASK_ROUTES } from './task-routes.ts';
import { UNAPPLIED_CASH_ROUTES } from './unapplied-cash-routes.ts';
import { type WebApp, webApp } from './web-app.ts';

const ROUTES: readonly ApiRoute[] = [
  ...[...BILLING_ROUTES, ...INVOICE_COMMAND_ROUTES],
  ...[...CASE_ROUTES, ...CASE_COMMAND_ROUTES, ...UNAPPLIED_CASH_ROUTES, ...CUSTOMER_ROUTES],
  ...[...TASK_ROUTES, ...POLICY_ROUTES],
];

/**
 * The API as a web app, all but the preview of a policy, the letters of tasks, statements of the bank and reports: `api.fetch(request, call)`.
 *
 * @param useCases what the routes ask of the application
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function createApi(useCases: ApiUseCases, onFault: OnFault): WebApp {
  return webApp(ROUTES, useCases, onFault);
}
