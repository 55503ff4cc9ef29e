import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, type LocalAws, SECRET_ARN, START, startLocalAws } from './aws-fixture.ts';

let aws: LocalAws;
let client: SecretsManagerClient;

beforeEach(async () => {
  aws = await startLocalAws();
  client = new SecretsManagerClient({ endpoint: aws.endpoint.url, ...CLIENT });
});

afterEach(async () => {
  client.destroy();
  await aws.endpoint.close();
});

const get = (more = {}) => client.send(new GetSecretValueCommand({ SecretId: SECRET_ARN, ...more }));
const put = (SecretString: string, more = {}) =>
  client.send(new PutSecretValueCommand({ SecretId: SECRET_ARN, SecretString, ...more }));

describe('a secret', () => {
  it.each([
    ['its ARN', SECRET_ARN],
    ['its name', 'relance/bank'],
    ['its ARN without the random part', SECRET_ARN.slice(0, -7)],
  ])('is found by %s', async (_what, SecretId) => {
    expect(await get({ SecretId })).toMatchObject({
      ARN: SECRET_ARN,
      Name: 'relance/bank',
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date(START),
    });
  });

  it('rotates: the new text is current, the one before it previous, older ones have no label', async () => {
    await put('second');
    await aws.clock.advanceTo(START + 60_000);
    const third = await put('third');
    expect((await get()).SecretString).toBe('third');
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
    expect(aws.secrets.currentText('relance/bank')).toBe('third');
    const { VersionIdsToStages, LastChangedDate } = await client.send(
      new DescribeSecretCommand({ SecretId: SECRET_ARN }),
    );
    expect(
      Object.values(VersionIdsToStages ?? {})
        .flat()
        .sort(),
    ).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    expect(VersionIdsToStages?.[third.VersionId ?? '']).toEqual(['AWSCURRENT']);
    expect(LastChangedDate).toEqual(new Date(START + 60_000));
  });

  it('answers a version by its id, with or without a label', async () => {
    const { VersionId } = await put('second');
    await put('third');
    await put('fourth');
    expect(await get({ VersionId })).toMatchObject({ SecretString: 'second', VersionStages: [] });
    await expect(get({ VersionId, VersionStage: 'AWSCURRENT' })).rejects.toThrow(
      "can't find the specified secret value",
    );
  });

  it('is put once however often the same request arrives', async () => {
    const ClientRequestToken = 'a'.repeat(36);
    await put('second', { ClientRequestToken });
    await put('second', { ClientRequestToken });
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('first');
    await expect(put('other', { ClientRequestToken })).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect((await get()).SecretString).toBe('second');
  });

  it('has no previous text before it rotates', async () => {
    await expect(get({ VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
    });
  });

  it.each([
    [
      'an unknown secret',
      new GetSecretValueCommand({ SecretId: 'nope' }),
      'ResourceNotFoundException',
      /can't find the specified secret\./,
    ],
    [
      'no secret id',
      new GetSecretValueCommand({ SecretId: undefined }),
      'InvalidParameterException',
      /must provide SecretId/,
    ],
    [
      'bytes',
      new PutSecretValueCommand({ SecretId: SECRET_ARN, SecretBinary: Buffer.from('a') }),
      'InvalidParameterException',
      /keeps texts only/,
    ],
    [
      'labels of its own',
      new PutSecretValueCommand({ SecretId: SECRET_ARN, SecretString: 'a', VersionStages: ['X'] }),
      'InvalidParameterException',
      /leave VersionStages out/,
    ],
    [
      'an unknown operation',
      new CreateSecretCommand({ Name: 'a' }),
      'UnknownOperationException',
      /"CreateSecret" of secretsmanager/,
    ],
  ] as const)('is not served for %s', async (_what, command, name, message) => {
    await expect(client.send(command as GetSecretValueCommand)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['throttle', { name: 'ThrottlingException' }],
    ['error', { name: 'InternalServiceError' }],
    ['timeout-after-success', { code: 'ECONNRESET' }],
    ['crash-before-reply', { code: 'ECONNRESET' }],
  ])('can fail with the fault %s, once', async (kind, error) => {
    aws.faults.inject({ service: 'secretsmanager', kind });
    await expect(get()).rejects.toMatchObject(error);
    expect((await get()).SecretString).toBe('first');
  });
});
