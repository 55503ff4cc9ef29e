import type { InvokeResult } from '../functions/invoker.ts';
import { gatewayMessage, type HttpAnswer, jsonAnswer } from './http-answer.ts';

/**
 * The HTTP answer a function's result stands for in payload format 2.0.
 *
 * A result without `statusCode` is a 200 with the result as JSON. A function error, or a result that does not fit the
 * format, is API Gateway's 500; a throttled function its 503.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpAnswer(result: InvokeResult): HttpAnswer {
  if (!result.ok) {
    const isThrottled = result.errorType === 'Lambda.TooManyRequestsException';
    return isThrottled ? gatewayMessage(503, 'Service Unavailable') : internalError();
  }
  const { payload } = result;
  if (!isRecord(payload) || !('statusCode' in payload)) {
    return typeof payload === 'string' ? inferredText(payload) : jsonAnswer(200, payload);
  }
  return readAnswer(payload) ?? internalError();
}

/** A bare text is the body as it stands, still said to be JSON. */
function inferredText(text: string): HttpAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}

function readAnswer(payload: Record<string, unknown>): HttpAnswer | undefined {
  const status = Number(payload.statusCode);
  const headers = payload.headers ?? {};
  const body = payload.body ?? '';
  const cookies = payload.cookies ?? [];
  const isWellFormed =
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    typeof body === 'string' &&
    isRecord(headers) &&
    Object.values(headers).every(isScalar) &&
    Array.isArray(cookies);
  if (!isWellFormed) return undefined;
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(own),
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies.map(String) }),
    },
    body: Buffer.from(body, payload.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function internalError(): HttpAnswer {
  return gatewayMessage(500, 'Internal Server Error');
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
