import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { UnavailableError } from '../domain/errors.ts';

/**
 * Loads the secrets a bank may sign with: the current one, and the previous one while Secrets Manager still keeps it, so that a rotation refuses nobody.
 *
 * @returns a function that gives those kept from an earlier request, or asks again
 * @throws UnavailableError when Secrets Manager does not answer
 */
export function bankSecrets(
  client: SecretsManagerClient,
  secretArn: string,
): (age: 'kept' | 'fresh') => Promise<readonly string[]> {
  let kept: readonly string[] | null = null;
  return async (age) => {
    if (kept && age === 'kept') return kept;
    const current = await load(client, secretArn, 'AWSCURRENT');
    const previous = await load(client, secretArn, 'AWSPREVIOUS');
    kept = [current, previous].filter((secret) => secret !== null);
    return kept;
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
