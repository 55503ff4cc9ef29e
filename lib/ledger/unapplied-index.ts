import type { QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Page, Slice } from '../app/ports.ts';
import type { CashReceipt } from '../domain/payment.ts';
import { UNAPPLIED_INDEX, UNAPPLIED_SHARDS } from './keys.ts';
import { parseReceipt } from './rows.ts';
import type { TableReader } from './table-reader.ts';

/** Where a listing stopped: the shard, and the last key read in it. */
const PositionSchema = z.object({
  shard: z.int().check(z.nonnegative(), z.lt(UNAPPLIED_SHARDS.length)),
  after: z.nullable(
    z.strictObject({ pk: z.string(), sk: z.string(), unappliedShard: z.string(), bookedOn: z.string() }),
  ),
});

type Position = z.infer<typeof PositionSchema>;

/**
 * Lists money that is not wholly applied, shard after shard of its index, oldest booking first within each.
 *
 * @returns `bad-cursor` when the cursor is not one that an earlier call returned
 */
export async function listUnapplied(
  reader: TableReader,
  tableName: string,
  { limit, cursor }: Page,
): Promise<Slice<{ receipts: CashReceipt[] }>> {
  const receipts: CashReceipt[] = [];
  let position: Position | null = cursor === null ? { shard: 0, after: null } : decode(cursor);
  if (!position) return 'bad-cursor';
  while (position && receipts.length < limit) {
    const { shard, after }: Position = position;
    const answer: QueryCommandOutput = await reader.query({
      TableName: tableName,
      IndexName: UNAPPLIED_INDEX,
      KeyConditionExpression: 'unappliedShard = :shard',
      ExpressionAttributeValues: { ':shard': { S: UNAPPLIED_SHARDS[shard] ?? '' } },
      Limit: limit - receipts.length,
      ...(after && { ExclusiveStartKey: marshall(after) }),
    });
    receipts.push(...(answer.Items ?? []).map(parseReceipt));
    position = answer.LastEvaluatedKey
      ? { shard, after: unmarshall(answer.LastEvaluatedKey) as Position['after'] }
      : nextShard(shard);
  }
  return { receipts, cursor: position && encode(position) };
}

function nextShard(shard: number): Position | null {
  return shard + 1 < UNAPPLIED_SHARDS.length ? { shard: shard + 1, after: null } : null;
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(cursor: string): Position | null {
  try {
    const parsed = z.safeParse(PositionSchema, JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
