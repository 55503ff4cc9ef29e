import { handOverWork } from '../lib/app/hand-over-work.ts';
import { type ServeAnswer, serveStep } from '../lib/app/serve-step.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { HandOverEnvironmentSchema } from '../lib/contracts/environment.ts';
import { SendRequestSchema } from '../lib/contracts/workflow.ts';
import { namedCreditor } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

/** State "Hand over": ends the amicable ladder with a person who decides what follows, and returns the next step. */
export async function handle(deps: ServingDeps, event: unknown): Promise<ServeAnswer> {
  const request = parseInput(SendRequestSchema, event, 'send request');
  const answer = await serveStep(deps, request);
  logger.info('hand-over done', { invoiceId: request.invoiceId, stepId: request.stepId, outcome: answer.outcome });
  return answer;
}

function connect(): ServingDeps {
  return {
    ...connectPlanning(readEnvironment(HandOverEnvironmentSchema)),
    channels: ['hand-over'],
    // Nothing is written to the debtor.
    creditor: namedCreditor('', ''),
    prepare: async (order) => {
      const work = handOverWork(order);
      return { text: work.reason, send: async () => ({ kind: 'assigned', work }) };
    },
  };
}

/** Lambda entry point. */
export const handler = lambda(connect, handle);
