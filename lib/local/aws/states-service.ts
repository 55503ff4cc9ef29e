import { jsonBody, targetOperation } from './protocols.ts';
import { AwsError, type AwsService } from './service.ts';
import type { StepFunctionsHandler } from './step-functions.ts';

/** Step Functions behind the endpoint. */
export function statesService(handle: StepFunctionsHandler): AwsService {
  return {
    name: 'states',
    protocol: 'json-1.0',
    claims: { targetPrefixes: ['AWSStepFunctions'] },
    throttled: new AwsError('ThrottlingException', 'Rate exceeded'),
    internalError: new AwsError('InternalFailure', 'An internal error occurred', 500),
    async handle(request) {
      const reply = await handle(`AWSStepFunctions.${targetOperation(request)}`, jsonBody(request));
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return { status: reply.status, headers, body: JSON.stringify(reply.body) };
    },
  };
}
