import type { CapacityUse } from './capacity-meter.ts';
import { itemSizeBytes } from './item-size.ts';

/** Units used on one table by one request. */
export interface TableUse extends Pick<CapacityUse, 'readUnits' | 'writeUnits'> {
  readonly tableName: string;
}

/** A request body of DynamoDB, parsed. */
export type DynamoDbBody = Readonly<Record<string, unknown>>;

/** Whether an operation writes, so that the stream of its table may have news; `undefined` for one without items. */
export function isWrite(operation: string): boolean | undefined {
  if (WRITES.has(operation)) return true;
  return READS.has(operation) ? false : undefined;
}

/** The tables a request names. */
export function tablesOf(body: DynamoDbBody): string[] {
  const named = typeof body.TableName === 'string' ? [body.TableName] : [];
  const batched = isRecord(body.RequestItems) ? Object.keys(body.RequestItems) : [];
  const inTransaction = actionsOf(body).map(({ TableName }) => String(TableName));
  return [...new Set([...named, ...batched, ...inTransaction])];
}

/** What an answer with `ConsumedCapacity` says was used. */
export function capacityIn(answer: DynamoDbBody, operation: string): TableUse[] {
  const reported = [answer.ConsumedCapacity].flat().filter(isRecord);
  return reported.map(({ TableName, CapacityUnits }) => {
    const units = Number(CapacityUnits);
    return { tableName: String(TableName), ...asUse(units, WRITES.has(operation)) };
  });
}

/**
 * What a write used whose condition failed, as its answer carries no `ConsumedCapacity`: one unit per KB, at least one
 * per item, twice in a transaction. The size of the item that stands in the way is not known here, so for updates and
 * deletes of items over 1 KB this is the lower bound.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function capacityOfFailedCondition(body: DynamoDbBody): TableUse[] {
  const inTransaction = actionsOf(body).map((action) => ({ action, factor: 2 }));
  const actions = inTransaction.length > 0 ? inTransaction : [{ action: body, factor: 1 }];
  const unitsOf = new Map<string, number>();
  for (const { action, factor } of actions) {
    const tableName = String(action.TableName);
    unitsOf.set(tableName, (unitsOf.get(tableName) ?? 0) + factor * unitsToWrite(action.Item));
  }
  return [...unitsOf].map(([tableName, units]) => ({ tableName, ...asUse(units, true) }));
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);

function actionsOf(body: DynamoDbBody): Record<string, unknown>[] {
  const items = Array.isArray(body.TransactItems) ? body.TransactItems : [];
  return items.filter(isRecord).flatMap((item) => Object.values(item).filter(isRecord));
}

function unitsToWrite(item: unknown): number {
  const size = isRecord(item) ? itemSizeBytes(item as Parameters<typeof itemSizeBytes>[0]) : 0;
  return Math.max(1, Math.ceil(size / 1024));
}

function asUse(units: number, isWriting: boolean): Pick<CapacityUse, 'readUnits' | 'writeUnits'> {
  return isWriting ? { readUnits: 0, writeUnits: units } : { readUnits: units, writeUnits: 0 };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
