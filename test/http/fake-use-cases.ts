import { createApi } from '../../lib/http/api.ts';
import type { ApiCall } from '../../lib/http/api-call.ts';
import type { ApiUseCases } from '../../lib/http/api-use-cases.ts';
import type { OnFault } from '../../lib/http/fault-answer.ts';
import { createLetterApi, type LetterUseCases } from '../../lib/http/letter-api.ts';
import { createPreviewApi } from '../../lib/http/preview-api.ts';
import type { PreviewUseCases } from '../../lib/http/preview-use-cases.ts';
import { createReportApi, type ReportUseCases } from '../../lib/http/report-api.ts';
import { createStatementApi, type StatementUseCases } from '../../lib/http/statement-api.ts';
import type { WebApp } from '../../lib/http/web-app.ts';

/** One thing the API asked of the application: the name of the use case and what it was given. */
interface Asked {
  readonly useCase:
    | keyof ApiUseCases
    | keyof PreviewUseCases
    | keyof LetterUseCases
    | keyof StatementUseCases
    | keyof ReportUseCases;
  readonly input: unknown;
}

/** An API over use cases that answer as told and note what they were asked; `faults` holds what `onFault` was told. */
export interface ApiUnderTest {
  readonly asked: Asked[];
  readonly faults: { error: unknown; route: string }[];
  request(path: string, init?: RequestInit, call?: Partial<ApiCall>): Promise<Response>;
}

/** Builds the API; use cases that are not given answer as in an empty system where everything can be registered. */
export function apiWith(useCases: Partial<ApiUseCases> = {}): ApiUnderTest {
  return underTest(createApi, { ...EMPTY_SYSTEM, ...useCases });
}

/** Builds the API of the preview; without a use case there is no policy. */
export function previewApiWith(useCases: Partial<PreviewUseCases> = {}): ApiUnderTest {
  return underTest(createPreviewApi, { previewPolicy: async () => null, ...useCases });
}

/** Builds the API of the letters; without a use case no task has a document. */
export function letterApiWith(useCases: Partial<LetterUseCases> = {}): ApiUnderTest {
  return underTest(createLetterApi, { loadTaskDocument: async () => null, ...useCases });
}

/** Builds the API of bank statements; without a use case every file is empty. */
export function statementApiWith(useCases: Partial<StatementUseCases> = {}): ApiUnderTest {
  const ignored = { debits: 0, returnedDebits: 0, totals: 0, empty: 0, notBooked: 0 };
  return underTest(createStatementApi, { importStatement: async () => ({ entries: [], ignored }), ...useCases });
}

/** Builds the API of the reports; without use cases nobody owes anything. */
export function reportApiWith(useCases: Partial<ReportUseCases> = {}): ApiUnderTest {
  return underTest(createReportApi, {
    agedReceivables: async ({ on }) => ({ on: on ?? '2026-10-01', currencies: [] }),
    collectionReport: async ({ currency }) => ({ ...NO_FIGURES, currency }),
    ...useCases,
  });
}

/** The options of a request that sends this value as JSON. */
export function json(method: 'POST' | 'PUT', body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What the tests read of an answer: its status, its media type and its JSON. */
export async function answerOf(response: Response): Promise<{ status: number; type: string | null; body: unknown }> {
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

function underTest<UseCases extends object>(
  create: (useCases: UseCases, onFault: OnFault) => WebApp,
  answers: UseCases,
): ApiUnderTest {
  const asked: Asked[] = [];
  const faults: { error: unknown; route: string }[] = [];
  const noting = Object.fromEntries(
    Object.entries(answers).map(([useCase, answer]) => [
      useCase,
      async (...input: unknown[]) => {
        asked.push({ useCase: useCase as Asked['useCase'], input: input.length === 1 ? input[0] : input });
        return (answer as (...input: unknown[]) => unknown)(...input);
      },
    ]),
  ) as unknown as UseCases;
  const api = create(noting, (error, { route }) => faults.push({ error, route }));
  const request: ApiUnderTest['request'] = async (path, init, call) =>
    api.fetch(new Request(`https://relance.invalid${path}`, init), { ...EVERY_SCOPE, ...call });
  return { asked, faults, request };
}

const EVERY_SCOPE: ApiCall = {
  at: '2026-10-01T09:00:00.000Z',
  scopes: ['relance/billing', 'relance/finance'],
  actor: 'anne',
  routeKey: 'GET /of/the/test',
};

const NO_FIGURES = {
  dsoDays: null,
  dsoCountBackDays: null,
  bestPossibleDsoDays: null,
  averageDaysDelinquent: null,
  collectionEffectivenessPercent: null,
  promisesKeptPercent: null,
  recoveredByLevel: { none: 0, preventive: 0, level1: 120_000, level2: 0, level3: 0, litigation: 0 },
};

const EMPTY_SYSTEM: ApiUseCases = {
  registerInvoice: async () => 'registered',
  replaceCustomer: async () => 'created',
  listCases: async () => ({ cases: [], cursor: null }),
  viewCase: async () => null,
  viewHistory: async () => null,
  listUnappliedCash: async () => ({ items: [], cursor: null }),
  creditInvoice: async () => 'unknown-case',
  moveDueDate: async () => 'unknown-case',
  cancelInvoice: async () => 'unknown-case',
  recordPayment: async () => 'unknown-case',
  recordPromise: async () => 'unknown-case',
  recordDispute: async () => 'unknown-case',
  resolveDispute: async () => 'unknown-case',
  agreeInstalmentPlan: async () => 'unknown-case',
  blockCase: async () => 'unknown-case',
  unblockCase: async () => 'unknown-case',
  writeOff: async () => 'unknown-case',
  handOver: async () => 'unknown-case',
  allocateCash: async () => 'unknown-transaction',
  viewCustomer: async () => null,
  viewStatement: async () => null,
  listTasks: async () => ({ tasks: [], cursor: null }),
  viewTask: async () => null,
  reportOutcome: async () => 'unknown-task',
  listPolicies: async () => ({ policies: [] }),
  viewPolicy: async () => null,
  savePolicy: async () => ({ version: 1, warnings: [] }),
  migratePolicy: async () => null,
};
