import { callWork } from '../lib/app/call-work.ts';
import { composeNotice } from '../lib/app/compose-notice.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { renderCall } from '../lib/channels/render-call.ts';
import { AssignCallEnvironmentSchema } from '../lib/contracts/environment.ts';
import { callTemplates } from '../lib/generated/templates.ts';
import { creditorOf } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { serveRequest } from '../lib/runtime/serve-request.ts';

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

/** State "Assign call": puts the call of one step on somebody's list, with its script and the debtor's other steps of the day, and returns the next step. */
export const handler = lambda(connect, serveRequest);
