import { randomUUID } from 'node:crypto';
import { AwsError, type AwsReply, type AwsRequest, type Protocol } from './service.ts';

/** Writes a successful answer as JSON. */
export function jsonReply(protocol: Protocol, output: unknown): AwsReply {
  return { status: 200, headers: headersOf(protocol), body: JSON.stringify(output) };
}

/** Writes a refusal the way a protocol does, so that the SDK throws an exception by the error's name. */
export function errorReply(protocol: Protocol, error: AwsError): AwsReply {
  const { status, code, message } = error;
  if (protocol === 'query') {
    const type = status < 500 ? 'Sender' : 'Receiver';
    const fields = xml('Type', type) + xml('Code', code) + xml('Message', message);
    const body = `<ErrorResponse><Error>${fields}</Error>${xml('RequestId', randomUUID())}</ErrorResponse>`;
    return { status, headers: headersOf(protocol), body };
  }
  if (protocol === 'rest-xml') {
    const body = `<Error>${xml('Code', code)}${xml('Message', message)}${xml('RequestId', randomUUID())}</Error>`;
    return { status, headers: headersOf(protocol), body };
  }
  if (protocol === 'rest-json') {
    const headers = { ...headersOf(protocol), 'x-amzn-errortype': code };
    return { status, headers, body: JSON.stringify({ message }) };
  }
  return { status, headers: headersOf(protocol), body: JSON.stringify({ __type: code, message }) };
}

/** Writes a successful answer of the query protocol. `fields` are the elements of the result, in order. */
export function queryReply(action: string, fields: Readonly<Record<string, string>>): AwsReply {
  const result = Object.entries(fields)
    .map(([name, text]) => xml(name, text))
    .join('');
  const body =
    `<${action}Response><${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata>${xml('RequestId', randomUUID())}</ResponseMetadata></${action}Response>`;
  return { status: 200, headers: headersOf('query'), body };
}

/** The operation in `X-Amz-Target`, such as `PutEvents`. */
export function targetOperation(request: AwsRequest): string {
  return String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
}

/** @throws AwsError `SerializationException` when the body is not a JSON object */
export function jsonBody(request: AwsRequest): Record<string, unknown> {
  const text = request.body.toString('utf8');
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON');
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new AwsError('SerializationException', 'The request body is not a JSON object');
}

/** The error for an operation that a service of AWS may know, and this endpoint does not. */
export function unknownOperation(protocol: Protocol, serviceName: string, operation: string): AwsError {
  const message = `The local AWS endpoint does not know the operation "${operation}" of ${serviceName}`;
  if (protocol === 'query') return new AwsError('InvalidAction', message);
  if (protocol === 'rest-xml') return new AwsError('NotImplemented', message, 501);
  return new AwsError('UnknownOperationException', message, protocol === 'rest-json' ? 404 : 400);
}

function headersOf(protocol: Protocol): Record<string, string> {
  return { 'content-type': CONTENT_TYPES[protocol], 'x-amzn-requestid': randomUUID() };
}

const CONTENT_TYPES: Readonly<Record<Protocol, string>> = {
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  'rest-xml': 'application/xml',
  query: 'text/xml',
};

function xml(name: string, text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<${name}>${escaped}</${name}>`;
}
