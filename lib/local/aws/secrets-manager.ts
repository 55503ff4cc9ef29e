import { jsonService } from './json-service.ts';
import type { Secrets } from './secrets.ts';
import { AwsError, type AwsService } from './service.ts';

type Input = Readonly<Record<string, unknown>>;

/** Secrets Manager behind the endpoint: `GetSecretValue`, `PutSecretValue`, `DescribeSecret`, for texts. */
export function secretsManagerService(secrets: Secrets): AwsService {
  return jsonService({
    name: 'secretsmanager',
    protocol: 'json-1.1',
    targetPrefix: 'secretsmanager',
    internalErrorCode: 'InternalServiceError',
    operations: {
      GetSecretValue: (input) => getSecretValue(secrets, input),
      PutSecretValue: (input) => putSecretValue(secrets, input),
      DescribeSecret: (input) => describeSecret(secrets, input),
    },
  });
}

function getSecretValue(secrets: Secrets, input: Input) {
  const { arn, name } = secrets.find(secretIdOf(input));
  const version = secrets.version(arn, {
    versionId: optionalText(input, 'VersionId'),
    stage: optionalText(input, 'VersionStage'),
  });
  return {
    ARN: arn,
    Name: name,
    VersionId: version.versionId,
    SecretString: version.text,
    VersionStages: version.stages,
    CreatedDate: version.createdAtMillis / 1000,
  };
}

function putSecretValue(secrets: Secrets, input: Input) {
  const text = optionalText(input, 'SecretString');
  if (text === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'You must provide SecretString: the local endpoint keeps texts only.',
    );
  }
  if (input.VersionStages !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'The local endpoint moves AWSCURRENT only: leave VersionStages out.',
    );
  }
  const { arn, name } = secrets.find(secretIdOf(input));
  const version = secrets.put(arn, text, optionalText(input, 'ClientRequestToken'));
  return { ARN: arn, Name: name, VersionId: version.versionId, VersionStages: version.stages };
}

function describeSecret(secrets: Secrets, input: Input) {
  const { arn, name, versions } = secrets.find(secretIdOf(input));
  const labelled = versions.filter(({ stages }) => stages.length > 0);
  const created = versions.map(({ createdAtMillis }) => createdAtMillis / 1000);
  return {
    ARN: arn,
    Name: name,
    VersionIdsToStages: Object.fromEntries(labelled.map(({ versionId, stages }) => [versionId, stages])),
    CreatedDate: Math.min(...created),
    LastChangedDate: Math.max(...created),
  };
}

function secretIdOf(input: Input): string {
  const secretId = optionalText(input, 'SecretId');
  if (secretId === undefined) throw new AwsError('InvalidParameterException', 'You must provide SecretId.');
  return secretId;
}

function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}
