import { type Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AwsReply, AwsRequest } from '../aws/service.ts';

/** Where requests are passed on to. */
export interface ForwardTarget {
  readonly endpoint: string;
  readonly agent: Agent;
}

/**
 * Passes a request on and brings back the answer, whatever its status.
 * @throws Error when the emulator does not answer
 */
export async function forward(request: AwsRequest, target: ForwardTarget): Promise<AwsReply> {
  try {
    return await exchange(request, target);
  } catch (error) {
    // An idle connection may be closed by the other side in the moment it is used again; nothing was read from it then.
    if (error instanceof BrokenExchange && error.isConnectionReused) return await exchange(request, target);
    throw error;
  }
}

function exchange(request: AwsRequest, { endpoint, agent }: ForwardTarget): Promise<AwsReply> {
  return new Promise((resolve, reject) => {
    const headers = { ...endToEndHeaders(request.headers), 'content-length': request.body.byteLength };
    const outgoing = httpRequest(endpoint, { method: request.method, path: request.path, agent, headers });
    outgoing.once('error', (error) => reject(new BrokenExchange(endpoint, outgoing.reusedSocket, error)));
    outgoing.once('response', (response) => {
      const reply = (body: string): AwsReply => ({
        status: response.statusCode ?? 500,
        headers: endToEndHeaders(response.headers),
        body,
      });
      text(response)
        .then(reply)
        .then(resolve, (error) => reject(new BrokenExchange(endpoint, false, error)));
    });
    outgoing.end(request.body);
  });
}

class BrokenExchange extends Error {
  readonly isConnectionReused: boolean;

  constructor(endpoint: string, isConnectionReused: boolean, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The DynamoDB emulator at ${endpoint} does not answer: ${reason}. Start the local system again.`, { cause });
    this.isConnectionReused = isConnectionReused;
  }
}

/** Headers that speak of the one connection they came over, or that this connection sets anew. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'accept-encoding',
  'expect',
]);

function endToEndHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      CONNECTION_HEADERS.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}
