import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import type { DeployedHttpApi, DeployedIdentity } from './template/deployment.ts';

/** Ten years: a token outlives every move of the clock, so that moving time does not log anybody out. */
const LIFETIME_SECONDS = 10 * 366 * 24 * 60 * 60;

/** Whose tokens are made, and on whose clock. */
export interface LocalTokensOptions {
  readonly api: DeployedHttpApi | undefined;
  readonly identity: DeployedIdentity;
  /** Virtual time, epoch milliseconds. */
  readonly now: () => number;
}

/**
 * The local stand-in for the user pool: signs access tokens that the deployed authorizer would take, with a key made at
 * the start. They have the claims of Cognito's client-credentials tokens and live ten years on the virtual clock.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export class LocalTokens {
  /** The public key, for whoever checks the tokens. */
  readonly keys: JSONWebKeySet;
  /** Every scope a token may ask for, as the template's resource servers define them. */
  readonly scopes: readonly string[];
  readonly #privateKey: CryptoKey;
  readonly #options: LocalTokensOptions;

  private constructor(privateKey: CryptoKey, keys: JSONWebKeySet, options: LocalTokensOptions) {
    this.#privateKey = privateKey;
    this.keys = keys;
    this.scopes = options.identity.scopes;
    this.#options = options;
  }

  /** Makes a key pair and stands ready. */
  static async create(options: LocalTokensOptions): Promise<LocalTokens> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }] };
    return new LocalTokens(privateKey, keys, options);
  }

  /** An access token with these scopes. They must exist: see {@link LocalTokens.scopes}. */
  async issue(scopes: readonly string[]): Promise<string> {
    const unknown = scopes.filter((scope) => !this.scopes.includes(scope));
    if (unknown.length > 0) throw new Error(`No scope ${unknown.join(', ')}. There are: ${this.scopes.join(', ')}`);
    const { issuer, clientId } = this.#authority(scopes);
    const issuedAtSeconds = Math.floor(this.#options.now() / 1000);
    const claims = { client_id: clientId, token_use: 'access', version: 2, scope: scopes.join(' ') };
    return new SignJWT({ ...claims, auth_time: issuedAtSeconds })
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
      .setIssuer(issuer)
      .setSubject(clientId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(issuedAtSeconds + LIFETIME_SECONDS)
      .sign(this.#privateKey);
  }

  /** The authorizer's issuer and, of its audience, the first client that may ask for these scopes. */
  #authority(scopes: readonly string[]): { issuer: string; clientId: string } {
    const { api, identity } = this.#options;
    const authorizer = api?.routes.find((route) => route.authorizer)?.authorizer;
    if (!authorizer) throw new Error('The template has no JWT authorizer: nothing here asks for a token');
    const mayAsk = (clientId: string) => {
      const allowed = identity.clients.find((client) => client.clientId === clientId)?.scopes ?? [];
      return scopes.every((scope) => allowed.includes(scope));
    };
    const { issuer, audience } = authorizer;
    return { issuer, clientId: audience.find(mayAsk) ?? audience[0] ?? 'local' };
  }
}

const KEY_ID = 'local';
