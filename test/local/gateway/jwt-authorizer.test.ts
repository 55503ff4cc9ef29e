import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { JwtAuthorizer } from '../../../lib/local/gateway/jwt-authorizer.ts';

const NOW_SECONDS = 1_800_000_000;
const route = { authorizer: { issuer: 'https://issuer', audience: ['client-1', 'client-2'] }, routeScopes: ['a'] };
let sign: (claims: Record<string, unknown>, algorithm?: string) => Promise<string>;
let authorizer: JwtAuthorizer;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] };
  authorizer = new JwtAuthorizer(keys, () => NOW_SECONDS * 1000);
  const good = { iss: 'https://issuer', client_id: 'client-2', exp: NOW_SECONDS + 60, scope: 'a b' };
  sign = (claims) =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
});

async function statusFor(claims: Record<string, unknown>): Promise<number> {
  const verdict = await authorizer.authorize({ ...route, authorization: `Bearer ${await sign(claims)}` });
  return verdict.allowed ? 200 : verdict.status;
}

describe('the JWT authorizer', () => {
  it.each([
    ['the client among its audience', {}, 200],
    ['an audience of its own, whatever the client', { aud: ['x', 'client-1'], client_id: 'stranger' }, 200],
    ['a foreign audience, whatever the client', { aud: 'x' }, 401],
    ['a foreign client', { client_id: 'stranger' }, 401],
    ['another issuer', { iss: 'https://elsewhere' }, 401],
    ['its last second', { exp: NOW_SECONDS + 1 }, 200],
    ['an expiry of now', { exp: NOW_SECONDS }, 401],
    ['no expiry', { exp: undefined }, 401],
    ['a start in the future', { nbf: NOW_SECONDS + 1 }, 401],
    ['an issue in the future', { iat: NOW_SECONDS + 1 }, 401],
    ['other scopes', { scope: 'b c' }, 403],
    ['no scopes', { scope: undefined }, 403],
    ['its scopes under the name scp', { scope: undefined, scp: 'a' }, 200],
  ])('answers a token with %s', async (_name, claims, status) => {
    expect(await statusFor(claims)).toBe(status);
  });

  it('hands every claim over as text', async () => {
    const authorization = await sign({ aud: ['client-1', 'x'], verified: true });
    const verdict = await authorizer.authorize({ ...route, authorization });
    expect(verdict).toMatchObject({
      claims: { aud: '[client-1 x]', verified: 'true', exp: String(NOW_SECONDS + 60) },
      scopes: ['a'],
    });
  });
});
