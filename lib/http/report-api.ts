import {
  type AgedReceivables,
  AgedReceivablesQuerySchema,
  agedReceivablesView,
} from '../contracts/aged-receivables.ts';
import {
  type CollectionQuery,
  CollectionQuerySchema,
  type CollectionReport,
  collectionView,
} from '../contracts/collection-report.ts';
import type { Fault } from '../contracts/fault.ts';
import { invalidRequest } from '../contracts/problem.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import type { OnFault } from './fault-answer.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readQuery } from './query.ts';
import { type WebApp, webApp } from './web-app.ts';

/**
 * What the reports ask of the application. They stand apart because they read all cases, which takes longer than any other call. `at` is the UTC instant the gateway took the
 * request; `refused` is something in the query the ledger cannot answer.
 */
export interface ReportUseCases {
  /** `on` null: the day of `at`. */
  agedReceivables(query: { on: string | null; at: string }): Promise<AgedReceivables | { refused: Fault }>;
  collectionReport(query: CollectionQuery & { at: string }): Promise<CollectionReport | { refused: Fault }>;
}

const REPORT_ROUTES: readonly ApiRoute<ReportUseCases>[] = [
  { method: 'GET', path: '/reports/aged-receivables', scopes: ['relance/finance'], answer: getAgedReceivables },
  { method: 'GET', path: '/reports/collection', scopes: ['relance/finance'], answer: getCollection },
];

/**
 * The reports as a web app: `api.fetch(request, call)`.
 *
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function createReportApi(useCases: ReportUseCases, onFault: OnFault): WebApp {
  return webApp(REPORT_ROUTES, useCases, onFault);
}

async function getAgedReceivables({ call, query, useCases }: RouteInput<ReportUseCases>): Promise<Response> {
  const asked = readQuery(AgedReceivablesQuerySchema, query);
  if (!asked.ok) return problemAnswer(invalidRequest(asked.errors));
  const report = await useCases.agedReceivables({ on: asked.value.on ?? null, at: call.at });
  return 'refused' in report
    ? problemAnswer(invalidRequest([report.refused]))
    : jsonAnswer(200, agedReceivablesView(report));
}

async function getCollection({ call, query, useCases }: RouteInput<ReportUseCases>): Promise<Response> {
  const asked = readQuery(CollectionQuerySchema, query);
  if (!asked.ok) return problemAnswer(invalidRequest(asked.errors));
  const report = await useCases.collectionReport({ ...asked.value, at: call.at });
  return 'refused' in report
    ? problemAnswer(invalidRequest([report.refused]))
    : jsonAnswer(200, collectionView(asked.value, report));
}
