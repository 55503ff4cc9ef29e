import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../lib/local/functions/function-environment.ts';

const deployed = {
  name: 'api',
  arn: 'arn',
  handler: 'index.handler',
  assetFolder: '/cdk.out/asset.1',
  environment: { LEDGER_TABLE: 'Ledger', AWS_ENDPOINT_URL: 'https://elsewhere.example', POWERTOOLS_DEV: 'true' },
  timeoutSeconds: 30,
  memoryMegabytes: 512,
  asynchronous: { retryAttemptsMax: 2, eventAgeSecondsMax: 21_600 },
};
const place = { region: 'eu-west-3', awsEndpointUrl: 'http://127.0.0.1:4566' };

describe('the environment of a function', () => {
  it('has what the template says and what Lambda sets', () => {
    expect(environmentOf(deployed, place)).toMatchObject({
      LEDGER_TABLE: 'Ledger',
      AWS_REGION: 'eu-west-3',
      AWS_LAMBDA_FUNCTION_NAME: 'api',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      LAMBDA_TASK_ROOT: '/cdk.out/asset.1',
      _HANDLER: 'index.handler',
    });
  });

  it('leads to this machine, whatever the template says', () => {
    expect(environmentOf(deployed, place)).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      POWERTOOLS_DEV: 'false',
    });
  });

  it('carries no credentials that a service outside would take', () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'real';
    const environment = environmentOf(deployed, place);
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(Object.values(environment)).not.toContain('real');
    expect(environment.AWS_SECRET_ACCESS_KEY).toBe('local');
  });
});
