import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsRequest } from '../../../lib/local/aws/service.ts';
import { type ForwardTarget, forward } from '../../../lib/local/dynamodb/forward.ts';

let server: Server;
let target: ForwardTarget;
let requests: { socket: Socket; url: string | undefined; headers: NodeJS.Dict<string | string[]>; body: string }[];
/** Positions of the requests whose connection is closed instead of answered. */
let broken: number[];

beforeEach(async () => {
  requests = [];
  broken = [];
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      requests.push({ socket: request.socket, url: request.url, headers: request.headers, body });
      if (broken.includes(requests.length)) request.socket.destroy();
      else response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-requestid': 'r-1' }).end('{"é":1}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  target = { endpoint: `http://127.0.0.1:${port}`, agent: new Agent({ keepAlive: true, maxSockets: 1 }) };
});

afterEach(async () => {
  target.agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const aRequest: AwsRequest = {
  method: 'POST',
  path: '/',
  query: '',
  headers: { host: 'elsewhere', 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-length': '999', expect: 'x' },
  body: Buffer.from('{"note":"é"}'),
};

describe('forwarding', () => {
  it('passes the body and the headers of the caller on, with a length and a host of its own', async () => {
    await forward(aRequest, target);
    expect(requests).toMatchObject([
      {
        url: '/',
        body: '{"note":"é"}',
        headers: {
          'x-amz-target': 'DynamoDB_20120810.GetItem',
          'content-length': '13',
          host: new URL(target.endpoint).host,
        },
      },
    ]);
    expect(requests[0]?.headers.expect).toBeUndefined();
  });

  it('brings back status, headers and body, whatever the status', async () => {
    expect(await forward(aRequest, target)).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'r-1' },
      body: '{"é":1}',
    });
  });

  it('uses a connection again, and another one when that was closed meanwhile', async () => {
    await forward(aRequest, target);
    broken = [2];
    expect((await forward(aRequest, target)).status).toBe(400);
    expect(requests.map(({ socket }) => requests.findIndex((other) => other.socket === socket))).toEqual([0, 0, 2]);
  });

  it('does not try again on a fresh connection, where the work may have been done', async () => {
    broken = [1];
    await expect(forward(aRequest, target)).rejects.toThrow(
      `The DynamoDB emulator at ${target.endpoint} does not answer: socket hang up. Start the local system again.`,
    );
    expect(requests).toHaveLength(1);
  });
});
