import { invalidRequest, problem } from '../contracts/problem.ts';
import { parseTaskOutcome } from '../contracts/task-outcome-body.ts';
import { TaskQuerySchema, taskListView, taskView } from '../contracts/task-view.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import type { OutcomeAnswer } from './api-use-cases.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readJsonBody } from './json-body.ts';
import { readListRequest } from './list-request.ts';
import { BAD_CURSOR } from './page-request.ts';

/** The routes of the work list: what people are asked to do, and how it ended. */
export const TASK_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/tasks', scopes: ['relance/finance'], answer: getTasks },
  { method: 'GET', path: '/tasks/:taskId', scopes: ['relance/finance'], answer: getTask },
  { method: 'POST', path: '/tasks/:taskId/outcome', scopes: ['relance/finance'], answer: postOutcome },
];

async function getTasks({ query, useCases }: RouteInput): Promise<Response> {
  const asked = readListRequest(TaskQuerySchema, query);
  if (!asked.ok) return problemAnswer(invalidRequest(asked.errors));
  const { kind = null, owner = null, state } = asked.filter;
  const page = await useCases.listTasks({ kind, owner, state }, asked.page);
  if (page === 'bad-cursor') return problemAnswer(invalidRequest([BAD_CURSOR]));
  return jsonAnswer(200, taskListView(page));
}

async function getTask({ parameter, useCases }: RouteInput): Promise<Response> {
  const taskId = ChosenIdSchema.safeParse(parameter('taskId'));
  const task = taskId.success ? await useCases.viewTask(taskId.data) : null;
  return task ? jsonAnswer(200, taskView(task)) : unknownTask();
}

async function postOutcome({ request, call, parameter, useCases }: RouteInput): Promise<Response> {
  const taskId = ChosenIdSchema.safeParse(parameter('taskId'));
  if (!taskId.success) return unknownTask();
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const parsed = parseTaskOutcome(body.value);
  if (!parsed.ok) return problemAnswer(invalidRequest(parsed.errors));
  const { at, actor } = call;
  return outcomeAnswer(await useCases.reportOutcome({ taskId: taskId.data, outcome: parsed.outcome, at, actor }));
}

function outcomeAnswer(answer: OutcomeAnswer): Response {
  if (answer === 'unknown-task') return unknownTask();
  if ('refused' in answer) return problemAnswer(invalidRequest([answer.refused]));
  if ('conflict' in answer) return problemAnswer(problem('state-conflict', answer.conflict));
  return jsonAnswer(200, taskView(answer.task));
}

function unknownTask(): Response {
  return problemAnswer(problem('not-found', 'There is no such task.'));
}
