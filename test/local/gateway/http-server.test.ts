import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { jsonAnswer } from '../../../lib/local/gateway/http-answer.ts';
import { type HttpServerOptions, type RunningServer, startHttpServer } from '../../../lib/local/gateway/http-server.ts';

const servers: RunningServer[] = [];
const errors: unknown[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  errors.length = 0;
});

async function serve(answer: HttpServerOptions['answer']) {
  const onError = (error: unknown) => errors.push(error);
  const server = await startHttpServer({ port: 0, portVariable: 'RELANCE_PORT', answer, onError });
  servers.push(server);
  return server;
}

/** Sends bytes as they are and reads until the server closes. */
function talk(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

describe('the HTTP server', () => {
  it('hands over the whole body and sends the answer back', async () => {
    const { url } = await serve(async (request, body) =>
      jsonAnswer(207, { path: request.url, body: body.toString() }, { 'x-a': 'b' }),
    );
    const response = await fetch(`${url}/a?b`, { method: 'POST', body: 'é'.repeat(100_000) });
    expect(response.status).toBe(207);
    expect(response.headers.get('x-a')).toBe('b');
    expect(await response.json()).toEqual({ path: '/a?b', body: 'é'.repeat(100_000) });
  });

  it('sends several cookies as several headers', async () => {
    const { url } = await serve(async () => ({
      status: 200,
      headers: { 'set-cookie': ['a=1', 'b=2'] },
      body: Buffer.alloc(0),
    }));
    expect((await fetch(url)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('joins repeated headers of a request with commas', async () => {
    const { url } = await serve(async (request) => jsonAnswer(200, request.headers['x-many']));
    const heard = await talk(url, 'GET / HTTP/1.1\r\nHost: x\r\nX-Many: a\r\nX-Many: b\r\nConnection: close\r\n\r\n');
    expect(heard).toContain('"a, b"');
  });

  it('takes a body of exactly 10 MB and no byte more', async () => {
    const { url } = await serve(async (_request, body) => jsonAnswer(200, body.length));
    const megabytes = 'x'.repeat(10 * 1024 * 1024);
    expect(await (await fetch(url, { method: 'POST', body: megabytes })).json()).toBe(megabytes.length);
    expect((await fetch(url, { method: 'POST', body: `${megabytes}x` })).status).toBe(413);
  });

  it('answers 500 without a reason and reports the reason', async () => {
    const { url } = await serve(() => Promise.reject(new Error('the reason')));
    const response = await fetch(url);
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 500,
      text: '{"message":"Internal Server Error"}',
    });
    expect(errors).toEqual([new Error('the reason')]);
  });

  it('takes a caller that hangs up in the middle for no failure of its own', async () => {
    const { url } = await serve(async () => jsonAnswer(200, 'never'));
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', () => socket.destroy());
        socket.on('close', () => resolve());
      });
    });
    await expect.poll(async () => (await fetch(url)).status).toBe(200);
    expect(errors).toEqual([]);
  });

  it('closes with a caller still connected', async () => {
    const server = await serve(() => new Promise(() => undefined));
    const pending = fetch(server.url);
    await server.close();
    servers.pop();
    await expect(pending).rejects.toThrow('fetch failed');
  });

  it('listens on the loopback interface only', async () => {
    const { url } = await serve(async () => jsonAnswer(200, 'here'));
    const { port } = new URL(url);
    const addresses = Object.values(networkInterfaces()).flat();
    const outside = addresses.filter((address) => address?.family === 'IPv4' && !address.internal);
    for (const address of outside)
      await expect(fetch(`http://${address?.address}:${port}`)).rejects.toThrow('fetch failed');
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });
});
