import { isDeepStrictEqual } from 'node:util';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type Shard,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';

/** A record with the shard it came from. */
export interface ReadRecord {
  readonly shardId: string;
  readonly record: StreamRecord;
}

/** Reads the stream of one table from its beginning, each record once. */
export class StreamReader {
  readonly #client: DynamoDBStreamsClient;
  readonly #streamArn: string;
  readonly #shards = new Map<string, ShardPosition>();
  /** Shards appear at the start, and when one that has ended is split. */
  #hasNewShards = true;

  /** Use `open`. */
  private constructor(client: DynamoDBStreamsClient, streamArn: string) {
    this.#client = client;
    this.#streamArn = streamArn;
  }

  /**
   * Opens the newest stream of a table.
   * @throws Error when the table has no stream
   */
  static async open(endpoint: string, tableName: string): Promise<StreamReader> {
    const client = new DynamoDBStreamsClient({
      endpoint,
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: tableName }));
    const streamArn = Streams.at(-1)?.StreamArn;
    if (streamArn !== undefined) return new StreamReader(client, streamArn);
    client.destroy();
    throw new Error(`The table ${tableName} has no stream: create it with a StreamSpecification before mapping it`);
  }

  /**
   * The next records, at most `limit` of them; none when the stream has no more for now. A write that changed nothing
   * is left out: DynamoDB puts no record of it in the stream, emulators do.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
   */
  async read(limit: number): Promise<{ readonly records: ReadRecord[]; readonly hasMore: boolean }> {
    do {
      if (this.#hasNewShards) await this.#findShards();
      for (const [shardId, position] of this.#shards) {
        if (position === 'ended') continue;
        const found = await this.#readShard(shardId, position, limit);
        if (found.length === 0) continue;
        return { records: found.filter(changesSomething).map((record) => ({ shardId, record })), hasMore: true };
      }
    } while (this.#hasNewShards);
    return { records: [], hasMore: false };
  }

  /** Closes the connections. */
  close(): void {
    this.#client.destroy();
  }

  async #readShard(shardId: string, position: OpenPosition, limit: number): Promise<StreamRecord[]> {
    const iterator = position.iterator ?? (await this.#iteratorAt(shardId, position));
    const command = new GetRecordsCommand({ ShardIterator: iterator, Limit: limit });
    const answer = await this.#client.send(command).catch((error: unknown) => {
      // Iterators live for 15 minutes; the position is kept, so the next read asks for a new one.
      this.#shards.set(shardId, { ...position, iterator: undefined });
      if (error instanceof ExpiredIteratorException) return undefined;
      throw error;
    });
    if (answer === undefined) return this.#readShard(shardId, { ...position, iterator: undefined }, limit);
    const { Records = [], NextShardIterator } = answer;
    const after = Records.at(-1)?.dynamodb?.SequenceNumber ?? position.after;
    this.#shards.set(shardId, NextShardIterator === undefined ? 'ended' : { iterator: NextShardIterator, after });
    this.#hasNewShards ||= NextShardIterator === undefined;
    return Records;
  }

  async #iteratorAt(shardId: string, { after }: OpenPosition): Promise<string | undefined> {
    const start =
      after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' as const }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: after };
    const place = { StreamArn: this.#streamArn, ShardId: shardId, ...start };
    return (await this.#client.send(new GetShardIteratorCommand(place))).ShardIterator;
  }

  async #findShards(): Promise<void> {
    for (const { ShardId } of await this.#listShards()) {
      if (ShardId !== undefined && !this.#shards.has(ShardId)) this.#shards.set(ShardId, {});
    }
    this.#hasNewShards = false;
  }

  async #listShards(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let after: string | undefined;
    do {
      const command = new DescribeStreamCommand({ StreamArn: this.#streamArn, ExclusiveStartShardId: after });
      const { StreamDescription } = await this.#client.send(command);
      shards.push(...(StreamDescription?.Shards ?? []));
      after = StreamDescription?.LastEvaluatedShardId;
    } while (after !== undefined);
    return shards;
  }
}

interface OpenPosition {
  readonly iterator?: string;
  /** Sequence number of the last record read. */
  readonly after?: string;
}

type ShardPosition = OpenPosition | 'ended';

function changesSomething({ eventName, dynamodb }: StreamRecord): boolean {
  return eventName !== 'MODIFY' || dynamodb === undefined || !isDeepStrictEqual(dynamodb.NewImage, dynamodb.OldImage);
}
