import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../../lib/local/dynamodb/emulator.ts';
import { callAws } from '../../../lib/local/system/aws-call.ts';
import { createTables } from '../../../lib/local/system/create-tables.ts';
import type { DeployedTable } from '../../../lib/local/template/deployment.ts';

let emulator: DynamoDbEmulator;

beforeEach(async () => {
  emulator = await startDynamoDbEmulator();
});

afterEach(() => emulator.close());

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });

const LEDGER: DeployedTable = {
  name: 'Ledger',
  arn: 'arn:aws:dynamodb:eu-west-3:000000000000:table/Ledger',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributeDefinitions: ['pk', 'sk'].map(text),
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [],
  streamViewType: 'NEW_AND_OLD_IMAGES',
};

const INDEXED: DeployedTable = {
  ...LEDGER,
  attributeDefinitions: ['pk', 'sk', 'caseShard', 'dueRank', 'amountRank'].map(text),
  globalSecondaryIndexes: ['dueRank', 'amountRank'].map((rank, index) => ({
    IndexName: `By${rank}`,
    KeySchema: [
      { AttributeName: 'caseShard', KeyType: 'HASH' },
      { AttributeName: rank, KeyType: 'RANGE' },
    ],
    Projection:
      index === 0 ? { ProjectionType: 'KEYS_ONLY' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: ['dueRank'] },
  })),
};

describe('the tables of the stack', () => {
  it('have indexes that carry their keys, and what else they are told to', async () => {
    await createTables(emulator.endpoint, [INDEXED]);
    const row = { pk: 'INVOICE#1', sk: 'CASE', caseShard: 'OPEN#0', dueRank: '2026', amountRank: '7', note: 'x' };
    const Item = Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }]));
    await callAws(emulator.endpoint, 'DynamoDB_20120810.PutItem', { TableName: 'Ledger', Item });
    const namesIn = async (IndexName: string) => {
      const query = {
        KeyConditionExpression: 'caseShard = :shard',
        ExpressionAttributeValues: { ':shard': { S: 'OPEN#0' } },
      };
      const input = { TableName: 'Ledger', IndexName, ...query };
      const { body } = await callAws(emulator.endpoint, 'DynamoDB_20120810.Query', input);
      return Object.keys((body as { Items: object[] }).Items[0] ?? {}).sort();
    };
    expect(await namesIn('BydueRank')).toEqual(['caseShard', 'dueRank', 'pk', 'sk']);
    expect(await namesIn('ByamountRank')).toEqual(['amountRank', 'caseShard', 'dueRank', 'pk', 'sk']);
  });

  it('stay as they are when they are there already', async () => {
    await createTables(emulator.endpoint, [INDEXED]);
    await expect(createTables(emulator.endpoint, [INDEXED])).resolves.toBeUndefined();
  });

  it('of an older version are refused with the cure', async () => {
    await createTables(emulator.endpoint, [LEDGER]);
    await expect(createTables(emulator.endpoint, [INDEXED])).rejects.toThrow(
      'its table Ledger has no index BydueRank, ByamountRank. Start with another --data folder, or delete this one.',
    );
  });

  it('are refused by name when DynamoDB takes them not', async () => {
    const broken = { ...LEDGER, attributeDefinitions: [text('pk')] };
    await expect(createTables(emulator.endpoint, [broken])).rejects.toThrow(/DynamoDB refused the table Ledger: /);
  });
});
