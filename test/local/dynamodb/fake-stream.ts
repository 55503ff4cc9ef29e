import { jsonService } from '../../../lib/local/aws/json-service.ts';
import { AwsError } from '../../../lib/local/aws/service.ts';

/** A stream as DynamoDB keeps it: shards that end and have children, iterators that expire. */
export class FakeStream {
  readonly shards = new Map<string, { records: string[]; hasEnded: boolean }>();
  expiredIterators = 0;

  readonly service = jsonService({
    name: 'dynamodb',
    protocol: 'json-1.0',
    targetPrefix: 'DynamoDBStreams_20120810',
    internalErrorCode: 'InternalServerError',
    operations: {
      ListStreams: () => ({ Streams: [{ StreamArn: 'arn:aws:dynamodb:local:0:table/Ledger/stream/1' }] }),
      DescribeStream: ({ ExclusiveStartShardId }) => this.#describe(ExclusiveStartShardId),
      GetShardIterator: ({ ShardId, SequenceNumber }) => ({ ShardIterator: `${ShardId}@${SequenceNumber ?? 0}` }),
      GetRecords: ({ ShardIterator, Limit }) => this.#read(String(ShardIterator), Number(Limit)),
    },
  });

  /** One shard per page. */
  #describe(after: unknown) {
    const ids = [...this.shards.keys()];
    const index = ids.indexOf(String(after)) + 1;
    const LastEvaluatedShardId = index < ids.length - 1 ? ids[index] : undefined;
    return {
      StreamDescription: { Shards: ids.slice(index, index + 1).map((ShardId) => ({ ShardId })), LastEvaluatedShardId },
    };
  }

  #read(iterator: string, limit: number) {
    if (this.expiredIterators > 0) {
      this.expiredIterators -= 1;
      throw new AwsError('ExpiredIteratorException', 'Iterator expired');
    }
    const [shardId = '', after] = iterator.split('@');
    const { records = [], hasEnded = false } = this.shards.get(shardId) ?? {};
    const from = Number(after);
    const page = records.slice(from, from + limit);
    const Records = page.map((sk, index) => ({
      eventName: 'INSERT',
      dynamodb: { Keys: { sk: { S: sk } }, SequenceNumber: String(from + index + 1) },
    }));
    const isOver = hasEnded && from + page.length === records.length;
    return { Records, NextShardIterator: isOver ? undefined : `${shardId}@${from + page.length}` };
  }
}
