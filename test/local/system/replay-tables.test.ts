import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../../lib/local/dynamodb/emulator.ts';
import type { InvokeResult } from '../../../lib/local/functions/invoker.ts';
import { callAws, messageOf } from '../../../lib/local/system/aws-call.ts';
import { createTables } from '../../../lib/local/system/create-tables.ts';
import { replayTables } from '../../../lib/local/system/replay-tables.ts';
import type { DeployedStreamConsumer, DeployedTable } from '../../../lib/local/template/deployment.ts';

const NOW_MILLIS = Date.parse('2026-01-05T08:00:00Z');

const table: DeployedTable = {
  name: 'Ledger',
  arn: 'arn:aws:dynamodb:eu-west-3:000000000000:table/Ledger',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributeDefinitions: ['pk', 'sk', 'shard'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  globalSecondaryIndexes: [
    {
      IndexName: 'ByShard',
      KeySchema: [{ AttributeName: 'shard', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  localSecondaryIndexes: [
    {
      IndexName: 'Local',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'shard', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  streamViewType: 'NEW_AND_OLD_IMAGES',
};

const consumer: DeployedStreamConsumer = {
  id: 'Mapping',
  tableName: 'Ledger',
  streamArn: `${table.arn}/stream/local`,
  functionName: 'wake',
  batchSize: 2,
  filters: [{ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['CASE'] } } } }],
  bisectBatchOnError: false,
  reportsBatchItemFailures: false,
  retryAttemptsMax: -1,
  recordAgeSecondsMax: -1,
  onFailureArn: undefined,
};

let emulator: DynamoDbEmulator;
const delivered: { functionName: string; Records: Record<string, unknown>[] }[] = [];

beforeAll(async () => {
  emulator = await startDynamoDbEmulator();
  await createTables(emulator.endpoint, [table]);
  for (const [pk, sk] of [
    ['INVOICE#A', 'CASE'],
    ['INVOICE#A', 'STEP#A1#1'],
    ['INVOICE#B', 'CASE'],
    ['INVOICE#C', 'CASE'],
  ]) {
    const Item = { pk: { S: pk }, sk: { S: sk }, note: { S: `of ${pk}` } };
    await callAws(emulator.endpoint, 'DynamoDB_20120810.PutItem', { TableName: 'Ledger', Item });
  }
});

afterAll(() => emulator.close());

beforeEach(() => {
  delivered.length = 0;
});

function replay(changes: Partial<DeployedStreamConsumer> = {}, result: InvokeResult = { ok: true, payload: null }) {
  const invoke = async (functionName: string, payload: unknown) => {
    delivered.push({ functionName, Records: (payload as { Records: Record<string, unknown>[] }).Records });
    return result;
  };
  const consumers = [{ ...consumer, ...changes }];
  const { endpoint } = emulator;
  return replayTables({
    endpoint,
    region: 'eu-west-3',
    tables: [table],
    consumers,
    functions: { invoke },
    now: () => NOW_MILLIS,
  });
}

describe('a table of the template', () => {
  it('is made with its keys, indexes and stream', async () => {
    const { body } = await callAws(emulator.endpoint, 'DynamoDB_20120810.DescribeTable', { TableName: 'Ledger' });
    expect(body.Table).toMatchObject({
      KeySchema: table.keySchema,
      GlobalSecondaryIndexes: [{ IndexName: 'ByShard', Projection: { ProjectionType: 'ALL' } }],
      LocalSecondaryIndexes: [{ IndexName: 'Local' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('stays as it is when it is there already', async () => {
    await createTables(emulator.endpoint, [table]);
    const { body } = await callAws(emulator.endpoint, 'DynamoDB_20120810.Scan', { TableName: 'Ledger' });
    expect(body.Count).toBe(4);
  });

  it('is named when DynamoDB refuses it', async () => {
    const broken = { ...table, name: 'Broken', attributeDefinitions: [] };
    await expect(createTables(emulator.endpoint, [broken])).rejects.toThrow(
      /refused the table Broken: ValidationException/,
    );
  });

  it('that is not there is an error by its name, with a message', async () => {
    const answer = await callAws(emulator.endpoint, 'DynamoDB_20120810.DescribeTable', { TableName: 'Gone' });
    expect(answer).toMatchObject({ status: 400, errorName: 'ResourceNotFoundException' });
    expect(messageOf(answer)).toMatch(/not found/i);
  });
});

describe('replaying a table', () => {
  it('delivers every item that passes the filters as INSERT, in batches', async () => {
    expect(await replay()).toBe(3);
    expect(delivered.map(({ functionName, Records }) => [functionName, Records.length])).toEqual([
      ['wake', 2],
      ['wake', 1],
    ]);
    expect(delivered[0]?.Records[0]).toMatchObject({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-3',
      eventSourceARN: consumer.streamArn,
      dynamodb: {
        ApproximateCreationDateTime: NOW_MILLIS / 1000,
        Keys: { sk: { S: 'CASE' } },
        NewImage: { sk: { S: 'CASE' }, note: { S: expect.stringMatching(/^of INVOICE#/) } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  });

  it('delivers each item once', async () => {
    await replay();
    const ids = delivered.flatMap(({ Records }) => Records.map(({ eventID }) => eventID));
    expect(new Set(ids).size).toBe(3);
  });

  it('delivers everything where nothing is filtered, and nothing where no INSERT is wanted', async () => {
    expect(await replay({ filters: [] })).toBe(4);
    delivered.length = 0;
    expect(await replay({ filters: [{ eventName: ['MODIFY'] }] })).toBe(0);
    expect(delivered).toEqual([]);
  });

  it('passes over a consumer of a table of another stack', async () => {
    expect(await replay({ tableName: 'Elsewhere' })).toBe(0);
  });

  it('fails with the error of the consumer', async () => {
    const error: InvokeResult = { ok: false, errorType: 'Dunning.Contract', errorMessage: 'a broken row' };
    await expect(replay({}, error)).rejects.toThrow('wake failed on the kept data: Dunning.Contract: a broken row');
  });
});
