import type { DeployedTable } from '../template/deployment.ts';
import { callAws, messageOf } from './aws-call.ts';

/**
 * Creates the tables of the stack, with indexes and stream; one that is there already, in a kept data folder, stays.
 *
 * @param endpoint of DynamoDB
 * @throws Error naming the table that DynamoDB refused
 */
export async function createTables(endpoint: string, tables: readonly DeployedTable[]): Promise<void> {
  for (const table of tables) {
    const answer = await callAws(endpoint, 'DynamoDB_20120810.CreateTable', toCreateTable(table));
    if (answer.errorName === undefined || answer.errorName === 'ResourceInUseException') continue;
    throw new Error(`DynamoDB refused the table ${table.name}: ${answer.errorName}: ${messageOf(answer)}`);
  }
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
