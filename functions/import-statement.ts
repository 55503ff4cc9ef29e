import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { importStatement } from '../lib/app/import-statement.ts';
import { ImportStatementEnvironmentSchema } from '../lib/contracts/environment.ts';
import { callFrom, requestFrom, resultFrom } from '../lib/http/api-gateway.ts';
import { createStatementApi } from '../lib/http/statement-api.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault, logger } from '../lib/runtime/lambda.ts';
import { connectLedger } from '../lib/runtime/ledger.ts';

/** `POST /bank-statements`: a file of the bank with every payment in it. It has a function of its own, because it reads what no other call of the API brings, and books. */
export async function handle(
  api: ReturnType<typeof createStatementApi>,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const response = await api.fetch(requestFrom(event), callFrom(event));
  logger.info('answered', { route: event.routeKey, status: response.status });
  return resultFrom(response);
}

/** Lambda entry point. */
export const handler = lambda(() => {
  const deps = { ledger: connectLedger(readEnvironment(ImportStatementEnvironmentSchema)) };
  return createStatementApi({ importStatement: (command) => importStatement(deps, command) }, logFault);
}, handle);
