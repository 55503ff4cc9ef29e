import { describe, expect, it } from 'vitest';
import { FAILED } from './recording-functions.ts';
import { DEAD_QUEUE, START, STREAM_ARN, type StreamRecord, StreamStage } from './stream-stage.ts';

const DAY = 86_400_000;
const stage = StreamStage.forThisFile();

describe('a function that fails on a stream', () => {
  it('gets the same batch again in virtual time, and nothing after it before it is done', async () => {
    await stage.open({ batchSize: 1 });
    stage.functions.answerNext(FAILED, FAILED);
    await stage.put('A', 'B');
    await stage.clock.settle();
    expect(stage.seen()).toEqual([['A']]);
    await stage.clock.advanceTo(START + 1_000);
    expect(stage.seen()).toEqual([['A'], ['A']]);
    await stage.clock.advanceTo(START + 3_000);
    expect(stage.seen()).toEqual([['A'], ['A'], ['A'], ['B']]);
  });

  it('gets it again when it could not be reached', async () => {
    await stage.open();
    stage.functions.answerNext(new Error('no such function'));
    await stage.put('A');
    await stage.clock.advanceTo(START + 60_000);
    expect(stage.seen()).toEqual([['A'], ['A']]);
  });

  it('leaves a description of the batch on the queue after the last attempt, and the stream goes on', async () => {
    await stage.open({ batchSize: 2, retryAttemptsMax: 1 });
    stage.functions.answerNext(FAILED, FAILED);
    await stage.put('A', 'B', 'C');
    await stage.clock.advanceTo(START + 60_000);
    expect(stage.seen()).toEqual([['A', 'B'], ['A', 'B'], ['C']]);
    const [first, last] = stage.batches()[0] ?? [];
    const arrival = new Date(START).toISOString();
    expect(stage.deadLetters.list()).toMatchObject([
      {
        queueArn: DEAD_QUEUE,
        body: {
          version: '1.0',
          requestContext: {
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 2,
            functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:wake-executions',
          },
          DDBStreamBatchInfo: {
            startSequenceNumber: first?.dynamodb.SequenceNumber,
            endSequenceNumber: last?.dynamodb.SequenceNumber,
            batchSize: 2,
            streamArn: STREAM_ARN,
            approximateArrivalOfFirstRecord: arrival,
          },
        },
      },
    ]);
    expect(stage.pump.counts()).toMatchObject({ invocations: 3, discarded: 2 });
  });

  it('is tried until the records are too old', async () => {
    await stage.open({ recordAgeSecondsMax: 60 });
    stage.functions.answerNext(...Array(100).fill(FAILED));
    await stage.put('A');
    await stage.clock.advanceTo(START + DAY);
    expect(stage.deadLetters.list()).toMatchObject([{ body: { requestContext: { condition: 'RecordAgeExceeded' } } }]);
    expect(Date.parse(stage.deadLetters.list()[0]?.at ?? '')).toBeLessThanOrEqual(START + 60_000);
  });

  it('is tried for no longer than a day, as a stream keeps its records no longer', async () => {
    await stage.open();
    stage.functions.answerNext(...Array(5_000).fill(FAILED));
    await stage.put('A');
    await stage.clock.advanceTo(START + 2 * DAY);
    expect(stage.deadLetters.list()).toHaveLength(1);
    expect(Date.parse(stage.deadLetters.list()[0]?.at ?? '')).toBeLessThanOrEqual(START + DAY);
  });

  it('sees halves of its batch, so that one bad record does not hold up the others', async () => {
    await stage.open({ bisectBatchOnError: true, retryAttemptsMax: 1 });
    stage.functions.answerNext(...Array(20).fill(failingOn('C')));
    await stage.put('A', 'B', 'C', 'D');
    await stage.clock.advanceTo(START + DAY);
    expect(stage.seen()).toEqual([['A', 'B', 'C', 'D'], ['A', 'B'], ['C', 'D'], ['C'], ['C'], ['D']]);
    expect(stage.deadLetters.list()).toMatchObject([{ body: { DDBStreamBatchInfo: { batchSize: 1 } } }]);
  });
});

describe('a partial batch response', () => {
  it('makes the mapping go on with the first record that failed', async () => {
    await stage.open({ reportsBatchItemFailures: true });
    stage.functions.answerNext(reporting('B', 'C'));
    await stage.put('A', 'B', 'C');
    await stage.clock.advanceTo(START + 1_000);
    expect(stage.seen()).toEqual([
      ['A', 'B', 'C'],
      ['B', 'C'],
    ]);
  });

  it('counts progress, so that only a record without any uses up its attempts', async () => {
    await stage.open({ reportsBatchItemFailures: true, retryAttemptsMax: 1 });
    stage.functions.answerNext(reporting('B'), reporting('B'), reporting('B'));
    await stage.put('A', 'B', 'C');
    await stage.clock.advanceTo(START + DAY);
    expect(stage.seen()).toEqual([
      ['A', 'B', 'C'],
      ['B', 'C'],
      ['B', 'C'],
    ]);
    expect(stage.deadLetters.list()).toMatchObject([{ body: { DDBStreamBatchInfo: { batchSize: 2 } } }]);
  });

  it('isolates a bad record when the mapping bisects', async () => {
    await stage.open({ reportsBatchItemFailures: true, bisectBatchOnError: true, retryAttemptsMax: 0 });
    stage.functions.answerNext(...Array(10).fill(reporting('B')));
    await stage.put('A', 'B', 'C');
    await stage.clock.advanceTo(START + DAY);
    expect(stage.seen()).toEqual([['A', 'B', 'C'], ['B', 'C'], ['B'], ['C']]);
    expect(stage.deadLetters.list()).toMatchObject([{ body: { DDBStreamBatchInfo: { batchSize: 1 } } }]);
  });

  it.each([
    ['null', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
  ])('of %s means that all went well', async (_what, payload) => {
    await stage.open({ reportsBatchItemFailures: true });
    stage.functions.answerNext({ ok: true, payload });
    await stage.put('A', 'B');
    await stage.clock.advanceTo(START + DAY);
    expect(stage.seen()).toEqual([['A', 'B']]);
  });

  it.each([
    ['an empty identifier', [{ itemIdentifier: '' }]],
    ['a null identifier', [{ itemIdentifier: null }]],
    ['a wrong key', [{ id: '1' }]],
    ['an identifier of another batch', [{ itemIdentifier: '999' }]],
    ['no list at all', 'all'],
  ])('with %s means that the whole batch failed', async (_what, batchItemFailures) => {
    await stage.open({ reportsBatchItemFailures: true });
    stage.functions.answerNext({ ok: true, payload: { batchItemFailures } });
    await stage.put('A', 'B');
    await stage.clock.advanceTo(START + 1_000);
    expect(stage.seen()).toEqual([
      ['A', 'B'],
      ['A', 'B'],
    ]);
  });

  it('means nothing to a mapping that does not report failures', async () => {
    await stage.open();
    stage.functions.answerNext(reporting('A'));
    await stage.put('A', 'B');
    await stage.clock.advanceTo(START + DAY);
    expect(stage.seen()).toEqual([['A', 'B']]);
  });
});

/** A partial batch response that reports the records of these sort keys. */
function reporting(...sortKeys: string[]) {
  return (payload: unknown) => {
    const failed = (payload as { Records: StreamRecord[] }).Records.filter(({ dynamodb }) =>
      sortKeys.includes(dynamodb.Keys.sk.S),
    );
    const batchItemFailures = failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber }));
    return { ok: true, payload: { batchItemFailures } } as const;
  };
}

/** Fails as long as the batch holds one of these sort keys. */
function failingOn(...sortKeys: string[]) {
  return (payload: unknown) => {
    const records = (payload as { Records: StreamRecord[] }).Records;
    return records.some(({ dynamodb }) => sortKeys.includes(dynamodb.Keys.sk.S))
      ? FAILED
      : ({ ok: true, payload: null } as const);
  };
}
