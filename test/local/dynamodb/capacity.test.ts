import { describe, expect, it } from 'vitest';
import { CapacityMeter } from '../../../lib/local/dynamodb/capacity-meter.ts';
import {
  capacityIn,
  capacityOfFailedCondition,
  isWrite,
  tablesOf,
} from '../../../lib/local/dynamodb/consumed-capacity.ts';

describe('the capacity meter', () => {
  it('adds up per table and operation', () => {
    const meter = new CapacityMeter();
    meter.record('Ledger', 'PutItem', { readUnits: 0, writeUnits: 2 });
    meter.record('Ledger', 'PutItem', { readUnits: 0, writeUnits: 3 });
    meter.record('Ledger', 'GetItem', { readUnits: 0.5, writeUnits: 0 });
    meter.record('History', 'Query', { readUnits: 1, writeUnits: 0 });
    expect(meter.report()).toEqual({
      Ledger: {
        PutItem: { requests: 2, readUnits: 0, writeUnits: 5 },
        GetItem: { requests: 1, readUnits: 0.5, writeUnits: 0 },
      },
      History: { Query: { requests: 1, readUnits: 1, writeUnits: 0 } },
    });
  });

  it('totals a table, or all of them', () => {
    const meter = new CapacityMeter();
    meter.record('Ledger', 'PutItem', { readUnits: 0, writeUnits: 2 });
    meter.record('History', 'Query', { readUnits: 1, writeUnits: 0 });
    expect(meter.total('Ledger')).toEqual({ requests: 1, readUnits: 0, writeUnits: 2 });
    expect(meter.total()).toEqual({ requests: 2, readUnits: 1, writeUnits: 2 });
    expect(meter.total('Unknown')).toEqual({ requests: 0, readUnits: 0, writeUnits: 0 });
  });

  it('starts again at zero when reset', () => {
    const meter = new CapacityMeter();
    meter.record('Ledger', 'PutItem', { readUnits: 0, writeUnits: 2 });
    meter.reset();
    expect(meter.report()).toEqual({});
  });
});

describe('what a request consumes', () => {
  it.each([
    ['PutItem', true],
    ['UpdateItem', true],
    ['DeleteItem', true],
    ['BatchWriteItem', true],
    ['TransactWriteItems', true],
    ['GetItem', false],
    ['Query', false],
    ['Scan', false],
    ['BatchGetItem', false],
    ['TransactGetItems', false],
    ['DescribeTable', undefined],
    ['GetRecords', undefined],
  ])('%s writes: %s', (operation, writes) => {
    expect(isWrite(operation)).toBe(writes);
  });

  it.each([
    ['a single item', { TableName: 'Ledger' }, ['Ledger']],
    ['a batch', { RequestItems: { Ledger: [], History: [] } }, ['Ledger', 'History']],
    [
      'a transaction, each table once',
      { TransactItems: [{ Put: { TableName: 'Ledger' } }, { ConditionCheck: { TableName: 'Ledger' } }] },
      ['Ledger'],
    ],
    ['nothing', {}, []],
  ])('names the tables of %s', (_what, body, tables) => {
    expect(tablesOf(body)).toEqual(tables);
  });

  it('is read from an answer about one table, or several, as reads or writes', () => {
    const one = { ConsumedCapacity: { TableName: 'Ledger', CapacityUnits: 0.5 } };
    expect(capacityIn(one, 'GetItem')).toEqual([{ tableName: 'Ledger', readUnits: 0.5, writeUnits: 0 }]);
    const several = {
      ConsumedCapacity: [
        { TableName: 'Ledger', CapacityUnits: 4 },
        { TableName: 'History', CapacityUnits: 2 },
      ],
    };
    expect(capacityIn(several, 'TransactWriteItems')).toEqual([
      { tableName: 'Ledger', readUnits: 0, writeUnits: 4 },
      { tableName: 'History', readUnits: 0, writeUnits: 2 },
    ]);
    expect(capacityIn({}, 'GetItem')).toEqual([]);
  });

  it('is a unit per kilobyte of what a failed condition kept from being written', () => {
    const Item = { pk: { S: 'x'.repeat(1_500) } };
    expect(capacityOfFailedCondition({ TableName: 'Ledger', Item })).toEqual([
      { tableName: 'Ledger', readUnits: 0, writeUnits: 2 },
    ]);
    expect(capacityOfFailedCondition({ TableName: 'Ledger', Key: {} })).toEqual([
      { tableName: 'Ledger', readUnits: 0, writeUnits: 1 },
    ]);
  });

  it('is twice that for each action of a failed transaction, per table', () => {
    const TransactItems = [
      { Put: { TableName: 'Ledger', Item: { pk: { S: 'x'.repeat(1_500) } } } },
      { Update: { TableName: 'Ledger' } },
      { Put: { TableName: 'History', Item: { pk: { S: 'a' } } } },
    ];
    expect(capacityOfFailedCondition({ TransactItems })).toEqual([
      { tableName: 'Ledger', readUnits: 0, writeUnits: 6 },
      { tableName: 'History', readUnits: 0, writeUnits: 2 },
    ]);
  });
});
