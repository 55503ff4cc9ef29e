import { crc32 } from 'node:zlib';
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { startAwsEndpoint } from '../../../lib/local/aws/server.ts';
import type { AwsRequest } from '../../../lib/local/aws/service.ts';
import { createDynamoDbProxy } from '../../../lib/local/dynamodb/proxy.ts';
import { CREDENTIALS } from './dynamodb-fixture.ts';
import { item, ProxyStage, put } from './proxy-stage.ts';

const stage = ProxyStage.forThisFile();

describe('the DynamoDB proxy', () => {
  it('lets the SDK write, read and describe', async () => {
    await stage.client.send(put('CASE', { note: { S: 'é' } }));
    const { Item } = await stage.client.send(new GetItemCommand({ TableName: 'Ledger', Key: item('CASE') }));
    expect(Item).toEqual(item('CASE', { note: { S: 'é' } }));
    const { Table } = await stage.client.send(new DescribeTableCommand({ TableName: 'Ledger' }));
    expect(Table?.TableName).toBe('Ledger');
  });

  it('passes DynamoDB Streams on too', async () => {
    const streams = new DynamoDBStreamsClient({ endpoint: stage.url, ...CREDENTIALS });
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'Ledger' }));
    streams.destroy();
    expect(Streams).toHaveLength(1);
  });

  it('answers consumed capacity to who asks for it, and to nobody else', async () => {
    const silent = await stage.client.send(put('QUIET'));
    expect(silent.ConsumedCapacity).toBeUndefined();
    const asked = await stage.client.send(
      new PutItemCommand({
        TableName: 'Ledger',
        Item: item('ASKED', { owner: { S: 'a' } }),
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    expect(asked.ConsumedCapacity).toMatchObject({ CapacityUnits: 2, Table: { CapacityUnits: 1 } });
    expect(stage.meter.report()).toEqual({ Ledger: { PutItem: { requests: 2, readUnits: 0, writeUnits: 3 } } });
  });

  it('tells of each write, with every table it touched, and of no read', async () => {
    await stage.client.send(put('CASE'));
    await stage.client.send(new GetItemCommand({ TableName: 'Ledger', Key: item('CASE') }));
    await stage.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'Ledger', Item: item('A') } },
          { Put: { TableName: 'History', Item: item('1') } },
        ],
      }),
    );
    await stage.client.send(
      new BatchWriteItemCommand({ RequestItems: { History: [{ PutRequest: { Item: item('2') } }] } }),
    );
    expect(stage.written).toEqual([['Ledger'], ['Ledger', 'History'], ['History']]);
  });

  it('passes refusals on as they are and tells of no write', async () => {
    const Item = item('CASE');
    await stage.client.send(put('CASE'));
    stage.written.length = 0;
    const again = new PutItemCommand({ TableName: 'Ledger', Item, ConditionExpression: 'attribute_not_exists(pk)' });
    await expect(stage.client.send(again)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    await expect(stage.client.send(new PutItemCommand({ TableName: 'Nowhere', Item }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(stage.written).toEqual([]);
  });

  it('answers with the checksum of what it answers', async () => {
    await stage.client.send(put('CASE'));
    const headers = {
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20261110T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20261110/b/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    };
    const body = JSON.stringify({ TableName: 'Ledger', Key: item('CASE') });
    const answer = await fetch(stage.url, { method: 'POST', headers, body });
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({ Item: item('CASE') });
    expect(answer.headers.get('x-amz-crc32')).toBe(String(crc32(text)));
  });

  it('shows every caller the same tables, also on an emulator that keeps accounts and regions apart', async () => {
    const scopes: unknown[] = [];
    const listTables = (request: AwsRequest) => {
      scopes.push(request.headers.authorization?.match(/Credential=(\S+?),/)?.[1]?.replace(/\d{8}/, 'today'));
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{"TableNames":[]}' };
    };
    const behind = { ...stage.proxy, handle: async (request: AwsRequest) => listTables(request) };
    const strict = await startAwsEndpoint({ port: 0, services: [behind], faults: stage.faults });
    const front = createDynamoDbProxy({ endpoint: strict.url, meter: stage.meter, onWrite: () => undefined });
    const open = await startAwsEndpoint({ port: 0, services: [front], faults: stage.faults });
    for (const [region, accessKeyId] of [
      ['eu-west-1', 'one'],
      ['us-east-1', 'other'],
    ] as const) {
      const caller = new DynamoDBClient({
        endpoint: open.url,
        region,
        credentials: { accessKeyId, secretAccessKey: 'x' },
      });
      expect(await caller.send(new ListTablesCommand({}))).toMatchObject({ TableNames: [] });
      caller.destroy();
    }
    expect(scopes).toEqual(Array(2).fill('local/today/local/dynamodb/aws4_request'));
    front.close();
    await Promise.all([open.close(), strict.close()]);
  });

  it('says which emulator does not answer', async () => {
    const lost = createDynamoDbProxy({ endpoint: 'http://127.0.0.1:1', meter: stage.meter, onWrite: () => undefined });
    const alone = await startAwsEndpoint({ port: 0, services: [lost], faults: stage.faults });
    const lonely = new DynamoDBClient({ endpoint: alone.url, ...CREDENTIALS });
    await expect(lonely.send(put('CASE'))).rejects.toThrow(
      'The DynamoDB emulator at http://127.0.0.1:1 does not answer',
    );
    lonely.destroy();
    await alone.close();
  });
});
