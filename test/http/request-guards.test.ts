import { describe, expect, it } from 'vitest';
import { invoiceBody } from '../contracts/wire-bodies.ts';
import {
  answerOf,
  apiWith,
  json,
  letterApiWith,
  previewApiWith,
  reportApiWith,
  statementApiWith,
} from './fake-use-cases.ts';

const BILLING: readonly (readonly [string, RequestInit])[] = [
  ['/invoices', json('POST', invoiceBody())],
  ['/invoices/batch', json('POST', invoiceBody())],
  ['/invoices/INV-1/credit-notes', json('POST', {})],
  ['/invoices/INV-1/due-date', json('PUT', {})],
  ['/invoices/INV-1/cancellation', json('POST', {})],
];
const FINANCE: readonly (readonly [string, RequestInit])[] = [
  ['/cases', {}],
  ['/cases/INV-1', {}],
  ['/cases/INV-1/history', {}],
  ['/cases/INV-1/payments', json('POST', {})],
  ['/cases/INV-1/block', json('POST', {})],
  ['/cases/INV-1/block', { method: 'DELETE' }],
  ['/cases/INV-1/write-off', json('POST', {})],
  ['/cases/INV-1/hand-over', json('POST', {})],
  ['/unapplied-cash', {}],
  ['/unapplied-cash/BK-1/allocation', json('POST', {})],
  ['/customers/C-1', {}],
  ['/customers/C-1/statement', {}],
  ['/tasks', {}],
  ['/tasks/T-1', {}],
  ['/tasks/T-1/outcome', json('POST', { result: 'done' })],
  ['/policies', {}],
  ['/policies/standard', {}],
];
const ROUTES = [
  ...BILLING.map(([path, init]) => ({
    path,
    init,
    scope: 'relance/billing',
    others: ['relance/finance', 'relance/admin'],
  })),
  {
    path: '/customers/C-1',
    init: json('PUT', {}),
    scope: 'relance/billing',
    others: ['relance/finance', 'relance/admin'],
  },
  ...FINANCE.map(([path, init]) => ({
    path,
    init,
    scope: 'relance/finance',
    others: ['relance/billing', 'relance/admin'],
  })),
  { path: '/policies/standard', init: json('PUT', {}), scope: 'relance/finance', others: ['relance/billing'] },
  { path: '/policies/standard', init: json('PUT', {}), scope: 'relance/admin', others: ['relance/billing'] },
  {
    path: '/policies/standard/migration',
    init: json('POST', {}),
    scope: 'relance/finance',
    others: ['relance/billing'],
  },
  { path: '/policies/standard/migration', init: json('POST', {}), scope: 'relance/admin', others: ['relance/billing'] },
];

describe('access', () => {
  it.each(ROUTES)('to $init.method $path is refused with 401 without a token', async ({ path, init }) => {
    const api = apiWith();
    const response = await api.request(path, init, { scopes: null });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answerOf(response)).toMatchObject({ status: 401, type: 'application/problem+json' });
    expect(api.asked).toEqual([]);
  });

  it.each(ROUTES)(
    'to $init.method $path is refused with 403 with the scopes $others',
    async ({ path, init, others }) => {
      const api = apiWith();
      expect((await api.request(path, init, { scopes: others })).status).toBe(403);
      expect((await api.request(path, init, { scopes: [] })).status).toBe(403);
      expect(api.asked).toEqual([]);
    },
  );

  it.each(ROUTES)('to $init.method $path passes with the scope $scope', async ({ path, init, scope }) => {
    const { status } = await apiWith().request(path, init, { scopes: [scope] });
    expect([401, 403]).not.toContain(status);
  });

  it('names every scope a route takes', async () => {
    const response = await apiWith().request('/policies/standard', json('PUT', {}), { scopes: ['relance/billing'] });
    expect(await response.json()).toMatchObject({
      detail: 'This route takes a token with the scope relance/finance or relance/admin.',
    });
  });

  it.each(ROUTES)('to $init.method $path is 404 when the gateway matched no route', async ({ path, init }) => {
    const api = apiWith();
    expect((await api.request(path, init, { routeKey: '$default' })).status).toBe(404);
    expect(api.asked).toEqual([]);
  });

  it('to the preview of a policy takes the scope of finance', async () => {
    const posted = json('POST', {});
    const statusWith = async (scopes: string[] | null) =>
      (await previewApiWith().request('/policies/standard/preview', posted, { scopes })).status;
    expect(await Promise.all([null, ['relance/billing'], ['relance/finance']].map(statusWith))).toEqual([
      401, 403, 422,
    ]);
  });

  it('to the letter of a task takes the scope of finance', async () => {
    const statusWith = async (scopes: string[] | null) =>
      (await letterApiWith().request('/tasks/T-1/document', {}, { scopes })).status;
    const scopes = [null, ['relance/billing'], ['relance/admin'], ['relance/finance']];
    expect(await Promise.all(scopes.map(statusWith))).toEqual([401, 403, 403, 404]);
  });

  it('to statements of the bank and to reports takes the scope of finance', async () => {
    const scopes = [null, ['relance/billing'], ['relance/admin'], ['relance/finance']];
    const asked = scopes.map(async (held) => [
      (await statementApiWith().request('/bank-statements', json('POST', {}), { scopes: held })).status,
      (await reportApiWith().request('/reports/aged-receivables', {}, { scopes: held })).status,
      (await reportApiWith().request('/reports/collection', {}, { scopes: held })).status,
    ]);
    expect(await Promise.all(asked)).toEqual([
      [401, 401, 401],
      [403, 403, 403],
      [403, 403, 403],
      [415, 200, 422],
    ]);
  });

  it.each([
    ['/'],
    ['/invoice'],
    ['/invoices/INV-1'],
    ['/case'],
    ['/cases/INV-1/history/1'],
    ['/tasks/T-1/outcome'],
    ['/policies/standard/preview'],
    ['/cases/INV-1/block'],
    ['/reports/collection'],
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
    const letters = letterApiWith({ loadTaskDocument: async () => Uint8Array.of(0x25) });
    const pdf = await letters.request('/tasks/T-1/document');
    const kept = [ok, problem, pdf].map(({ headers }) => headers.get('cache-control'));
    expect(kept).toEqual(['no-store', 'no-store', 'no-store']);
  });
});
