import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbLedger } from '../../lib/ledger/dynamodb-ledger.ts';

/** A client for an emulator on this machine. */
export function emulatorClient(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
}

/** An empty ledger in two new tables with the keys and the index of the deployed ones (lib/infra/ledger-tables.ts; a test there compares them). */
export async function newLedger(client: DynamoDBClient): Promise<DynamoDbLedger> {
  return (await newLedgerWithTables(client)).ledger;
}

/** The same, with the names of its tables. */
export async function newLedgerWithTables(client: DynamoDBClient) {
  const id = randomUUID();
  const tables = { ledgerTable: `Ledger-${id}`, historyTable: `History-${id}` };
  await createTable(client, tables.ledgerTable, true);
  await createTable(client, tables.historyTable, false);
  return { ledger: new DynamoDbLedger(client, tables), tables };
}

async function createTable(client: DynamoDBClient, TableName: string, hasIndex: boolean): Promise<void> {
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const names = ['pk', 'sk', ...(hasIndex ? ['unappliedShard', 'bookedOn'] : [])];
  const index = {
    IndexName: 'UnappliedCash',
    KeySchema: key('unappliedShard', 'bookedOn'),
    Projection: { ProjectionType: 'ALL' as const },
  };
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      ...(hasIndex && { GlobalSecondaryIndexes: [index] }),
    }),
  );
}
