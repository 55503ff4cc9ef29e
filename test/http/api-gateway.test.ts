import { describe, expect, it } from 'vitest';
import { callFrom, requestFrom, resultFrom } from '../../lib/http/api-gateway.ts';

type Event = Parameters<typeof requestFrom>[0];

function event(changes: Partial<Event> = {}): Event {
  return {
    routeKey: 'POST /invoices',
    rawPath: '/invoices',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    isBase64Encoded: false,
    requestContext: {
      http: { method: 'POST' },
      timeEpoch: Date.parse('2026-11-02T10:00:00.123Z'),
      authorizer: { jwt: { claims: { scope: 'relance/billing relance/finance', username: 'anne', sub: 's-1' } } },
    },
    ...changes,
  };
}

describe('a request from the gateway', () => {
  it('keeps method, path, query, headers and body', async () => {
    const request = requestFrom(event({ rawPath: '/cases/INV-1/history', rawQueryString: 'limit=2&cursor=a%3D' }));
    const url = new URL(request.url);
    expect([request.method, url.pathname, url.search]).toEqual([
      'POST',
      '/cases/INV-1/history',
      '?limit=2&cursor=a%3D',
    ]);
    expect(request.headers.get('content-type')).toBe('application/json');
    expect(await request.text()).toBe('{}');
  });

  it('has the bytes of a body in base64', async () => {
    const bytes = Buffer.from([0x22, 0xc3, 0xa9, 0xff, 0x22]);
    const request = requestFrom(event({ body: bytes.toString('base64'), isBase64Encoded: true }));
    expect(Buffer.from(await request.arrayBuffer())).toEqual(bytes);
  });

  it('has no body when the method takes none', async () => {
    const get = { ...event().requestContext, http: { method: 'GET' } };
    expect(await requestFrom(event({ requestContext: get })).text()).toBe('');
  });

  it.each(['/cases/a?b#c', '//evil.example/cases', '/cases/%', '/cases/é x', '\\\\evil.example'])(
    'stays on its host with the path %s',
    (rawPath) => {
      const url = new URL(requestFrom(event({ rawPath })).url);
      expect([url.host, url.search, url.hash]).toEqual(['relance.invalid', '', '']);
    },
  );
});

describe('what the gateway knows', () => {
  it('is the instant, the route, and the scopes and the holder of the token', () => {
    expect(callFrom(event())).toEqual({
      actor: 'anne',
      at: '2026-11-02T10:00:00.123Z',
      routeKey: 'POST /invoices',
      scopes: ['relance/billing', 'relance/finance'],
    });
  });

  it.each([
    [undefined, null],
    [{ jwt: { claims: {} } }, []],
    [{ jwt: { claims: { scp: 'relance/finance' } } }, ['relance/finance']],
    [{ jwt: { claims: { scope: '' } } }, []],
  ])('of a token %j are the scopes %j', (authorizer, scopes) => {
    const requestContext = { ...event().requestContext, authorizer } as Event['requestContext'];
    expect(callFrom(event({ requestContext })).scopes).toEqual(scopes);
  });
});

describe('who sent the request', () => {
  it.each([
    ['the person', { jwt: { claims: { username: 'anne', client_id: 'people', sub: 's-1' } } }, 'anne'],
    ['the client of a machine', { jwt: { claims: { client_id: 'billing-system', sub: 's-1' } } }, 'billing-system'],
    ['the subject, in want of a better name', { jwt: { claims: { sub: 's-1' } } }, 's-1'],
    ['finance, of a token that names nobody', { jwt: { claims: {} } }, 'finance'],
    ['finance, without a token', undefined, 'finance'],
  ])('is %s', (_, authorizer, actor) => {
    const requestContext = { ...event().requestContext, authorizer } as Event['requestContext'];
    expect(callFrom(event({ requestContext })).actor).toBe(actor);
  });
});

describe('a result for the gateway', () => {
  it('carries status, headers and text', async () => {
    const response = new Response('{"é":1}', { status: 201, headers: { location: '/cases/1' } });
    expect(await resultFrom(response)).toMatchObject({
      statusCode: 201,
      headers: { location: '/cases/1' },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  it('carries a problem as text', async () => {
    const response = new Response('{}', { headers: { 'content-type': 'application/problem+json' } });
    expect(await resultFrom(response)).toMatchObject({ body: '{}', isBase64Encoded: false });
  });

  it('carries the bytes of what is no text in base64', async () => {
    const pdf = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xff, 0x00);
    const response = new Response(pdf, { headers: { 'content-type': 'application/pdf' } });
    const { body, isBase64Encoded } = await resultFrom(response);
    expect(isBase64Encoded).toBe(true);
    expect(Uint8Array.from(Buffer.from(body ?? '', 'base64'))).toEqual(pdf);
  });
});
