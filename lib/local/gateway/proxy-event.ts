import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived, with what routing and the authorizer found out about it. */
export interface ProxyRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly apiId: string;
  readonly domainName: string;
  readonly accountId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: string[] | null } | undefined;
  /** Virtual time, epoch milliseconds. */
  readonly timeEpoch: number;
}

/**
 * The event of payload format 2.0 that a function behind the HTTP API gets.
 *
 * `rawPath` and path parameters arrive decoded, `rawQueryString` as sent; repeated headers and query parameters are
 * joined with commas; cookies leave the headers; a body that is no text is base64.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toProxyEvent(request: ProxyRequest): Record<string, unknown> {
  const { path, query } = splitTarget(request.target);
  const { cookie, ...headers } = flatten(request.headers);
  const isText = request.body.length > 0 && isTextual(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: request.routeKey,
    rawPath: decode(path),
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...whenAny('queryStringParameters', readQuery(query)),
    requestContext: requestContext(request, decode(path)),
    ...whenAny('pathParameters', request.pathParameters),
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** Path and query of a request target, both as sent. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function requestContext(request: ProxyRequest, path: string): Record<string, unknown> {
  const { accountId, apiId, domainName, jwt, method, protocol, routeKey, sourceIp, timeEpoch } = request;
  return {
    accountId,
    apiId,
    ...(jwt === undefined ? {} : { authorizer: { jwt } }),
    domainName,
    domainPrefix: apiId,
    http: { method, path, protocol, sourceIp, userAgent: request.headers['user-agent'] ?? '' },
    requestId: randomUUID(),
    routeKey,
    stage: '$default',
    time: commonLogTime(timeEpoch),
    timeEpoch,
  };
}

/** Node joins repeated headers with a comma already, except the few it knows to be lists. */
function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function readQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  }
  return parameters;
}

function whenAny(name: string, values: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.keys(values).length === 0 ? {} : { [name]: values };
}

/** The media types an HTTP API hands over as text. */
function isTextual(contentType: string): boolean {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^text\/|^application\/(json|javascript|xml|.+\+json|.+\+xml)$/.test(mediaType);
}

/** `12/Mar/2026:19:03:58 +0000`. */
function commonLogTime(epochMillis: number): string {
  const [, day, month, year, time] = new Date(epochMillis).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign is no escape: it stands for itself.
    return path;
  }
}
