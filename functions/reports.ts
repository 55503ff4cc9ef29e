import { agedReceivables } from '../lib/app/reports/aged-receivables.ts';
import { collectionReport } from '../lib/app/reports/collection-report.ts';
import { ReportsEnvironmentSchema } from '../lib/contracts/environment.ts';
import { createReportApi } from '../lib/http/report-api.ts';
import { answerCall } from '../lib/runtime/answer-call.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault } from '../lib/runtime/lambda.ts';
import { connectLedger } from '../lib/runtime/ledger.ts';

/** `GET /reports/…`: figures over all cases. They have a function of their own, because they read for seconds, and write nothing. */
export const handler = lambda(() => {
  const environment = readEnvironment(ReportsEnvironmentSchema);
  const deps = { ledger: connectLedger(environment), creditorTimeZone: environment.CREDITOR_TIME_ZONE };
  const useCases = {
    agedReceivables: (query: Parameters<typeof agedReceivables>[1]) => agedReceivables(deps, query),
    collectionReport: (query: Parameters<typeof collectionReport>[1]) => collectionReport(deps, query),
  };
  return createReportApi(useCases, logFault);
}, answerCall);
