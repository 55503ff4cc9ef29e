import { parseAllocations } from '../contracts/allocation-body.ts';
import { invalidRequest, problem } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import { unappliedCashItemView, unappliedCashView } from '../contracts/unapplied-cash-view.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import type { AllocationAnswer } from './api-use-cases.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readJsonBody } from './json-body.ts';
import { BAD_CURSOR, readPageRequest } from './page-request.ts';

/** The routes of the finance department to money that matched no invoice. */
export const UNAPPLIED_CASH_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/unapplied-cash', scopes: ['relance/finance'], answer: getUnappliedCash },
  {
    method: 'POST',
    path: '/unapplied-cash/:transactionId/allocation',
    scopes: ['relance/finance'],
    answer: postAllocation,
  },
];

async function getUnappliedCash({ query, useCases }: RouteInput): Promise<Response> {
  const asked = readPageRequest({ limit: query('limit'), cursor: query('cursor') });
  if (!asked.ok) return problemAnswer(invalidRequest(asked.errors));
  const page = await useCases.listUnappliedCash(asked.page);
  if (page === 'bad-cursor') return problemAnswer(invalidRequest([BAD_CURSOR]));
  return jsonAnswer(200, unappliedCashView(page));
}

async function postAllocation({ request, call, parameter, useCases }: RouteInput): Promise<Response> {
  const transactionId = ChosenIdSchema.safeParse(parameter('transactionId'));
  if (!transactionId.success) return unknownTransaction();
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const parsed = parseAllocations(body.value);
  if (!parsed.ok) return problemAnswer(invalidRequest(parsed.errors));
  const { at, actor } = call;
  return allocationAnswer(
    await useCases.allocateCash({ transactionId: transactionId.data, ...parsed.value, at, actor }),
  );
}

function allocationAnswer(answer: AllocationAnswer): Response {
  if (answer === 'unknown-transaction') return unknownTransaction();
  if ('refused' in answer) return problemAnswer(invalidRequest([answer.refused]));
  if ('conflict' in answer) return problemAnswer(problem('state-conflict', answer.conflict));
  return jsonAnswer(200, { item: answer.item && unappliedCashItemView(answer.item) });
}

function unknownTransaction(): Response {
  return problemAnswer(problem('not-found', 'There is no money received under this id.'));
}
