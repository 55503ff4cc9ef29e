import { describe, expect, it } from 'vitest';
import { type ProxyRequest, toProxyEvent } from '../../../lib/local/gateway/proxy-event.ts';

function aRequest(changes: Partial<ProxyRequest> = {}): ProxyRequest {
  return {
    method: 'POST',
    target: '/invoices',
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
    headers: { 'content-type': 'application/json', 'user-agent': 'curl/8' },
    body: Buffer.from('{"é":1}'),
    apiId: 'abc',
    domainName: 'abc.execute-api.eu-west-3.amazonaws.com',
    accountId: '000000000000',
    routeKey: 'POST /invoices',
    pathParameters: {},
    jwt: undefined,
    timeEpoch: Date.UTC(2026, 0, 5, 8, 0, 9),
    ...changes,
  };
}

describe('the event of payload format 2.0', () => {
  it('carries the request and its context', () => {
    expect(toProxyEvent(aRequest())).toEqual({
      version: '2.0',
      routeKey: 'POST /invoices',
      rawPath: '/invoices',
      rawQueryString: '',
      headers: { 'content-type': 'application/json', 'user-agent': 'curl/8' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'abc',
        domainName: 'abc.execute-api.eu-west-3.amazonaws.com',
        domainPrefix: 'abc',
        http: { method: 'POST', path: '/invoices', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'curl/8' },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: 'POST /invoices',
        stage: '$default',
        time: '05/Jan/2026:08:00:09 +0000',
        timeEpoch: 1_767_600_009_000,
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  it('decodes the path, keeps the query as sent, and joins what is repeated', () => {
    const event = toProxyEvent(aRequest({ target: '/cases/caf%C3%A9?level=level1&q=a%20b&level=level2' }));
    expect(event).toMatchObject({
      rawPath: '/cases/café',
      rawQueryString: 'level=level1&q=a%20b&level=level2',
      queryStringParameters: { level: 'level1,level2', q: 'a b' },
    });
  });

  it('takes cookies out of the headers', () => {
    const event = toProxyEvent(aRequest({ headers: { cookie: 'a=1; b=2', host: 'x' } }));
    expect(event).toMatchObject({ cookies: ['a=1', 'b=2'], headers: { host: 'x' } });
    expect(event).not.toHaveProperty('headers.cookie');
  });

  it.each([
    ['application/json', false],
    ['application/problem+json; charset=utf-8', false],
    ['text/csv', false],
    ['application/xml', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    [undefined, true],
  ])('hands over a body of type %s as base64: %s', (contentType, isBase64Encoded) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const event = toProxyEvent(aRequest({ headers, body: Buffer.from('abc') }));
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YWJj' : 'abc' });
  });

  it('leaves out what the request does not have', () => {
    const event = toProxyEvent(aRequest({ body: Buffer.alloc(0) }));
    for (const name of ['body', 'cookies', 'queryStringParameters', 'pathParameters'])
      expect(event).not.toHaveProperty(name);
    expect(event).toMatchObject({ isBase64Encoded: false });
    expect(event).not.toHaveProperty('requestContext.authorizer');
  });

  it('carries the claims of the token', () => {
    const jwt = { claims: { scope: 'relance/billing' }, scopes: ['relance/billing'] };
    expect(toProxyEvent(aRequest({ jwt }))).toHaveProperty('requestContext.authorizer', { jwt });
  });
});
