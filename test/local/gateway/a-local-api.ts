import type { FunctionInvoker, InvokeResult } from '../../../lib/local/functions/invoker.ts';
import { HttpGateway } from '../../../lib/local/gateway/http-gateway.ts';
import { type RunningServer, startHttpServer } from '../../../lib/local/gateway/http-server.ts';
import { JwtAuthorizer } from '../../../lib/local/gateway/jwt-authorizer.ts';
import type { DeployedHttpApi, DeployedIdentity } from '../../../lib/local/template/deployment.ts';
import { LocalTokens } from '../../../lib/local/tokens.ts';

/** The first instant of the tests' clock. */
export const START_AT_MILLIS = Date.parse('2026-01-05T08:00:00Z');

const authorizer = {
  issuer: 'https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_abc',
  audience: ['people', 'machine'],
};

const route = { functionName: 'api', timeoutMillis: 30_000, authorizer, scopes: ['relance/billing'] };

/** Billing and finance routes, one open route, and one that any token opens. */
const SAMPLE_API: DeployedHttpApi = {
  id: 'abc',
  domainName: 'abc.execute-api.eu-west-3.amazonaws.com',
  routes: [
    { ...route, routeKey: 'POST /invoices' },
    { ...route, routeKey: 'GET /cases/{invoiceId}', scopes: ['relance/finance', 'relance/admin'] },
    { ...route, routeKey: 'GET /me', scopes: [] },
    { ...route, routeKey: 'POST /webhooks/bank', authorizer: undefined, scopes: [], functionName: 'bank' },
    { ...route, routeKey: 'GET /slow', authorizer: undefined, scopes: [], timeoutMillis: 20 },
  ],
};

/** Two clients: people may ask for finance, the machine for billing. */
const SAMPLE_IDENTITY: DeployedIdentity = {
  clients: [
    { clientId: 'people', scopes: ['relance/finance', 'relance/admin'] },
    { clientId: 'machine', scopes: ['relance/billing'] },
  ],
  scopes: ['relance/billing', 'relance/finance', 'relance/admin'],
};

/** A gateway on a free port before a function made of `answer`, with a clock that can be set. */
export async function aLocalApi(answer: (name: string, event: unknown) => Promise<InvokeResult>) {
  const clock = { nowMillis: START_AT_MILLIS };
  const now = () => clock.nowMillis;
  const tokens = await LocalTokens.create({ api: SAMPLE_API, identity: SAMPLE_IDENTITY, now });
  const gateway = new HttpGateway({
    api: SAMPLE_API,
    accountId: '000000000000',
    functions: { invoke: answer } satisfies FunctionInvoker,
    authorizer: new JwtAuthorizer(tokens.keys, now),
    now,
  });
  const errors: unknown[] = [];
  const server: RunningServer = await startHttpServer({
    port: 0,
    portVariable: 'RELANCE_PORT',
    answer: (request, body) => gateway.answer(request, body),
    onError: (error) => errors.push(error),
  });
  return { clock, tokens, server, errors };
}
