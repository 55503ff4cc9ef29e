import { describe, expect, it } from 'vitest';
import { invoiceBody } from '../contracts/wire-bodies.ts';
import { answerOf, apiWith, json } from './fake-use-cases.ts';

const BILLING = ['/invoices', '/invoices/batch'].map((path) => [path, json('POST', invoiceBody())] as const);
const ROUTES = [
  ...BILLING.map(([path, init]) => ({ path, init, scope: 'relance/billing', other: 'relance/finance' })),
  { path: '/customers/C-1', init: json('PUT', {}), scope: 'relance/billing', other: 'relance/finance' },
  { path: '/cases/INV-1', init: {}, scope: 'relance/finance', other: 'relance/billing' },
  { path: '/cases/INV-1/history', init: {}, scope: 'relance/finance', other: 'relance/billing' },
  { path: '/unapplied-cash', init: {}, scope: 'relance/finance', other: 'relance/billing' },
];

describe('access', () => {
  it.each(ROUTES)('to $path is refused with 401 without a token', async ({ path, init }) => {
    const api = apiWith();
    const response = await api.request(path, init, { scopes: null });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answerOf(response)).toMatchObject({ status: 401, type: 'application/problem+json' });
    expect(api.asked).toEqual([]);
  });

  it.each(ROUTES)('to $path is refused with 403 with the scope $other', async ({ path, init, other }) => {
    const api = apiWith();
    expect((await api.request(path, init, { scopes: [other, 'relance/admin'] })).status).toBe(403);
    expect((await api.request(path, init, { scopes: [] })).status).toBe(403);
    expect(api.asked).toEqual([]);
  });

  it.each(ROUTES)('to $path passes with the scope $scope', async ({ path, init, scope }) => {
    const { status } = await apiWith().request(path, init, { scopes: [scope] });
    expect([401, 403]).not.toContain(status);
  });

  it.each(ROUTES)('to $path is 404 when the gateway matched no route', async ({ path, init }) => {
    const api = apiWith();
    expect((await api.request(path, init, { routeKey: '$default' })).status).toBe(404);
    expect(api.asked).toEqual([]);
  });

  it.each([
    ['/'],
    ['/invoice'],
    ['/invoices/INV-1'],
    ['/cases'],
    ['/cases/INV-1/history/1'],
    ['/_local/health'],
    ['//cases/INV-1'],
  ])('finds no route for GET %s', async (path) => {
    expect(await answerOf(await apiWith().request(path))).toMatchObject({
      status: 404,
      type: 'application/problem+json',
      body: { status: 404, type: 'urn:problem-type:relance:not-found' },
    });
  });
});

describe('a body', () => {
  const posted = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) =>
    apiWith().request('/invoices', { method: 'POST', headers, body });
  const text = JSON.stringify(invoiceBody());

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'may be %s',
    async (type) => {
      expect((await posted({ 'content-type': type }, text)).status).toBe(201);
    },
  );

  it.each([
    ['text/plain'],
    ['application/json; charset=latin1'],
    ['application/jsonp'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data'],
  ])('must not be %s', async (type) => {
    expect(await answerOf(await posted({ 'content-type': type }, text))).toMatchObject({
      status: 415,
      type: 'application/problem+json',
    });
  });

  it('must say its media type and must not be compressed', async () => {
    expect((await posted({}, new TextEncoder().encode(text))).status).toBe(415);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await posted(headers, text)).status).toBe(415);
  });

  it('may have 262 144 bytes and not one more, counted as bytes', async () => {
    const headers = { 'content-type': 'application/json' };
    const room = 256 * 1024 - new TextEncoder().encode(text).length;
    expect((await posted(headers, text + ' '.repeat(room))).status).toBe(201);
    expect((await posted(headers, text + ' '.repeat(room + 1))).status).toBe(413);
    expect((await posted(headers, `"${'é'.repeat(140_000)}"`)).status).toBe(413);
  });

  it.each([
    ['nothing', '', /end/i],
    ['half an object', '{"invoiceId": "INV-1"', /position 21/],
    ['a trailing comma', '{"invoiceId": "INV-1",}', /position 22/],
    ['two values', '{} {}', /position 3/],
    ['words', 'hello', /hello/],
  ])('that is %s is refused with 400, and told where', async (_, body, where) => {
    const answer = await answerOf(await posted({ 'content-type': 'application/json' }, body));
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json', body: { status: 400 } });
    expect((answer.body as { detail: string }).detail).toMatch(where);
  });

  it('that is not UTF-8 is refused with 400', async () => {
    const bytes = Uint8Array.of(0x22, 0xe9, 0x22);
    expect((await posted({ 'content-type': 'application/json' }, bytes)).status).toBe(400);
  });

  it('that nests a hundred thousand lists deep is refused as any other', async () => {
    const body = `{"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await posted({ 'content-type': 'application/json' }, body)).status).toBe(422);
  });
});

describe('an answer', () => {
  it('is never kept by a cache', async () => {
    const ok = await apiWith().request('/unapplied-cash');
    const problem = await apiWith().request('/nowhere');
    expect([ok, problem].map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store']);
  });
});
