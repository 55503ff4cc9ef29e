import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import type { DeployedHttpApi, DeployedIdentity } from '../../lib/local/template/deployment.ts';
import { LocalTokens } from '../../lib/local/tokens.ts';

const NOW_MILLIS = Date.parse('2026-01-05T08:00:00Z');

const api: DeployedHttpApi = {
  id: 'abc',
  domainName: 'abc.example',
  routes: [
    { routeKey: 'POST /open', functionName: 'f', timeoutMillis: 1, authorizer: undefined, scopes: [] },
    {
      routeKey: 'GET /closed',
      functionName: 'f',
      timeoutMillis: 1,
      authorizer: { issuer: 'https://issuer', audience: ['machine', 'people'] },
      scopes: ['relance/billing'],
    },
  ],
};

const identity: DeployedIdentity = {
  clients: [
    { clientId: 'machine', scopes: ['relance/billing'] },
    { clientId: 'people', scopes: ['openid', 'relance/finance'] },
  ],
  scopes: ['relance/billing', 'relance/finance', 'relance/admin'],
};

const create = (changes: { api?: DeployedHttpApi | undefined } = {}) =>
  LocalTokens.create({ api, identity, now: () => NOW_MILLIS, ...changes });

describe('a local token', () => {
  it("has the claims of Cognito's client credentials, on the virtual clock", async () => {
    const token = await (await create()).issue(['relance/billing']);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: 'local' });
    expect(decodeJwt(token)).toEqual({
      iss: 'https://issuer',
      sub: 'machine',
      client_id: 'machine',
      token_use: 'access',
      version: 2,
      scope: 'relance/billing',
      auth_time: NOW_MILLIS / 1000,
      iat: NOW_MILLIS / 1000,
      exp: expect.any(Number),
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('lives ten years', async () => {
    const { exp = 0 } = decodeJwt(await (await create()).issue(['relance/billing']));
    expect(new Date(exp * 1000).getUTCFullYear()).toBe(2036);
  });

  it.each([
    [['relance/billing'], 'machine'],
    [['relance/finance'], 'people'],
    [['relance/billing', 'relance/finance'], 'machine'],
    [['relance/admin'], 'machine'],
  ])('for %j is of the client that may ask for it, else of the first: %s', async (scopes, clientId) => {
    const claims = decodeJwt(await (await create()).issue(scopes));
    expect(claims).toMatchObject({ client_id: clientId, scope: scopes.join(' ') });
  });

  it('is not issued for a scope that no resource server defines', async () => {
    await expect((await create()).issue(['openid'])).rejects.toThrow(/No scope openid\. There are: relance\/billing/);
  });

  it('is not issued when nothing asks for one', async () => {
    await expect((await create({ api: undefined })).issue(['relance/billing'])).rejects.toThrow(/no JWT authorizer/);
  });

  it('comes with a public key and never with the private one', async () => {
    const { keys } = await create();
    expect(keys.keys).toHaveLength(1);
    expect(keys.keys[0]).toMatchObject({ kid: 'local', alg: 'RS256', use: 'sig' });
    expect(keys.keys[0]).not.toHaveProperty('d');
  });
});
