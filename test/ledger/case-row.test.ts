import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { moveClaim } from '../../lib/app/claim-notice.ts';
import { registerInvoice } from '../../lib/app/register-invoice.ts';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../lib/local/dynamodb/emulator.ts';
import { aCredit, aRegistration } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { emulatorClient, newLedgerWithTables } from '../support/ledger-tables.ts';
import { listenState } from '../support/workflow-bench.ts';

let emulator: DynamoDbEmulator;
let client: DynamoDBClient;
let opened: Awaited<ReturnType<typeof newLedgerWithTables>>;

beforeAll(async () => {
  emulator = await startDynamoDbEmulator();
  client = emulatorClient(emulator.endpoint);
});

afterAll(() => emulator.close());

beforeEach(async () => {
  opened = await newLedgerWithTables(client);
  await registerInvoice({ ledger: opened.ledger, policy: standardPolicy }, aRegistration());
});

const Key = { pk: { S: 'INVOICE#INV-2026-0042' }, sk: { S: 'CASE' } };

async function row(): Promise<Record<string, { S?: string; N?: string }>> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: opened.tables.ledgerTable, Key, ConsistentRead: true }),
  );
  return Item as Record<string, { S?: string; N?: string }>;
}

/** The write of state "Listen for payments and decisions", word for word as the workflow ships it. */
function listen(token: string, planned: number): Promise<unknown> {
  const { UpdateExpression, ConditionExpression } = listenState().Arguments;
  const ExpressionAttributeValues = { ':token': { S: token }, ':planned': { N: String(planned) }, ':part': { N: '1' } };
  const TableName = opened.tables.ledgerTable;
  return client.send(
    new UpdateItemCommand({ TableName, Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues }),
  );
}

const pay = () => applyPayment({ ledger: opened.ledger }, aCredit({ amountMinor: 100 }));

async function claim(): Promise<void> {
  const file = (await opened.ledger.loadCaseFile('INV-2026-0042'))!;
  const transition = { state: 'reserved', at: '2026-02-02T09:00:00Z' } as const;
  await moveClaim(opened.ledger, { file, step: standardPolicy.steps[1]!, transition });
}

it('lets an execution listen only at the very revision it planned with', async () => {
  await listen('token-1', 1);
  await pay();
  await expect(listen('token-2', 1)).rejects.toThrow('conditional');
  await expect(listen('token-2', 3)).rejects.toThrow('conditional');
  await listen('token-2', 2);
  expect((await row()).taskToken?.S).toBe('token-2');
  expect((await opened.ledger.loadCaseFile('INV-2026-0042'))?.executionPart).toBe(1);
});

it('marks a fact from outside for the stream, and unmarks it with the next write of the workflow, keeping its token', async () => {
  await listen('token-1', 1);
  await pay();
  expect(await row()).toMatchObject({ wake: { S: 'case-changed' }, taskToken: { S: 'token-1' } });
  await claim();
  expect((await row()).wake).toBeUndefined();
  expect((await row()).taskToken?.S).toBe('token-1');
  await pay().catch(() => undefined);
  await applyPayment({ ledger: opened.ledger }, aCredit({ transactionId: 'BK-2', amountMinor: 100 }));
  await listen('token-2', 3);
  expect((await row()).wake).toBeUndefined();
});
