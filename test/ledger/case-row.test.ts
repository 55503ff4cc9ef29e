import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CaseWrite } from '../../lib/app/ports.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { ContractError } from '../../lib/domain/errors.ts';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../lib/local/dynamodb/emulator.ts';
import { emulatorClient, newLedgerWithTables } from '../support/ledger-tables.ts';
import { changing, opening } from '../support/ledger-writes.ts';
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
  await opened.ledger.commit({ cases: [opening()] });
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

async function change(write: Partial<CaseWrite>, fields: Partial<DunningCase> = {}): Promise<void> {
  const { dunningCase } = (await opened.ledger.loadCaseFile('INV-2026-0042'))!;
  await opened.ledger.commit({ cases: [{ ...changing(dunningCase, fields), ...write }] });
}

const learn = (planRevision: number) => change({ wakes: true }, { planRevision });

it('lets an execution listen only at the very revision it planned with', async () => {
  await listen('token-1', 1);
  await learn(2);
  await expect(listen('token-2', 1)).rejects.toThrow('conditional');
  await expect(listen('token-2', 3)).rejects.toThrow('conditional');
  await listen('token-2', 2);
  expect((await row()).taskToken?.S).toBe('token-2');
  expect((await opened.ledger.loadCaseFile('INV-2026-0042'))?.executionPart).toBe(1);
});

it('marks a fact from outside for the stream, and unmarks it with the next write of the workflow, keeping its token', async () => {
  await listen('token-1', 1);
  await learn(2);
  expect(await row()).toMatchObject({ wake: { S: 'case-changed' }, taskToken: { S: 'token-1' } });
  await change({ wakes: false });
  expect((await row()).wake).toBeUndefined();
  expect((await row()).taskToken?.S).toBe('token-1');
  await learn(3);
  await listen('token-2', 3);
  expect((await row()).wake).toBeUndefined();
});

it('keeps what it is listed by when only its version changes, so that no index is written', async () => {
  const listing = async () => {
    const { caseShard, caseCustomer, dueRank, amountRank, priorityRank } = await row();
    return { caseShard, caseCustomer, dueRank, amountRank, priorityRank };
  };
  const before = await listing();
  expect(before).toMatchObject({
    caseShard: { S: expect.stringMatching(/^OPEN#[0-3]$/) },
    caseCustomer: { S: 'OPEN#C-100' },
    dueRank: { S: '2026-01-30#INV-2026-0042' },
    amountRank: { S: '00000000000012000000#INV-2026-0042' },
  });
  await change({}, { lastAnsweredOn: '2026-02-02' });
  expect(await listing()).toEqual(before);
  await change({}, { standing: 'settled', paidMinor: 120_000 });
  expect((await listing()).caseCustomer).toEqual({ S: 'CLOSED#C-100' });
});

it('is refused under its key when it does not parse', async () => {
  await client.send(
    new UpdateItemCommand({
      TableName: opened.tables.ledgerTable,
      Key,
      UpdateExpression: 'SET paidMinor = :half',
      ExpressionAttributeValues: { ':half': { N: '0.5' } },
    }),
  );
  const refusals = [
    opened.ledger.loadCaseFile('INV-2026-0042'),
    opened.ledger.listCases({ isOpen: true, sort: 'amount' }, { limit: 5, cursor: null }),
  ];
  for (const refusal of refusals) {
    await expect(refusal).rejects.toThrow(ContractError);
    await expect(refusal).rejects.toThrow('row INVOICE#INV-2026-0042/CASE does not parse');
  }
});

it('reads a case that was written before cases could be blocked', async () => {
  const TableName = opened.tables.ledgerTable;
  const ExpressionAttributeNames = { '#block': 'block' };
  const UpdateExpression = 'REMOVE #block';
  await client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeNames }));
  expect((await opened.ledger.loadCaseFile('INV-2026-0042'))?.dunningCase.block).toBeNull();
});

it('forgets who listened when the next cycle begins, so that the next fact is known to have no listener', async () => {
  await listen('token-1', 1);
  await change({ wakes: true, startsCycle: true }, { planRevision: 2, cycle: 2 });
  const { taskToken, executionPart, wake } = await row();
  expect([taskToken, executionPart, wake?.S]).toEqual([undefined, undefined, 'case-changed']);
  await listen('token-2', 2);
  expect((await row()).taskToken?.S).toBe('token-2');
});
