import { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { item, KILOBYTE_AND_A_HALF, ProxyStage, put } from './proxy-stage.ts';

const stage = ProxyStage.forThisFile();

describe('consumed capacity', () => {
  it('counts a write by kilobyte of the larger of before and after', async () => {
    await stage.client.send(put('SIZE', { text: { S: KILOBYTE_AND_A_HALF } }));
    await stage.client.send(put('SIZE', { text: { S: 'short' } }));
    expect(stage.meter.total('Ledger')).toEqual({ requests: 2, readUnits: 0, writeUnits: 4 });
  });

  it('counts a transaction twice, but its index writes once', async () => {
    await stage.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'Ledger', Item: item('T1', { text: { S: KILOBYTE_AND_A_HALF } }) } },
          { Put: { TableName: 'Ledger', Item: item('T2', { owner: { S: 'a' } }) } },
          { ConditionCheck: { TableName: 'Ledger', Key: item('T9'), ConditionExpression: 'attribute_not_exists(pk)' } },
          { Put: { TableName: 'History', Item: item('T1') } },
        ],
      }),
    );
    expect(stage.meter.total('Ledger').writeUnits).toBe(2 * 2 + (2 * 1 + 1) + 2 * 1);
    expect(stage.meter.total('History').writeUnits).toBe(2);
  });

  it('counts half a unit for an eventually consistent read, a whole one for a consistent one', async () => {
    await stage.client.send(put('READ'));
    stage.meter.reset();
    await stage.client.send(new GetItemCommand({ TableName: 'Ledger', Key: item('READ') }));
    await stage.client.send(new GetItemCommand({ TableName: 'Ledger', Key: item('READ'), ConsistentRead: true }));
    await stage.client.send(
      new QueryCommand({
        TableName: 'Ledger',
        KeyConditionExpression: 'pk = :pk AND sk = :sk',
        ExpressionAttributeValues: { ':pk': { S: 'INVOICE#1' }, ':sk': { S: 'READ' } },
      }),
    );
    expect(stage.meter.report().Ledger).toEqual({
      GetItem: { requests: 2, readUnits: 1.5, writeUnits: 0 },
      Query: { requests: 1, readUnits: 0.5, writeUnits: 0 },
    });
  });

  it('counts a failed condition like the write it prevented', async () => {
    const big = item('FAILED', { text: { S: KILOBYTE_AND_A_HALF } });
    await stage.client.send(new PutItemCommand({ TableName: 'Ledger', Item: big }));
    stage.meter.reset();
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    await stage.client
      .send(new PutItemCommand({ TableName: 'Ledger', Item: big, ...condition }))
      .catch(() => undefined);
    expect(stage.meter.total('Ledger').writeUnits).toBe(2);
    const Put = { TableName: 'Ledger', Item: big, ...condition };
    await stage.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] })).catch(() => undefined);
    expect(stage.meter.report().Ledger?.TransactWriteItems).toEqual({ requests: 1, readUnits: 0, writeUnits: 4 });
  });

  it('adds up over all tables', async () => {
    await stage.client.send(put('SUM'));
    await stage.client.send(new PutItemCommand({ TableName: 'History', Item: item('SUM') }));
    expect(stage.meter.total()).toEqual({ requests: 2, readUnits: 0, writeUnits: 2 });
  });
});
