import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from '../gateway/http-answer.ts';
import { gatewayMessage } from '../gateway/http-answer.ts';
import { HttpGateway } from '../gateway/http-gateway.ts';
import { type RunningServer, startHttpServer } from '../gateway/http-server.ts';
import { JwtAuthorizer } from '../gateway/jwt-authorizer.ts';
import { LocalRoutes } from '../local-routes.ts';
import type { Deployment } from '../template/deployment.ts';
import { LocalTokens } from '../tokens.ts';
import type { Backbone } from './backbone.ts';
import { ExecutionArchive } from './execution-archive.ts';

/** What the front door stands before. */
export interface FrontDoorOptions {
  readonly backbone: Backbone;
  readonly deployment: Deployment;
  /** 0 takes a free port. */
  readonly port: number;
  readonly onError: (error: unknown) => void;
  /** Called after the clock was moved: what is kept on disk must not be older than the ledger. */
  readonly keep: () => Promise<void>;
}

/** Serves the deployed HTTP API and, beside it, the `/_local` routes. */
export async function startFrontDoor(options: FrontDoorOptions, opened: AsyncDisposableStack): Promise<RunningServer> {
  const { backbone, deployment, port, onError } = options;
  const { clock, functions } = backbone;
  const { api, identity, accountId } = deployment;
  const now = () => clock.now();
  const tokens = await LocalTokens.create({ api, identity, now });
  const routes = new LocalRoutes(controlsOf(options, tokens));
  const authorizer = new JwtAuthorizer(tokens.keys, now);
  const gateway = api && new HttpGateway({ api, accountId, functions, authorizer, now });
  const answer = async (request: IncomingMessage, body: Buffer): Promise<HttpAnswer> => {
    const { method = 'GET', url: target = '/' } = request;
    if (LocalRoutes.claims(target)) return routes.answer({ method, target, body });
    return gateway ? gateway.answer(request, body) : gatewayMessage(404, 'Not Found');
  };
  const server = await startHttpServer({ port, portVariable: 'RELANCE_PORT', answer, onError });
  opened.defer(() => server.close());
  return server;
}

function controlsOf({ backbone, deployment, keep }: FrontDoorOptions, tokens: LocalTokens) {
  const { clock, faults, mailbox, emails, machines, secrets } = backbone;
  const executions = new ExecutionArchive(machines);
  const secretArn = deployment.outputs.BankSecretArn ?? '';
  return {
    clock,
    tokens,
    faults,
    mailbox,
    emails,
    bankSecret: () => secrets.currentText(secretArn),
    executions,
    metrics: () => metricsOf(backbone, executions),
    keep,
  };
}

/** Figures since the start: what would have been billed, and what went wrong. */
function metricsOf({ capacity, deadLetters, functions, pumps }: Backbone, executions: ExecutionArchive): unknown {
  return {
    functions: functions.invocations(),
    streams: Object.fromEntries([...pumps].map(([id, pump]) => [id, pump.counts()])),
    tables: capacity.report(),
    stateTransitions: executions.totalTransitions(),
    deadLetters: deadLetters.list(),
  };
}
