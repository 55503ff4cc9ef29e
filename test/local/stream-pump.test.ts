import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { aKey, START, STREAM_ARN, StreamStage } from './stream-stage.ts';

const stage = StreamStage.forThisFile();

describe('a stream mapping', () => {
  it('invokes the function with records as Lambda sends them, dated by the virtual clock', async () => {
    await stage.open();
    await stage.client.send(
      new PutItemCommand({
        TableName: stage.tableName,
        Item: { ...aKey('CASE'), blob: { B: Buffer.from('hi') }, open: { BOOL: true } },
      }),
    );
    await stage.setAttribute('CASE', 'wake', 'yes');
    await stage.client.send(new DeleteItemCommand({ TableName: stage.tableName, Key: aKey('CASE') }));
    await stage.clock.settle();
    const records = stage.batches().flat();
    const common = {
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      eventSourceARN: STREAM_ARN,
    };
    const before = { ...aKey('CASE'), blob: { B: 'aGk=' }, open: { BOOL: true } };
    const after = { ...before, wake: { S: 'yes' } };
    const change = {
      ApproximateCreationDateTime: START / 1000 - 0.25,
      Keys: aKey('CASE'),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    };
    expect(records).toEqual([
      { eventID: anId(), eventName: 'INSERT', ...common, dynamodb: { ...change, NewImage: before, ...aPlace() } },
      {
        eventID: anId(),
        eventName: 'MODIFY',
        ...common,
        dynamodb: { ...change, OldImage: before, NewImage: after, ...aPlace() },
      },
      { eventID: anId(), eventName: 'REMOVE', ...common, dynamodb: { ...change, OldImage: after, ...aPlace() } },
    ]);
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
    expect(stage.functions.invocations[0]?.functionName).toBe('wake-executions');
  });

  it('delivers a write by itself, without anybody moving the clock', async () => {
    await stage.open();
    await stage.clock.settle();
    await stage.put('A');
    await expect.poll(() => stage.seen()).toEqual([['A']]);
  });

  it('delivers what was written before it was opened', async () => {
    await stage.put('EARLY');
    await stage.open();
    await stage.clock.settle();
    expect(stage.seen()).toEqual([['EARLY']]);
  });

  it('delivers in order, at most a batch at a time', async () => {
    await stage.open({ batchSize: 2 });
    await stage.put('A', 'B', 'C', 'D', 'E');
    await stage.clock.settle();
    expect(stage.seen()).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
  });

  it('leaves out a write that changed nothing, as DynamoDB does', async () => {
    await stage.open();
    await stage.put('A');
    await stage.setAttribute('A', 'wake', 'yes');
    await stage.setAttribute('A', 'wake', 'yes');
    await stage.clock.settle();
    expect(
      stage
        .batches()
        .flat()
        .map(({ eventName }) => eventName),
    ).toEqual(['INSERT', 'MODIFY']);
  });

  it('is not asked to read other tables than its own', async () => {
    await stage.open();
    await stage.clock.settle();
    stage.pump.notifyWrite(['Other']);
    await stage.clock.settle();
    expect(stage.pump.counts()).toEqual({ read: 0, filtered: 0, invocations: 0, discarded: 0 });
  });

  it('delivers a batch twice when told to', async () => {
    await stage.open();
    stage.faults.inject({ service: 'streams', kind: 'duplicate' });
    await stage.put('A', 'B');
    await stage.clock.settle();
    expect(stage.seen()).toEqual([
      ['A', 'B'],
      ['A', 'B'],
    ]);
    expect(stage.batches()[0]?.map(({ eventID }) => eventID)).toEqual(
      stage.batches()[1]?.map(({ eventID }) => eventID),
    );
  });

  it('refuses a table without a stream', async () => {
    stage.tableName = 'Absent';
    await expect(stage.open()).rejects.toThrow('The table Absent has no stream');
  });
});

describe('the filters of a stream mapping', () => {
  const filters = [
    { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['CASE'] } } } },
    {
      eventName: ['MODIFY'],
      dynamodb: { Keys: { sk: { S: ['CASE'] } }, NewImage: { wake: { S: [{ exists: true }] } } },
    },
  ];

  it('let through what one of them takes; the rest costs no invocation', async () => {
    await stage.open({ filters });
    await stage.put('STEP#A1');
    await stage.setAttribute('STEP#A1', 'wake', 'yes');
    await stage.clock.settle();
    expect(stage.functions.invocations).toEqual([]);
    await stage.put('CASE');
    await stage.setAttribute('CASE', 'token', 'abc');
    await stage.setAttribute('CASE', 'wake', 'yes');
    await stage.clock.settle();
    expect(
      stage
        .batches()
        .flat()
        .map(({ eventName }) => eventName),
    ).toEqual(['INSERT', 'MODIFY']);
    expect(stage.pump.counts()).toEqual({ read: 5, filtered: 3, invocations: stage.batches().length, discarded: 0 });
  });

  it('are refused when they compare numbers', async () => {
    const numeric = { dynamodb: { NewImage: { n: { N: [{ numeric: ['>', 1] }] } } } };
    await expect(stage.open({ filters: [numeric] })).rejects.toThrow('uses numeric');
  });
});

function anId() {
  return expect.stringMatching(/^[0-9a-f]{32}$/);
}

function aPlace() {
  return { SequenceNumber: expect.stringMatching(/^\d{21,}$/), SizeBytes: expect.any(Number) };
}
