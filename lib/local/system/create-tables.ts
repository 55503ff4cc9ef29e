import type { DeployedTable } from '../template/deployment.ts';
import { callAws, messageOf } from './aws-call.ts';

/**
 * Creates the tables of the stack, with indexes and stream; one that is there already, in a kept data folder, stays.
 *
 * @param endpoint of DynamoDB
 * @throws Error naming the table that DynamoDB refused, or the one of a kept folder that is too old to have every index
 */
export async function createTables(endpoint: string, tables: readonly DeployedTable[]): Promise<void> {
  for (const table of tables) {
    const answer = await callAws(endpoint, 'DynamoDB_20120810.CreateTable', toCreateTable(table));
    if (answer.errorName === undefined) continue;
    if (answer.errorName === 'ResourceInUseException') {
      await checkIndexes(endpoint, table);
      continue;
    }
    throw new Error(`DynamoDB refused the table ${table.name}: ${answer.errorName}: ${messageOf(answer)}`);
  }
}

/** A kept table is never changed: its rows were written without what a new index sorts by. */
async function checkIndexes(endpoint: string, { name, globalSecondaryIndexes }: DeployedTable): Promise<void> {
  const { body } = await callAws(endpoint, 'DynamoDB_20120810.DescribeTable', { TableName: name });
  const { Table } = body as { Table?: { GlobalSecondaryIndexes?: { IndexName: string }[] } };
  const kept = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const missing = globalSecondaryIndexes.filter(({ IndexName }) => !kept.has(IndexName));
  if (missing.length === 0) return;
  const list = missing.map(({ IndexName }) => IndexName).join(', ');
  throw new Error(
    `The data folder was made by an older version: its table ${name} has no index ${list}. ` +
      'Start with another --data folder, or delete this one.',
  );
}

function toCreateTable(table: DeployedTable): Record<string, unknown> {
  const { globalSecondaryIndexes, localSecondaryIndexes, streamViewType } = table;
  return {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(globalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes: globalSecondaryIndexes } : {}),
    ...(localSecondaryIndexes.length > 0 ? { LocalSecondaryIndexes: localSecondaryIndexes } : {}),
    ...(streamViewType === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType } }),
  };
}
