import { importStatement } from '../lib/app/import-statement.ts';
import { ImportStatementEnvironmentSchema } from '../lib/contracts/environment.ts';
import { createStatementApi } from '../lib/http/statement-api.ts';
import { answerCall } from '../lib/runtime/answer-call.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault } from '../lib/runtime/lambda.ts';
import { connectBooking } from '../lib/runtime/ledger.ts';

/** `POST /bank-statements`: a file of the bank with every payment in it. It has a function of its own, because it reads what no other call of the API brings, and books. */
export const handler = lambda(() => {
  const deps = connectBooking(readEnvironment(ImportStatementEnvironmentSchema));
  return createStatementApi({ importStatement: (command) => importStatement(deps, command) }, logFault);
}, answerCall);
