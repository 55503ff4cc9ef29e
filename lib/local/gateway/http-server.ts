import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewayMessage, type HttpAnswer } from './http-answer.ts';

/** Where a server listens, and how a port that is taken is to be explained. */
export interface HttpServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The environment variable that sets the port, named in the error when it is taken. */
  readonly portVariable: string;
  readonly answer: (request: IncomingMessage, body: Buffer) => Promise<HttpAnswer>;
  readonly onError: (error: unknown) => void;
}

/** A listening server. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** API Gateway's limit for a request body. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;

/**
 * Serves on the loopback interface only; a body over 10 MB is 413, a failure of ours 500 with the reason logged.
 * @throws Error naming the port, and the variable to change it with, when it is taken
 */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => void serve(request, response, options));
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions): Promise<void> {
  try {
    const body = await readBody(request);
    const answer = body ? await options.answer(request, body) : gatewayMessage(413, 'Request Entity Too Large');
    send(response, answer);
  } catch (error) {
    // A caller that hangs up in the middle of its request is no failure of ours.
    if (request.destroyed && !request.complete) return;
    options.onError(error);
    send(response, gatewayMessage(500, 'Internal Server Error'));
  }
}

/** The whole body, or `undefined` when it is too large; the rest of it is still read, so that the caller can listen. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return size > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status, { 'content-length': body.length });
  response.end(body);
}

function listen(server: Server, { port, portVariable }: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const cure = `Stop what uses it, or choose another: ${portVariable}=${port + 1} (0 takes a free one).`;
      const message = `Port ${port} on 127.0.0.1 is taken (${cause.code}). ${cure}`;
      reject(cause.code === 'EADDRINUSE' ? new Error(message, { cause }) : cause);
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
