import { problem } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import type { OnFault } from './fault-answer.ts';
import { problemAnswer } from './json-answer.ts';
import { pdfAnswer } from './pdf-answer.ts';
import { type WebApp, webApp } from './web-app.ts';

/** What reading a letter asks of the application. It stands apart because the client of S3 is heavier than all the rest of the API. */
export interface LetterUseCases {
  /** The PDF of a letter task; null when there is no such task, or it has none. */
  loadTaskDocument(taskId: string): Promise<Uint8Array | null>;
}

const LETTER_ROUTES: readonly ApiRoute<LetterUseCases>[] = [
  { method: 'GET', path: '/tasks/:taskId/document', scopes: ['relance/finance'], answer: getDocument },
];

/**
 * The letters of tasks as a web app: `api.fetch(request, call)`.
 *
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function createLetterApi(useCases: LetterUseCases, onFault: OnFault): WebApp {
  return webApp(LETTER_ROUTES, useCases, onFault);
}

async function getDocument({ parameter, useCases }: RouteInput<LetterUseCases>): Promise<Response> {
  const taskId = ChosenIdSchema.safeParse(parameter('taskId'));
  const pdf = taskId.success ? await useCases.loadTaskDocument(taskId.data) : null;
  if (!taskId.success || !pdf) return problemAnswer(problem('not-found', 'There is no document of this task.'));
  return pdfAnswer(pdf, `${taskId.data}.pdf`);
}
