import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RouteTable } from '../../../lib/local/gateway/route-table.ts';

const table = new RouteTable(
  [
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/dog/{id}',
    'GET /pets/dog/1',
    'ANY /pets/dog/1',
    'PUT /a/{b}/c/{d}',
  ].map((routeKey) => ({ routeKey })),
);

describe('the route of a request', () => {
  // The first four are the example of AWS's documentation.
  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['POST', '/pets/dog/1', 'ANY /pets/dog/1', {}],
    ['PUT', '/a/x%2Fy/c/%C3%A9', 'PUT /a/{b}/c/{d}', { b: 'x/y', d: 'é' }],
    ['GET', '/pets/dog/100%', 'GET /pets/dog/{id}', { id: '100%' }],
    ['GET', '/pets/dog/1/', 'GET /pets/{proxy+}', { proxy: 'dog/1/' }],
    ['POST', '/', 'ANY /{proxy+}', { proxy: '' }],
  ])('%s %s is %s', (method, path, routeKey, pathParameters) => {
    expect(table.match(method, path)).toEqual({ route: { routeKey }, pathParameters });
  });

  it('is the default when nothing else fits, and none when there is no default', () => {
    const routes = [{ routeKey: 'GET /cases' }];
    expect(new RouteTable([...routes, { routeKey: '$default' }]).match('POST', '/cases')?.route.routeKey).toBe(
      '$default',
    );
    expect(new RouteTable(routes).match('POST', '/cases')).toBeUndefined();
    expect(new RouteTable(routes).match('GET', '/cases/1')).toBeUndefined();
  });

  it('does not depend on the order of the template', () => {
    const keys = ['GET /cases', 'GET /cases/{id}', 'GET /cases/{id}/history', 'GET /cases/{proxy+}', 'ANY /cases/{id}'];
    const paths = ['/cases', '/cases/1', '/cases/1/history', '/cases/1/2/3'];
    const chosen = (order: string[]) => {
      const shuffled = new RouteTable(order.map((routeKey) => ({ routeKey })));
      return paths.map((path) => shuffled.match('GET', path)?.route.routeKey);
    };
    const expected = ['GET /cases', 'GET /cases/{id}', 'GET /cases/{id}/history', 'GET /cases/{proxy+}'];
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (order) => {
        expect(chosen(order)).toEqual(expected);
      }),
    );
  });
});
