import type { RowKey } from './keys.ts';
import { firstPlaces, type RankedKey, type RankedList } from './ranked-list.ts';
import { keyOf, type Row } from './rows.ts';
import type { TableReader } from './table-reader.ts';

/**
 * The first places of a list after a rank, as its index has them: from each shard as many as are wanted, merged. An
 * index sorted by something else (the cases of one customer by amount, say) is read to its end and sorted here.
 */
export async function placesInIndex(
  reader: TableReader,
  { tableName, list }: { tableName: string; list: RankedList },
  { after, count }: { after: string | null; count: number },
): Promise<RankedKey<RowKey>[]> {
  const shards = await Promise.all(
    list.partitions.map((partition) =>
      list.isKeyedByRank
        ? reader.queryAll(queryAfter({ tableName, list }, partition, after), count)
        : reader.queryAll(queryAfter({ tableName, list }, partition, null)),
    ),
  );
  const places = shards.flat().map((row) => ({ rank: rankOf(row, list), key: keyOf(row) }));
  return firstPlaces(list, places, { after, count });
}

function queryAfter(
  { tableName, list }: { tableName: string; list: RankedList },
  partition: string,
  after: string | null,
) {
  const isAfter = list.isDescending ? '#rank < :after' : '#rank > :after';
  return {
    TableName: tableName,
    IndexName: list.indexName,
    KeyConditionExpression: `#partition = :partition${after === null ? '' : ` AND ${isAfter}`}`,
    ExpressionAttributeNames: {
      '#partition': list.partitionAttribute,
      ...(after !== null && { '#rank': list.rankAttribute }),
    },
    ExpressionAttributeValues: { ':partition': { S: partition }, ...(after !== null && { ':after': { S: after } }) },
    ScanIndexForward: !list.isDescending,
  };
}

function rankOf(row: Row, { rankAttribute }: RankedList): string {
  return row[rankAttribute]?.S ?? '';
}
