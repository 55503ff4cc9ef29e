import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Faults, WIRE_FAULTS } from '../faults.ts';
import { errorReply, unknownOperation } from './protocols.ts';
import { readBody } from './request-body.ts';
import { AwsError, type AwsReply, type AwsRequest, type AwsService, type Protocol } from './service.ts';

/** The running AWS endpoint. */
export interface AwsEndpoint {
  /** For example `http://127.0.0.1:4566`: what `AWS_ENDPOINT_URL` is set to. */
  readonly url: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** What the endpoint listens on and answers with. */
export interface AwsEndpointOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly services: readonly AwsService[];
  readonly faults: Faults;
}

/**
 * Starts one HTTP server on the loopback that speaks for all services of AWS. A request goes to the service named by
 * its `X-Amz-Target`, its path, or the credential scope of its signature; signatures themselves are not checked.
 *
 * @throws Error when the port is taken, with the cure
 */
export async function startAwsEndpoint(options: AwsEndpointOptions): Promise<AwsEndpoint> {
  const server = createServer((request, response) => void answer(request, response, options));
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(message: IncomingMessage, response: ServerResponse, options: AwsEndpointOptions): Promise<void> {
  // A caller that goes away is no error of ours.
  response.on('error', () => undefined);
  const body = await readBody(message);
  if (body === 'aborted') return;
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  const request = { method: message.method ?? 'GET', path, query: query.join('?'), headers: message.headers };
  const reply = body === 'too-large' ? await tooLarge(message) : await replyTo({ ...request, body }, options);
  if (reply === 'cut') {
    message.socket.destroy();
    return;
  }
  const length = { 'content-length': String(Buffer.byteLength(reply.body)) };
  response.writeHead(reply.status, { ...reply.headers, ...length }).end(reply.body);
}

async function replyTo(request: AwsRequest, options: AwsEndpointOptions): Promise<AwsReply | 'cut'> {
  const service = options.services.find((candidate) => isClaimed(request, candidate));
  if (!service) return errorReply(protocolOf(request), unknownService(request, options.services));
  const fault = options.faults.take(service.name, WIRE_FAULTS);
  if (fault === 'crash-before-reply') return 'cut';
  if (fault === 'throttle') return errorReply(service.protocol, service.throttled);
  if (fault === 'error') return errorReply(service.protocol, service.internalError);
  const reply = await handle(service, request);
  return fault === 'timeout-after-success' ? 'cut' : reply;
}

async function handle(service: AwsService, request: AwsRequest): Promise<AwsReply> {
  try {
    return await service.handle(request);
  } catch (error) {
    if (error instanceof AwsError) return errorReply(service.protocol, error);
    const { code, status } = service.internalError;
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return errorReply(
      service.protocol,
      new AwsError(code, `The local ${service.name} service failed: ${cause}`, status),
    );
  }
}

function isClaimed(request: AwsRequest, service: AwsService): boolean {
  const { targetPrefixes, pathPrefix, signingName } = service.claims;
  const target = targetOf(request);
  if (target !== undefined) return targetPrefixes?.includes(target.split('.')[0] ?? '') ?? false;
  if (pathPrefix !== undefined && request.path.startsWith(pathPrefix)) return true;
  return signingName !== undefined && signingName === signingNameOf(request);
}

function targetOf(request: AwsRequest): string | undefined {
  const target = request.headers['x-amz-target'];
  return Array.isArray(target) ? target[0] : target;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html credential scope */
function signingNameOf(request: AwsRequest): string | undefined {
  return request.headers.authorization?.match(/Credential=[^/,\s]*\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/)?.[1];
}

function protocolOf(request: AwsRequest): Protocol {
  if (targetOf(request) !== undefined) return 'json-1.0';
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? 'query' : 'rest-json';
}

function unknownService(request: AwsRequest, services: readonly AwsService[]): AwsError {
  const operation = targetOf(request) ?? `${request.method} ${request.path}`;
  const known = services.map(({ name }) => name).join(', ');
  return unknownOperation(
    protocolOf(request),
    `${signingNameOf(request) ?? 'no service'}; it speaks for ${known}`,
    operation,
  );
}

async function tooLarge(message: IncomingMessage): Promise<AwsReply> {
  message.resume();
  const error = new AwsError('RequestEntityTooLarge', 'The request body is over 16 MiB', 413);
  const reply = errorReply('rest-json', error);
  return { ...reply, headers: { ...reply.headers, connection: 'close' } };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const cure = 'Stop what uses it, or set RELANCE_AWS_PORT to a free port.';
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} of 127.0.0.1 is in use. ${cure}`) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
