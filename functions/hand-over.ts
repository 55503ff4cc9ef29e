import { handOverWork } from '../lib/app/hand-over-work.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { HandOverEnvironmentSchema } from '../lib/contracts/environment.ts';
import { namedCreditor } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { serveRequest } from '../lib/runtime/serve-request.ts';

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

/** State "Hand over": ends the amicable ladder with a person who decides what follows, and returns the next step. */
export const handler = lambda(connect, serveRequest);
