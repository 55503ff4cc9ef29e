import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer } from '../../../lib/local/gateway/http-server.ts';
import { aLocalApi, START_AT_MILLIS } from './a-local-api.ts';

let api: Awaited<ReturnType<typeof aLocalApi>>;
const events: { name: string; event: Record<string, unknown> }[] = [];

beforeAll(async () => {
  api = await aLocalApi(async (name, event) => {
    const request = event as Record<string, unknown>;
    events.push({ name, event: request });
    if (request.routeKey === 'GET /slow') return new Promise(() => undefined);
    if (request.rawQueryString === 'fail') throw new Error('a defect of the local system');
    return { ok: true, payload: { statusCode: 201, headers: { location: '/x' }, body: 'made' } };
  });
});

afterAll(() => api.server.close());

async function call(path: string, init: RequestInit & { token?: string } = {}) {
  const headers = init.token === undefined ? {} : { authorization: `Bearer ${init.token}` };
  const response = await fetch(`${api.server.url}${path}`, { ...init, headers: { ...headers, ...init.headers } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the HTTP API', () => {
  it('invokes the function of the route and hands its answer back', async () => {
    const token = await api.tokens.issue(['relance/billing']);
    const { status, headers, text } = await call('/invoices', { method: 'POST', body: '{}', token });
    expect({ status, text, location: headers.get('location') }).toEqual({ status: 201, text: 'made', location: '/x' });
    expect(events.at(-1)).toMatchObject({
      name: 'api',
      event: {
        requestContext: {
          timeEpoch: START_AT_MILLIS,
          authorizer: {
            jwt: {
              claims: { client_id: 'machine', token_use: 'access', exp: expect.any(String), scope: 'relance/billing' },
              scopes: ['relance/billing'],
            },
          },
        },
      },
    });
  });

  it('lets anybody in where the template asks for no token', async () => {
    expect((await call('/webhooks/bank', { method: 'POST', body: '{}' })).status).toBe(201);
    expect(events.at(-1)).toMatchObject({ name: 'bank' });
    expect(events.at(-1)?.event).not.toHaveProperty('requestContext.authorizer');
  });

  it('takes the token without the word Bearer too', async () => {
    const authorization = await api.tokens.issue(['relance/finance']);
    expect((await call('/me', { headers: { authorization } })).status).toBe(201);
    expect(events.at(-1)).toHaveProperty('event.requestContext.authorizer.jwt.scopes', null);
  });

  it('knows no route but those of the template', async () => {
    expect(await call('/nowhere')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
    expect((await call('/invoices')).status).toBe(404);
  });

  it('refuses a request without a token and invokes nothing', async () => {
    const before = events.length;
    const { status, headers, text } = await call('/invoices', { method: 'POST', body: '{}' });
    expect({ status, text }).toEqual({ status: 401, text: '{"message":"Unauthorized"}' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(events).toHaveLength(before);
  });

  it('refuses a token without one of the scopes', async () => {
    const token = await api.tokens.issue(['relance/billing']);
    expect(await call('/cases/A', { token })).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
    const admin = await api.tokens.issue(['relance/admin']);
    expect((await call('/cases/A', { token: admin })).status).toBe(201);
  });

  it('answers 503 when the function takes longer than its integration may', async () => {
    expect(await call('/slow')).toMatchObject({ status: 503, text: '{"message":"Service Unavailable"}' });
  });

  it('answers 413 to a body over 10 MB', async () => {
    const body = 'x'.repeat(10 * 1024 * 1024 + 1);
    const answer = await call('/webhooks/bank', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 413, text: '{"message":"Request Entity Too Large"}' });
  });

  it('answers 500 to a failure of its own and reports it', async () => {
    expect((await call('/webhooks/bank?fail', { method: 'POST' })).status).toBe(500);
    expect(api.errors).toEqual([new Error('a defect of the local system')]);
  });
});

describe('a token', () => {
  /** A token like a good one, except for `claims` and key. */
  async function forge(claims: Record<string, unknown>, key = api.tokens) {
    const { privateKey } = await generateKeyPair('RS256');
    const good = JSON.parse(
      Buffer.from((await key.issue(['relance/billing'])).split('.')[1] ?? '', 'base64').toString(),
    );
    return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'local' }).sign(privateKey);
  }

  it('is refused when another key signed it', async () => {
    const answer = await call('/me', { token: await forge({}) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it.each([['nonsense'], ['a.b.c'], ['eyJhbGciOiJub25lIn0.e30.']])(
    'is refused when it is no signed token: %s',
    async (token) => {
      expect((await call('/me', { token })).status).toBe(401);
    },
  );

  it('is refused when its claims were changed', async () => {
    const [header, payload, signature] = (await api.tokens.issue(['relance/billing'])).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'relance/admin' })).toString('base64url');
    expect((await call('/cases/A', { token: `${header}.${changed}.${signature}` })).status).toBe(401);
  });

  it('expires on the virtual clock, ten years on, and not before', async () => {
    const token = await api.tokens.issue(['relance/billing']);
    api.clock.nowMillis = Date.parse('2036-01-01T00:00:00Z');
    expect((await call('/me', { token })).status).toBe(201);
    api.clock.nowMillis = Date.parse('2036-02-01T00:00:00Z');
    const answer = await call('/me', { token });
    expect(answer.headers.get('www-authenticate')).toContain('the token has expired');
    expect(answer.status).toBe(401);
    api.clock.nowMillis = START_AT_MILLIS;
  });

  it('is refused before the instant it was issued at', async () => {
    api.clock.nowMillis = START_AT_MILLIS + 60_000;
    const token = await api.tokens.issue(['relance/billing']);
    api.clock.nowMillis = START_AT_MILLIS;
    expect((await call('/me', { token })).status).toBe(401);
  });

  it('is issued only for scopes that exist', async () => {
    await expect(api.tokens.issue(['relance/emperor'])).rejects.toThrow(
      'No scope relance/emperor. There are: relance/billing, relance/finance, relance/admin',
    );
  });
});

describe('a port that is taken', () => {
  it('is named, with the variable that chooses another', async () => {
    const port = Number(new URL(api.server.url).port);
    const second = startHttpServer({
      port,
      portVariable: 'RELANCE_PORT',
      answer: () => Promise.reject(new Error('never asked')),
      onError: () => undefined,
    });
    await expect(second).rejects.toThrow(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken.*RELANCE_PORT=`));
  });
});
