import { createHmac } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadSamples } from '../../lib/local/load-samples.ts';
import { type SampleInvoice, samplePortfolio } from '../../lib/local/sample-portfolio.ts';
import { synthesize } from '../../lib/local/synthesize.ts';
import type { LocalSystemOptions } from '../../lib/local/system.ts';
import { type Json, RunningSystems } from './system/a-running-system.ts';

const systems = new RunningSystems();
const portfolio = samplePortfolio(Date.parse('2026-01-05T08:00:00Z'));
let cloudAssemblyFolder: string;

beforeAll(async () => {
  cloudAssemblyFolder = await synthesize({ projectFolder: join(import.meta.dirname, '..', '..') });
});

afterEach(() => systems.closeAll());

async function start(changes: Partial<LocalSystemOptions> = {}) {
  const failures: string[] = [];
  const onLog = (name: string, line: string) => line.startsWith('ERROR') && failures.push(`${name}: ${line}`);
  const running = await systems.start({ cloudAssemblyFolder, onLog, ...changes });
  const pay = async (transaction: Json) => {
    const { secret } = (await running.get('/_local/bank-secret')).body;
    const { now } = (await running.get('/_local/clock')).body;
    const body = JSON.stringify(transaction);
    const seconds = Math.floor(Date.parse(now) / 1000);
    const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    return running.post('/webhooks/bank', body, { 'relance-signature': `t=${seconds},v1=${signature}` });
  };
  const outboxOf = async (invoiceId: string): Promise<Json[]> =>
    (await running.get(`/_local/outbox?invoiceId=${invoiceId}`)).body;
  const caseOf = async (invoiceId: string) =>
    (await running.get(`/cases/${invoiceId}`, await running.tokenFor('relance/finance'))).body;
  return { ...running, failures, pay, outboxOf, caseOf };
}

function sample(invoiceId: string): SampleInvoice {
  const found = portfolio.find((invoice) => invoice.invoiceId === invoiceId);
  if (!found) throw new Error(`No sample ${invoiceId}`);
  return found;
}

/** The bank's message of a payment in full, or of a part. */
function paymentOf(invoiceId: string, amount?: string) {
  const { total } = sample(invoiceId) as Json;
  return {
    transactionId: `BK-${invoiceId}-${amount ?? 'all'}`,
    kind: 'credit',
    amount: { ...total, ...(amount === undefined ? {} : { amount }) },
    bookedOn: '2026-01-20',
    valueOn: '2026-01-20',
    remittance: `FACTURE ${invoiceId}`,
  };
}

describe('Relance on the local system', () => {
  it('dunns the sample portfolio for half a year without an error or a dead letter', async () => {
    const { system, advance, get, failures } = await start();
    expect(await loadSamples(system.apiUrl, portfolio)).toBe(12);
    await advance('P180D');
    const { body: outbox } = await get('/_local/outbox');
    expect(new Set(outbox.flatMap(({ invoiceIds }: Json) => invoiceIds))).toEqual(
      new Set(portfolio.map(({ invoiceId }) => invoiceId)),
    );
    const steps = outbox.map(({ invoiceIds, stepId }: Json) => `${invoiceIds} ${stepId}`);
    expect(new Set(steps).size).toBe(steps.length);
    expect((await get('/_local/metrics')).body.deadLetters).toEqual([]);
    expect([...failures, ...systems.errors]).toEqual([]);
  });

  it('settles a case when the bank pays, and sends nothing more', async () => {
    const { register, advance, pay, get, outboxOf, caseOf } = await start();
    expect((await register(sample('F-0103'))).status).toBe(201);
    await advance('P15D');
    const before = await outboxOf('F-0103');
    expect(before.length).toBeGreaterThan(0);
    expect((await pay(paymentOf('F-0103'))).status).toBe(202);
    expect((await get('/_local/executions/F-0103')).body).toMatchObject({
      status: 'SUCCEEDED',
      currentStates: ['Settled'],
    });
    await advance('P200D');
    expect(await outboxOf('F-0103')).toEqual(before);
    expect(await caseOf('F-0103')).toMatchObject({
      standing: 'settled',
      balance: { paid: '8640.00', principalDue: '0.00' },
    });
    expect((await get('/_local/executions/F-0103')).body).toMatchObject({
      status: 'SUCCEEDED',
      currentStates: ['Settled'],
    });
  });

  it('goes on from kept data: what was sent is not sent again, and a payment still ends the case', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'relance-data-'));
    const first = await start({ dataFolder });
    for (const invoiceId of ['F-0103', 'F-0107']) await first.register(sample(invoiceId));
    await first.advance('P15D');
    const before = await first.outboxOf('F-0107');
    await systems.closeAll();

    const second = await start({ dataFolder, startAt: undefined });
    expect(second.system.startedAt).toBe('2026-01-20T08:00:00.000Z');
    expect((await second.get('/_local/executions/F-0107')).body.currentStates).toContain(
      'Listen for payments and decisions',
    );
    expect(await second.outboxOf('F-0107')).toEqual(before);
    await second.pay(paymentOf('F-0103'));
    expect((await second.get('/_local/executions/F-0103')).body.status).toBe('SUCCEEDED');
    await second.advance('P100D');
    const after = await second.outboxOf('F-0107');
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after.map(({ stepId }) => stepId)).size).toBe(after.length);
    expect([...first.failures, ...second.failures]).toEqual([]);
  });

  it('keeps strangers out: no token, the wrong scope, a forged webhook', async () => {
    const { post, get, tokenFor, send } = await start();
    expect((await post('/invoices', sample('F-0101'))).status).toBe(401);
    const finance = { authorization: `Bearer ${await tokenFor('relance/finance')}` };
    expect((await post('/invoices', sample('F-0101'), finance)).status).toBe(403);
    expect((await get('/cases/F-0101', await tokenFor('relance/billing'))).status).toBe(403);
    const forged = { 'relance-signature': `t=${Date.parse('2026-01-05T08:00:00Z') / 1000},v1=${'0'.repeat(64)}` };
    expect((await post('/webhooks/bank', paymentOf('F-0101'), forged)).status).toBe(401);
    expect(await send('/nowhere')).toMatchObject({
      status: 404,
      type: expect.stringContaining('application/problem+json'),
    });
    expect((await get('/_local/executions/F-0101')).status).toBe(404);
  });

  it('stamps what it records with the virtual time, not with the hour of this machine', async () => {
    const { register, advance, send, tokenFor } = await start();
    await advance('P3D');
    await register(sample('F-0101'));
    const authorization = `Bearer ${await tokenFor('relance/finance')}`;
    const { body } = await send('/cases/F-0101/history', { headers: { authorization } });
    expect(body.entries[0]).toMatchObject({
      type: 'InvoiceRegistered',
      at: expect.stringMatching(/^2026-01-08T08:00:00/),
    });
  });
});
