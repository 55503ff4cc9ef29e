import { invalidRequest } from '../contracts/problem.ts';
import type { StatementFile } from '../contracts/statements/parse-statement.ts';
import type { StatementFault } from '../contracts/statements/statement.ts';
import {
  type StatementImport,
  statementFaultView,
  statementImportView,
} from '../contracts/statements/statement-import-view.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import type { OnFault } from './fault-answer.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readStatementFile } from './statement-file.ts';
import { type WebApp, webApp } from './web-app.ts';

/** What the import of a bank statement asks of the application. It stands apart because a file takes more memory and time than all the rest of the API. */
export interface StatementUseCases {
  /** Takes the whole file, or nothing of it and says where it is broken. The same file again changes nothing. */
  importStatement(command: {
    file: StatementFile;
    at: string;
    actor: string;
  }): Promise<StatementImport | { fault: StatementFault }>;
}

const STATEMENT_ROUTES: readonly ApiRoute<StatementUseCases>[] = [
  { method: 'POST', path: '/bank-statements', scopes: ['relance/finance'], answer: postStatement },
];

/**
 * The import of bank statements as a web app: `api.fetch(request, call)`.
 *
 * @param onFault told of every thrown fault; the caller only learns 500 or 503
 */
export function createStatementApi(useCases: StatementUseCases, onFault: OnFault): WebApp {
  return webApp(STATEMENT_ROUTES, useCases, onFault);
}

async function postStatement({ request, call, query, useCases }: RouteInput<StatementUseCases>): Promise<Response> {
  const read = await readStatementFile(request, query('mapping'));
  if (!read.ok) return problemAnswer(read.problem);
  const { at, actor } = call;
  const outcome = await useCases.importStatement({ file: read.file, at, actor });
  return 'fault' in outcome
    ? problemAnswer(invalidRequest([statementFaultView(outcome.fault)]))
    : jsonAnswer(200, statementImportView(outcome));
}
