import { createHash, randomUUID } from 'node:crypto';
import type { ReadRecord } from './stream-reader.ts';

/** A stream record as the function gets it, and what the mapping has to remember about it. */
export interface StreamItem {
  readonly shardId: string;
  /** The name of the record in a partial batch response. */
  readonly sequenceNumber: string;
  /** Virtual epoch milliseconds. */
  readonly arrivedAtMillis: number;
  /** One of the `Records` of Lambda's event, ready for JSON. */
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * A record in the shape Lambda sends it, dated by the virtual clock.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb
 */
export function toStreamItem({ shardId, record }: ReadRecord, streamArn: string, nowMillis: number): StreamItem {
  const change = record.dynamodb;
  // AWS's sequence numbers have at least 21 digits.
  const sequenceNumber = (change?.SequenceNumber ?? '').padStart(21, '0');
  return {
    shardId,
    sequenceNumber,
    arrivedAtMillis: nowMillis,
    record: {
      eventID: createHash('md5').update(`${streamArn}/${shardId}/${sequenceNumber}`).digest('hex'),
      eventName: record.eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: streamArn.split(':')[3],
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(nowMillis / 1000),
        Keys: asJson(change?.Keys),
        ...(change?.NewImage === undefined ? {} : { NewImage: asJson(change.NewImage) }),
        ...(change?.OldImage === undefined ? {} : { OldImage: asJson(change.OldImage) }),
        SequenceNumber: sequenceNumber,
        SizeBytes: change?.SizeBytes,
        StreamViewType: change?.StreamViewType,
      },
      eventSourceARN: streamArn,
    },
  };
}

/** A batch that was given up. */
export interface FailedBatch {
  readonly items: readonly StreamItem[];
  readonly functionArn: string;
  readonly streamArn: string;
  /** Why Lambda stopped trying. */
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly invocations: number;
  /** Virtual epoch milliseconds. */
  readonly atMillis: number;
}

/**
 * What Lambda writes to the on-failure queue of a stream mapping: where the records stand in the stream, without them.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function failureRecord(batch: FailedBatch): Record<string, unknown> {
  const first = batch.items.at(0);
  const last = batch.items.at(-1);
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: batch.functionArn,
      condition: batch.condition,
      approximateInvokeCount: batch.invocations,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: instant(batch.atMillis),
    DDBStreamBatchInfo: {
      shardId: first?.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: instant(first?.arrivedAtMillis),
      approximateArrivalOfLastRecord: instant(last?.arrivedAtMillis),
      batchSize: batch.items.length,
      streamArn: batch.streamArn,
    },
  };
}

/** Attribute values as JSON writes them: bytes in base64. */
function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, asJson(content)]));
}

function instant(millis: number | undefined): string | undefined {
  return millis === undefined ? undefined : new Date(millis).toISOString();
}
