import { SFNClient } from '@aws-sdk/client-sfn';
import { ApiEnvironmentSchema } from '../lib/contracts/environment.ts';
import { TEMPLATE_NAMES } from '../lib/generated/template-names.ts';
import { createApi } from '../lib/http/api.ts';
import { answerCall } from '../lib/runtime/answer-call.ts';
import { apiUseCases } from '../lib/runtime/api-use-cases.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { executionStatus } from '../lib/runtime/executions.ts';
import { lambda, logFault } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

/** The routes that need a token: intake for the billing system, cases for finance. */
export const handler = lambda(() => {
  const environment = readEnvironment(ApiEnvironmentSchema);
  const describeExecution = executionStatus(new SFNClient(), environment.STATE_MACHINE_ARN);
  const deps = { ...connectPlanning(environment), templates: TEMPLATE_NAMES, describeExecution };
  return createApi(apiUseCases(deps), logFault);
}, answerCall);
