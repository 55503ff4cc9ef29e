import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MALFORMED_INVOICES } from '../contracts/malformed-invoices.ts';
import { FORGED_WEBHOOKS } from '../http/forged-webhooks.ts';
import { emulatorClient } from '../support/ledger-tables.ts';
import { creditBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';

let local: TestSystem;

beforeAll(async () => {
  local = await startTestSystem();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

/** Rows of both tables, read on the AWS endpoint as any client would. */
async function rowsWritten(): Promise<number> {
  const client = emulatorClient(local.system.awsUrl);
  const { LedgerTableName, HistoryTableName } = local.system.outputs;
  await local.client.now();
  const counts = [LedgerTableName, HistoryTableName].map(async (TableName) => {
    const { Count } = await client.send(new ScanCommand({ TableName }));
    return Count ?? 0;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly errors?: readonly { readonly pointer: string }[];
}

describe('bad input at the front door', () => {
  it.each(MALFORMED_INVOICES)('refuses %s with the place of every fault', async (_name, body, pointers) => {
    const answer = await local.client.call<ProblemBody>('POST /invoices', {
      scope: 'relance/billing',
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(422);
    const found = new Set(answer.body.errors?.map(({ pointer }) => pointer));
    expect([...found].sort()).toEqual([...pointers].sort());
  });

  it.each(FORGED_WEBHOOKS)('believes no webhook with %s', async (_name, forge) => {
    const { secret } = (await local.client.call<{ secret: string }>('GET /_local/bank-secret')).body;
    const nowSeconds = Math.floor(Date.parse(await local.client.now()) / 1000);
    const { signature, body } = forge({ secret, nowSeconds }, JSON.stringify(creditBody('BK-FORGED', 'INV-1')));
    const headers: Record<string, string> = signature === null ? {} : { 'relance-signature': signature };
    expect((await local.client.call('POST /webhooks/bank', { body, headers })).status).toBe(401);
  });

  it('refuses a body that is not JSON, too large, or of another media type', async () => {
    const scope = 'relance/billing';
    expect((await local.client.call('POST /invoices', { scope, body: '{"invoiceId": ' })).status).toBe(400);
    expect((await local.client.call('POST /invoices', { scope, body: `"${'x'.repeat(262_145)}"` })).status).toBe(413);
    const headers = { 'content-type': 'text/plain' };
    expect((await local.client.call('POST /invoices', { scope, body: '{}', headers })).status).toBe(415);
  });

  it('lets nobody in without a token, or with the token of another party', async () => {
    expect((await local.client.call('POST /invoices', { body: {} })).status).toBe(401);
    const headers = { authorization: 'Bearer not.a.token' };
    expect((await local.client.call('POST /invoices', { body: {}, headers })).status).toBe(401);
    expect((await local.client.call('POST /invoices', { scope: 'relance/finance', body: {} })).status).toBe(403);
    expect((await local.client.call('GET /cases/INV-1', { scope: 'relance/billing' })).status).toBe(403);
    expect((await local.client.call('GET /unapplied-cash')).status).toBe(401);
  });

  it('knows no other route, however it is spelled, and no unknown case', async () => {
    const scope = 'relance/finance';
    for (const path of ['/nothing', '/case', '/cases/INV-1/', '//cases/INV-1', '/cases%2FINV-1', '/_local/nothing']) {
      expect((await local.client.call(`GET ${path}`, { scope })).status).toBe(404);
    }
    expect((await local.client.call('GET /cases/INV-UNKNOWN', { scope })).status).toBe(404);
    expect((await local.client.call('GET /cases/INV-UNKNOWN/history', { scope })).status).toBe(404);
  });

  it('has written nothing of all this', async () => {
    expect(await rowsWritten()).toBe(0);
    expect(await local.client.outbox('INV-1')).toEqual([]);
  });

  it('takes the sound ones of a batch and says what is wrong with the others, in order', async () => {
    const invoices = [
      invoiceBody('INV-1'),
      { ...invoiceBody('INV-2'), total: { amount: '1', currency: 'EUR' } },
      invoiceBody('INV-1'),
    ];
    const body = { invoices: [...invoices, { ...invoiceBody('INV-1'), number: 'other' }] };
    const answer = await local.client.call<{ results: ProblemBody[] }>('POST /invoices/batch', {
      scope: 'relance/billing',
      body,
    });
    expect(answer.status).toBe(207);
    expect(answer.body.results.map(({ status }) => status)).toEqual([201, 422, 200, 409]);
    expect(answer.body.results[1]?.errors?.map(({ pointer }) => pointer)).toEqual(['/total/amount']);
  });
});
