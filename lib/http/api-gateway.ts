import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ApiCall } from './api-call.ts';

/** The parts this code reads of a payload 2.0 event of an HTTP API, with or without a JWT authorizer. */
type GatewayEvent = Pick<
  APIGatewayProxyEventV2,
  'routeKey' | 'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'
> & {
  readonly requestContext: {
    readonly http: { readonly method: string };
    readonly timeEpoch: number;
    readonly authorizer?: { readonly jwt?: { readonly claims: Readonly<Record<string, unknown>> } };
  };
};

/**
 * The web request of a payload 2.0 event; the body is the bytes as they came.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html (read
 *   2026-11-23)
 */
export function requestFrom(event: GatewayEvent): Request {
  // Set as a property, a path cannot pass for a host or a query, whatever characters it holds.
  const url = new URL('https://relance.invalid');
  url.pathname = event.rawPath;
  url.search = event.rawQueryString;
  const { method } = event.requestContext.http;
  const takesBody = method !== 'GET' && method !== 'HEAD';
  const body = takesBody && event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : null;
  return new Request(url, { method, headers: headersFrom(event), body });
}

/**
 * What the gateway knows of the request: when it came, which route it matched, and the scopes and the holder of the
 * token its JWT authorizer verified.
 */
export function callFrom(event: GatewayEvent): ApiCall {
  const { timeEpoch, authorizer } = event.requestContext;
  const claims = authorizer?.jwt?.claims;
  return {
    at: new Date(timeEpoch).toISOString(),
    scopes: scopesOf(claims),
    actor: actorOf(claims),
    routeKey: event.routeKey,
  };
}

/** The payload 2.0 result of a web response: a body of text as it is, any other in base64. */
export async function resultFrom(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isText = /^(text\/|application\/([\w.-]+\+)?json)/.test(response.headers.get('content-type') ?? 'text/');
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

function headersFrom({ headers }: GatewayEvent): Headers {
  const known = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Headers(known);
}

/** The scopes as the authorizer itself reads them: claim `scope`, or else `scp`, separated by blanks. */
function scopesOf(claims: Readonly<Record<string, unknown>> | undefined): string[] | null {
  if (!claims) return null;
  return String(claims.scope ?? claims.scp ?? '')
    .split(/\s+/)
    .filter((scope) => scope !== '');
}

/**
 * Whom the token was made for: a person by their name in the user pool, a machine by its client. Neither is an address,
 * so that the history may keep it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
function actorOf(claims: Readonly<Record<string, unknown>> | undefined): string {
  return String(claims?.username ?? claims?.client_id ?? claims?.sub ?? 'finance');
}
