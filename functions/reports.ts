import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { agedReceivables } from '../lib/app/reports/aged-receivables.ts';
import { collectionReport } from '../lib/app/reports/collection-report.ts';
import { ReportsEnvironmentSchema } from '../lib/contracts/environment.ts';
import { callFrom, requestFrom, resultFrom } from '../lib/http/api-gateway.ts';
import { createReportApi } from '../lib/http/report-api.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault, logger } from '../lib/runtime/lambda.ts';
import { connectLedger } from '../lib/runtime/ledger.ts';

/** `GET /reports/…`: figures over all cases. They have a function of their own, because they read for seconds, and write nothing. */
export async function handle(
  api: ReturnType<typeof createReportApi>,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const response = await api.fetch(requestFrom(event), callFrom(event));
  logger.info('answered', { route: event.routeKey, status: response.status });
  return resultFrom(response);
}

/** Lambda entry point. */
export const handler = lambda(() => {
  const environment = readEnvironment(ReportsEnvironmentSchema);
  const deps = { ledger: connectLedger(environment), creditorTimeZone: environment.CREDITOR_TIME_ZONE };
  const useCases = {
    agedReceivables: (query: Parameters<typeof agedReceivables>[1]) => agedReceivables(deps, query),
    collectionReport: (query: Parameters<typeof collectionReport>[1]) => collectionReport(deps, query),
  };
  return createReportApi(useCases, logFault);
}, handle);
