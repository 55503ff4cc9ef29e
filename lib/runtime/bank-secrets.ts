import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { UnavailableError } from '../domain/errors.ts';

/** A secret that was taken back is believed no longer than this. */
const KEPT_SECONDS = 300;

/** What a flood of forged signatures can cost: each refresh is two calls of Secrets Manager. */
const REFRESHES_A_MINUTE_MAX = 5;

/**
 * Loads the secrets a bank may sign with: the current one, and the previous one while Secrets Manager still keeps it, so that a rotation refuses nobody.
 *
 * @returns a function of what is asked for and the time in Unix seconds: secrets kept for up to five minutes, or fresh ones, at most five times a minute
 * @throws UnavailableError when Secrets Manager does not answer
 */
export function bankSecrets(
  client: SecretsManagerClient,
  secretArn: string,
): (age: 'kept' | 'fresh', nowSeconds: number) => Promise<readonly string[]> {
  let kept: { readonly secrets: readonly string[]; readonly atSeconds: number } | null = null;
  let refreshedAtSeconds: number[] = [];
  return async (age, nowSeconds) => {
    const isYoung = kept !== null && Math.abs(nowSeconds - kept.atSeconds) < KEPT_SECONDS;
    refreshedAtSeconds = refreshedAtSeconds.filter((atSeconds) => Math.abs(nowSeconds - atSeconds) < 60);
    const mayRefresh = refreshedAtSeconds.length < REFRESHES_A_MINUTE_MAX;
    if (kept && isYoung && (age === 'kept' || !mayRefresh)) return kept.secrets;
    refreshedAtSeconds.push(nowSeconds);
    const current = await load(client, secretArn, 'AWSCURRENT');
    const previous = await load(client, secretArn, 'AWSPREVIOUS');
    kept = { secrets: [current, previous].filter((secret) => secret !== null), atSeconds: nowSeconds };
    return kept.secrets;
  };
}

async function load(client: SecretsManagerClient, SecretId: string, VersionStage: string): Promise<string | null> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
    return SecretString ?? null;
  } catch (error) {
    const isNotFound = error instanceof Error && error.name === 'ResourceNotFoundException';
    // A secret that was never rotated has no previous version.
    if (isNotFound && VersionStage === 'AWSPREVIOUS') return null;
    throw new UnavailableError('the secret of the bank cannot be read', { cause: error });
  }
}
