import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { UnavailableError } from '../domain/errors.ts';
import { asFault } from './dynamodb-faults.ts';
import type { RowKey } from './keys.ts';
import { keyOf, type Row, toKey } from './rows.ts';

/** Keys that one `BatchGetItem` takes. */
const BATCH_KEYS_MAX = 100;

/** Rounds of `BatchGetItem` in a row that read nothing before unprocessed keys count as an outage. */
const IDLE_ROUNDS_MAX = 5;

/** Reads rows of DynamoDB, whole and in order, with the client's errors as faults. */
export class TableReader {
  readonly #client: DynamoDBClient;

  constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  /** The row of a key as it is now, or null. */
  async get(TableName: string, key: RowKey): Promise<Row | null> {
    const command = new GetItemCommand({ TableName, Key: toKey(key), ConsistentRead: true });
    const { Item } = await this.#try(() => this.#client.send(command));
    return Item ?? null;
  }

  /** The rows of many keys as they are now, in the order of the keys; those that are not there are left out. */
  async getAll(tableName: string, keys: readonly RowKey[]): Promise<Row[]> {
    const found = new Map<string, Row>();
    let wanted = keys.map(toKey);
    for (let idleRounds = 0; wanted.length > 0; ) {
      if (idleRounds === IDLE_ROUNDS_MAX) throw new UnavailableError('DynamoDB left keys unprocessed');
      const Keys = wanted.slice(0, BATCH_KEYS_MAX);
      const RequestItems = { [tableName]: { Keys, ConsistentRead: true } };
      const answer = await this.#try(() => this.#client.send(new BatchGetItemCommand({ RequestItems })));
      for (const row of answer.Responses?.[tableName] ?? []) found.set(nameOf(keyOf(row)), row);
      const unprocessed = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
      idleRounds = unprocessed.length < Keys.length ? 0 : idleRounds + 1;
      wanted = [...unprocessed, ...wanted.slice(BATCH_KEYS_MAX)];
    }
    return keys.map((key) => found.get(nameOf(key))).filter((row) => row !== undefined);
  }

  /** One page of a query. */
  query(input: QueryCommandInput): Promise<QueryCommandOutput> {
    return this.#try(() => this.#client.send(new QueryCommand(input)));
  }

  /** The first rows of a query, page after page. */
  async queryAll(input: QueryCommandInput, rowsMax = Number.POSITIVE_INFINITY): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: Row | undefined;
    do {
      const Limit = Number.isFinite(rowsMax) ? rowsMax - rows.length : undefined;
      const answer = await this.query({ ...input, Limit, ExclusiveStartKey });
      rows.push(...(answer.Items ?? []));
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey && rows.length < rowsMax);
    return rows;
  }

  async #try<Value>(call: () => Promise<Value>): Promise<Value> {
    try {
      return await call();
    } catch (error) {
      throw asFault(error);
    }
  }
}

function nameOf({ pk, sk }: RowKey): string {
  return `${pk}/${sk}`;
}

/** The query of all rows of a partition, as they are now. */
export function partitionQuery(TableName: string, pk: string) {
  return {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
    ConsistentRead: true,
  };
}
