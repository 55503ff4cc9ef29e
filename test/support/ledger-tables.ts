import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  type Projection,
} from '@aws-sdk/client-dynamodb';
import { DynamoDbLedger } from '../../lib/ledger/dynamodb-ledger.ts';

/** A client for an emulator on this machine. */
export function emulatorClient(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
}

/** An empty ledger in two new tables with the keys and the indexes of the deployed ones (lib/infra/ledger-tables.ts; a test there compares them). */
export async function newLedger(client: DynamoDBClient): Promise<DynamoDbLedger> {
  return (await newLedgerWithTables(client)).ledger;
}

/** The same, with the names of its tables. */
export async function newLedgerWithTables(client: DynamoDBClient) {
  const id = randomUUID();
  const tables = { ledgerTable: `Ledger-${id}`, historyTable: `History-${id}` };
  await createTable(client, tables.ledgerTable, LEDGER_INDEXES);
  await createTable(client, tables.historyTable);
  return { ledger: new DynamoDbLedger(client, tables), tables };
}

/** The indexes of the ledger as `CreateTable` takes them. */
export const LEDGER_INDEXES = [
  index('UnappliedCash', ['unappliedShard', 'bookedOn'], { ProjectionType: 'ALL' }),
  index('CasesByCustomer', ['caseCustomer', 'dueRank'], {
    ProjectionType: 'INCLUDE',
    NonKeyAttributes: ['amountRank', 'priorityRank'],
  }),
  index('CasesByPriority', ['caseShard', 'priorityRank'], { ProjectionType: 'KEYS_ONLY' }),
  index('CasesByDueDate', ['caseShard', 'dueRank'], { ProjectionType: 'KEYS_ONLY' }),
  index('CasesByAmount', ['caseShard', 'amountRank'], { ProjectionType: 'KEYS_ONLY' }),
  index('TasksByDueDate', ['taskShard', 'dueRank'], { ProjectionType: 'KEYS_ONLY' }),
];

function index(IndexName: string, [hash, range]: [string, string], Projection: Projection): GlobalSecondaryIndex {
  return { IndexName, KeySchema: keySchema(hash, range), Projection };
}

function keySchema(hash: string, range: string): KeySchemaElement[] {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}

async function createTable(
  client: DynamoDBClient,
  TableName: string,
  indexes: GlobalSecondaryIndex[] = [],
): Promise<void> {
  const schemas = [keySchema('pk', 'sk'), ...indexes.map(({ KeySchema = [] }) => KeySchema)];
  const names = new Set(schemas.flat().map(({ AttributeName }) => AttributeName));
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema('pk', 'sk'),
      AttributeDefinitions: [...names].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    }),
  );
}
