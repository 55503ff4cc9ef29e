import { callWork } from '../lib/app/call-work.ts';
import { composeNotice } from '../lib/app/compose-notice.ts';
import { type ServeAnswer, serveStep } from '../lib/app/serve-step.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { renderCall } from '../lib/channels/render-call.ts';
import { AssignCallEnvironmentSchema } from '../lib/contracts/environment.ts';
import { SendRequestSchema } from '../lib/contracts/workflow.ts';
import { callTemplates } from '../lib/generated/templates.ts';
import { creditorOf } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

/** State "Assign call": puts the call of one step on somebody's list, with its script and the debtor's other steps of the day, and returns the next step. */
export async function handle(deps: ServingDeps, event: unknown): Promise<ServeAnswer> {
  const request = parseInput(SendRequestSchema, event, 'send request');
  const answer = await serveStep(deps, request);
  logger.info('call step done', { invoiceId: request.invoiceId, stepId: request.stepId, outcome: answer.outcome });
  return answer;
}

function connect(): ServingDeps {
  const environment = readEnvironment(AssignCallEnvironmentSchema);
  return {
    ...connectPlanning(environment),
    channels: ['call'],
    creditor: creditorOf(environment),
    prepare: async (order) => {
      const facts = composeNotice(order);
      const script = renderCall(callTemplates, order.message.lead.step.template ?? '', facts);
      const work = callWork(order, { facts, script });
      return { text: script, send: async () => ({ kind: 'assigned', work }) };
    },
  };
}

/** Lambda entry point. */
export const handler = lambda(connect, handle);
