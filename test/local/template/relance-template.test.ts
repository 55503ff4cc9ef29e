import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../../lib/local/synthesize.ts';
import type { Deployment } from '../../../lib/local/template/deployment.ts';
import { readDeployment } from '../../../lib/local/template/read-deployment.ts';

let deployment: Deployment;

beforeAll(async () => {
  const projectFolder = join(import.meta.dirname, '..', '..', '..');
  deployment = await readDeployment(await synthesize({ projectFolder }));
});

describe("Relance's own template, read for this machine", () => {
  it('names every function with a bundle that is there', () => {
    const services = deployment.functions.map(({ environment }) => environment.POWERTOOLS_SERVICE_NAME);
    expect(services.sort()).toEqual([
      'api',
      'apply-payment',
      'assign-call',
      'hand-over',
      'import-statement',
      'plan-next-step',
      'post-letter',
      'preview-policy',
      'read-letter',
      'receive-bank-webhook',
      'record-delivery',
      'reports',
      'review-case',
      'send-email',
      'send-sms',
      'wake-executions',
    ]);
    for (const { assetFolder } of deployment.functions) expect(existsSync(join(assetFolder, 'index.mjs'))).toBe(true);
  });

  it('gives functions the names of what they reach', () => {
    const environmentOf = (service: string) =>
      deployment.functions.find(({ environment }) => environment.POWERTOOLS_SERVICE_NAME === service)?.environment;
    expect(environmentOf('api')).toMatchObject({
      LEDGER_TABLE: deployment.outputs.LedgerTableName,
      HISTORY_TABLE: deployment.outputs.HistoryTableName,
      STATE_MACHINE_ARN: deployment.outputs.StateMachineArn,
    });
    expect(environmentOf('wake-executions')).toMatchObject({
      STATE_MACHINE_ARN: deployment.stateMachines[0]?.arn,
      BUS_NAME: deployment.busNames[1],
      LETTERS_BUCKET: deployment.bucketNames[0],
    });
    expect(environmentOf('post-letter')?.LETTERS_BUCKET).toBe(deployment.outputs.LettersBucketName);
    expect(environmentOf('receive-bank-webhook')).toMatchObject({
      BANK_SECRET_ARN: deployment.secrets[0]?.arn,
      BUS_NAME: deployment.busNames[1],
    });
    expect(environmentOf('send-email')?.CONFIGURATION_SET).toBe(deployment.configurationSets[0]?.name);
  });

  it('asks for a token of the right scope everywhere but at the webhook', () => {
    const routes = new Map(deployment.api?.routes.map((route) => [route.routeKey, route]));
    expect(routes.get('POST /invoices')?.scopes).toEqual(['relance/billing']);
    expect(routes.get('GET /cases/{invoiceId}')?.scopes).toEqual(['relance/finance']);
    expect(routes.get('POST /webhooks/bank')).toMatchObject({ authorizer: undefined, scopes: [] });
    for (const { routeKey, authorizer } of routes.values()) {
      const isOpen = routeKey === 'POST /webhooks/bank' || routeKey === '$default';
      expect(authorizer === undefined, routeKey).toBe(isOpen);
    }
    expect(deployment.identity.scopes).toContain('relance/admin');
  });

  it('has a workflow without a placeholder left', () => {
    const [machine] = deployment.stateMachines;
    expect(() => JSON.parse(machine?.definition ?? '')).not.toThrow();
    expect(machine?.definition).not.toMatch(/\$\{/);
    expect(machine?.definition).toContain(deployment.outputs.LedgerTableName);
  });

  it('has a stream whose consumer gives up to a dead-letter queue that exists', () => {
    const [consumer] = deployment.streamConsumers;
    expect(consumer).toMatchObject({
      tableName: deployment.outputs.LedgerTableName,
      bisectBatchOnError: true,
      reportsBatchItemFailures: true,
    });
    expect(deployment.queues.map(({ arn }) => arn)).toContain(consumer?.onFailureArn);
  });

  it('gives every rule a target that is a function, with a dead-letter queue', () => {
    expect(deployment.rules).toHaveLength(2);
    for (const { targets } of deployment.rules) {
      expect(deployment.functions.map(({ arn }) => arn)).toContain(targets[0]?.arn);
      expect(deployment.queues.map(({ arn }) => arn)).toContain(targets[0]?.deadLetterArn);
    }
  });

  it('has the outputs of the contract', () => {
    expect(Object.keys(deployment.outputs).sort()).toEqual([
      'ApiUrl',
      'BankSecretArn',
      'BusName',
      'ExecutionsUrl',
      'FinanceClientId',
      'HistoryTableName',
      'LedgerTableName',
      'LettersBucketName',
      'StateMachineArn',
      'UserPoolClientId',
      'UserPoolId',
    ]);
  });
});
