import { CaseQuerySchema, caseListView } from '../contracts/case-list.ts';
import { caseView } from '../contracts/case-view.ts';
import { historyView } from '../contracts/history-view.ts';
import { invalidRequest } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readListRequest } from './list-request.ts';
import { BAD_CURSOR, readPageRequest } from './page-request.ts';
import { unknownCaseAnswer } from './unknown-case-answer.ts';

/** The routes of the finance department that show cases. */
export const CASE_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/cases', scopes: ['relance/finance'], answer: getCases },
  { method: 'GET', path: '/cases/:invoiceId', scopes: ['relance/finance'], answer: getCase },
  { method: 'GET', path: '/cases/:invoiceId/history', scopes: ['relance/finance'], answer: getHistory },
];

async function getCases({ call, query, useCases }: RouteInput): Promise<Response> {
  const asked = readListRequest(CaseQuerySchema, query);
  if (!asked.ok) return problemAnswer(invalidRequest(asked.errors));
  const { standing = null, level = null, customerId = null, sort } = asked.filter;
  const page = await useCases.listCases({ standing, level, customerId, sort }, asked.page, call.at);
  if (page === 'bad-cursor') return problemAnswer(invalidRequest([BAD_CURSOR]));
  return jsonAnswer(200, caseListView(page));
}

async function getCase({ call, parameter, useCases }: RouteInput): Promise<Response> {
  const invoiceId = ChosenIdSchema.safeParse(parameter('invoiceId'));
  const facts = invoiceId.success ? await useCases.viewCase(invoiceId.data, call.at) : null;
  return facts ? jsonAnswer(200, caseView(facts)) : unknownCaseAnswer();
}

async function getHistory({ parameter, query, useCases }: RouteInput): Promise<Response> {
  const asked = readPageRequest({ limit: query('limit'), cursor: query('cursor') });
  if (!asked.ok) return problemAnswer(invalidRequest(asked.errors));
  const invoiceId = ChosenIdSchema.safeParse(parameter('invoiceId'));
  const page = invoiceId.success ? await useCases.viewHistory(invoiceId.data, asked.page) : null;
  if (page === 'bad-cursor') return problemAnswer(invalidRequest([BAD_CURSOR]));
  return page ? jsonAnswer(200, historyView(page)) : unknownCaseAnswer();
}
