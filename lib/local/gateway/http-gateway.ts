import type { IncomingMessage } from 'node:http';
import type { FunctionInvoker, InvokeResult } from '../functions/invoker.ts';
import type { DeployedHttpApi, DeployedRoute } from '../template/deployment.ts';
import { gatewayMessage, type HttpAnswer } from './http-answer.ts';
import type { Authorization, JwtAuthorizer } from './jwt-authorizer.ts';
import { toHttpAnswer } from './proxy-answer.ts';
import { splitTarget, toProxyEvent } from './proxy-event.ts';
import { type RouteMatch, RouteTable } from './route-table.ts';

/** What the HTTP API needs from the system it stands in front of. */
export interface HttpGatewayOptions {
  readonly api: DeployedHttpApi;
  readonly accountId: string;
  readonly functions: FunctionInvoker;
  readonly authorizer: JwtAuthorizer;
  /** Virtual time, epoch milliseconds. */
  readonly now: () => number;
}

/** The deployed HTTP API: routes, authorizer and Lambda integration as in AWS. */
export class HttpGateway {
  readonly #options: HttpGatewayOptions;
  readonly #routes: RouteTable<DeployedRoute>;

  constructor(options: HttpGatewayOptions) {
    this.#options = options;
    this.#routes = new RouteTable(options.api.routes);
  }

  /** The answer to one request; 404 without a route, 401 or 403 without the right token. */
  async answer(request: IncomingMessage, body: Buffer): Promise<HttpAnswer> {
    const { path } = splitTarget(request.url ?? '/');
    const match = this.#routes.match(request.method ?? 'GET', path);
    if (!match) return gatewayMessage(404, 'Not Found');
    const authorization = await this.#authorize(match.route, request.headers.authorization);
    if (authorization && !authorization.allowed) {
      const { status, challenge } = authorization;
      const message = status === 401 ? 'Unauthorized' : 'Forbidden';
      return gatewayMessage(status, message, { 'www-authenticate': challenge });
    }
    const jwt = authorization && { claims: authorization.claims, scopes: authorization.scopes };
    return this.#integrate(match.route, this.#toEvent(request, { body, match, jwt }));
  }

  async #authorize(route: DeployedRoute, authorization: string | undefined): Promise<Authorization | undefined> {
    const { authorizer, scopes } = route;
    return authorizer && this.#options.authorizer.authorize({ authorizer, routeScopes: scopes, authorization });
  }

  async #integrate(route: DeployedRoute, event: unknown): Promise<HttpAnswer> {
    const invoked = this.#options.functions.invoke(route.functionName, event);
    const result = await withinTime(invoked, route.timeoutMillis);
    return result === undefined ? gatewayMessage(503, 'Service Unavailable') : toHttpAnswer(result);
  }

  #toEvent(request: IncomingMessage, { body, match, jwt }: Routed): Record<string, unknown> {
    const { api, accountId, now } = this.#options;
    return toProxyEvent({
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      headers: request.headers,
      body,
      apiId: api.id,
      domainName: api.domainName,
      accountId,
      routeKey: match.route.routeKey,
      pathParameters: match.pathParameters,
      jwt,
      timeEpoch: now(),
    });
  }
}

interface Routed {
  readonly body: Buffer;
  readonly match: RouteMatch<DeployedRoute>;
  readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: string[] | null } | undefined;
}

/** `undefined` when the function takes longer: it goes on, but nobody listens. */
async function withinTime(invoked: Promise<InvokeResult>, timeoutMillis: number): Promise<InvokeResult | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMillis);
  });
  return Promise.race([invoked, late]).finally(() => clearTimeout(timer));
}
