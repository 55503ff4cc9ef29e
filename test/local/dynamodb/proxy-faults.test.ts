import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS } from './dynamodb-fixture.ts';
import { item, ProxyStage, put } from './proxy-stage.ts';

const stage = ProxyStage.forThisFile();

describe('faults of DynamoDB', () => {
  it('throttles without writing', async () => {
    stage.faults.inject({ service: 'dynamodb', kind: 'throttle' });
    await expect(stage.client.send(put('THROTTLED'))).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(await stage.read('THROTTLED')).toBeUndefined();
  });

  it('fails inside without writing', async () => {
    stage.faults.inject({ service: 'dynamodb', kind: 'error' });
    await expect(stage.client.send(put('BROKEN'))).rejects.toMatchObject({ name: 'InternalServerError' });
    expect(await stage.read('BROKEN')).toBeUndefined();
  });

  it('cuts the connection before writing', async () => {
    stage.faults.inject({ service: 'dynamodb', kind: 'crash-before-reply' });
    await expect(stage.client.send(put('CUT'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await stage.read('CUT')).toBeUndefined();
    expect(stage.written).toEqual([]);
  });

  it('cuts the connection after writing, and tells of the write', async () => {
    stage.faults.inject({ service: 'dynamodb', kind: 'timeout-after-success' });
    const update = new UpdateItemCommand({
      TableName: 'Ledger',
      Key: item('DONE'),
      UpdateExpression: 'SET wake = :yes',
      ExpressionAttributeValues: { ':yes': { S: 'yes' } },
    });
    await expect(stage.client.send(update)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await stage.read('DONE')).toEqual(item('DONE', { wake: { S: 'yes' } }));
    expect(stage.written).toEqual([['Ledger']]);
  });

  it('recovers with the retries of the SDK', async () => {
    const patient = new DynamoDBClient({ endpoint: stage.url, ...CREDENTIALS, maxAttempts: 3 });
    stage.faults.inject({ service: 'dynamodb', kind: 'throttle', times: 2 });
    await patient.send(put('PATIENT'));
    patient.destroy();
    expect(await stage.read('PATIENT')).toEqual(item('PATIENT'));
  });
});
