import { type ServeAnswer, serveStep } from '../app/serve-step.ts';
import type { ServingDeps } from '../app/serving.ts';
import { SendRequestSchema } from '../contracts/workflow.ts';
import { logger, parseInput } from './lambda.ts';

/**
 * What every state of the workflow that serves a step does: serves it at most once, with the debtor's other steps of the day, and answers the next step.
 *
 * @throws ContractError when the state passed something else than a request to serve a step
 */
export async function serveRequest(deps: ServingDeps, event: unknown): Promise<ServeAnswer> {
  const request = parseInput(SendRequestSchema, event, 'send request');
  const answer = await serveStep(deps, request);
  logger.info('step done', { invoiceId: request.invoiceId, stepId: request.stepId, outcome: answer.outcome });
  return answer;
}
