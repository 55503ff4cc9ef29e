import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';

const FINANCE = { scope: 'relance/finance' } as const;

let local: TestSystem;

beforeAll(async () => {
  local = await startTestSystem();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

/** A camt.053 of one day with these payments: the bank's reference, the amount, what the payer wrote, and whether the bank gives it back. */
function camt053(payments: readonly { ref: string; amount: string; words: string; isReturn?: boolean }[]): string {
  const entries = payments.map(
    ({ ref, amount, words, isReturn }) => `<Ntry><Amt Ccy="EUR">${amount}</Amt>
<CdtDbtInd>${isReturn ? 'DBIT' : 'CRDT'}</CdtDbtInd>${isReturn ? '<RvslInd>true</RvslInd>' : ''}<Sts>BOOK</Sts>
<BookgDt><Dt>2026-01-05</Dt></BookgDt><ValDt><Dt>2026-01-05</Dt></ValDt><AcctSvcrRef>${ref}</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>${ref}</AcctSvcrRef></Refs><Amt Ccy="EUR">${amount}</Amt>
<CdtDbtInd>${isReturn ? 'DBIT' : 'CRDT'}</CdtDbtInd><RmtInf><Ustrd>${words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-05T18:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>
<CreDtTm>2026-01-05T18:00:00</CreDtTm><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
${entries.join('\n')}</Stmt></BkToCstmrStmt></Document>`;
}

const upload = (body: string) =>
  local.client.call<{ entries: { result: string; rule: string | null; invoiceIds: string[] }[] }>(
    'POST /bank-statements',
    { ...FINANCE, headers: { 'content-type': 'application/xml' }, body },
  );
const caseOf = async (invoiceId: string) =>
  (await local.client.call<Record<string, unknown>>(`GET /cases/${invoiceId}`, FINANCE)).body;

describe('the statements of the bank', () => {
  const statement = camt053([
    { ref: 'BK1', amount: '1200.00', words: 'FACTURE STMT-1' },
    { ref: 'BK2', amount: '700.00', words: 'FACTURE STMT-2' },
    { ref: 'BK3', amount: '500.00', words: 'merci' },
  ]);

  it('settle what they pay, and leave the rest to a person', async () => {
    for (const id of ['STMT-1', 'STMT-2']) {
      expect((await local.client.register(invoiceBody(id))).status).toBe(201);
    }
    const { status, body } = await upload(statement);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.entries).toMatchObject([
      { result: 'matched', rule: 'invoice-number', invoiceIds: ['STMT-1'] },
      { result: 'matched', rule: 'invoice-number', invoiceIds: ['STMT-2'] },
      { result: 'unapplied', rule: null, invoiceIds: [] },
    ]);
    await local.client.now();
    expect(await local.client.call('GET /reports/aged-receivables', FINANCE)).toMatchObject({
      status: 200,
      body: { on: '2026-01-05', currencies: [{ currency: 'EUR', buckets: { current: '500.00' }, total: '500.00' }] },
    });
    const collection = 'GET /reports/collection?from=2025-12-01&to=2026-01-05' as const;
    expect(await local.client.call(collection, FINANCE)).toMatchObject({ status: 200, body: { currency: 'EUR' } });
    expect(await local.client.execution('STMT-1')).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
    expect(await caseOf('STMT-2')).toMatchObject({ standing: 'open', balance: { principalDue: '500.00' } });
    expect(await local.client.outbox('STMT-1')).toEqual([]);
  });

  it('uploaded twice change nothing, and broken in the middle neither', async () => {
    const before = await caseOf('STMT-2');
    const again = await upload(statement);
    expect(again.body.entries.map(({ result }) => result)).toEqual(['duplicate', 'duplicate', 'duplicate']);
    const broken = camt053([{ ref: 'BK9', amount: '1.00', words: 'STMT-2' }]).replace('</Stmt>', '</Stmd>');
    expect(await upload(broken)).toMatchObject({ status: 422, body: { errors: [{ pointer: '', line: 8 }] } });
    expect(await caseOf('STMT-2')).toEqual(before);
  });

  it('leave money a person allocates, which settles the case and ends its execution', async () => {
    const { body } = await local.client.call<{ items: { transactionId: string; amount: object }[] }>(
      'GET /unapplied-cash',
      FINANCE,
    );
    const [item] = body.items;
    expect(body.items).toMatchObject([{ amount: { amount: '500.00', currency: 'EUR' }, remittance: 'merci' }]);
    const allocations = [{ invoiceId: 'STMT-2', amount: item?.amount }];
    const route = `POST /unapplied-cash/${item?.transactionId}/allocation` as const;
    const allocated = await local.client.call(route, { ...FINANCE, body: { allocations } });
    expect(allocated).toEqual({ status: 200, body: { item: null } });
    expect(await local.client.call(route, { ...FINANCE, body: { allocations } })).toEqual(allocated);
    await local.client.now();
    expect(await caseOf('STMT-2')).toMatchObject({ standing: 'settled', balance: { paid: '1200.00' } });
    expect(await local.client.execution('STMT-2')).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
    const { customerId } = (await caseOf('STMT-2')) as { customerId: string };
    expect(await local.client.call(`GET /customers/${customerId}/statement`, FINANCE)).toMatchObject({
      status: 200,
      body: { customerId, currencies: [], unapplied: [] },
    });
    expect(await local.client.call(`GET /customers/${customerId}`, FINANCE)).toMatchObject({ status: 200 });
  });

  it('that give a payment back have its invoice owed again, and ask a person to call', async () => {
    const { body } = await upload(camt053([{ ref: 'BK4', amount: '1200.00', words: 'REJET STMT-1', isReturn: true }]));
    expect(body.entries).toMatchObject([{ result: 'matched', invoiceIds: ['STMT-1'] }]);
    await local.client.now();
    expect(await caseOf('STMT-1')).toMatchObject({ standing: 'open', cycle: 2, balance: { paid: '0.00' } });
    expect(await local.client.execution('STMT-1')).toMatchObject({ status: 'RUNNING' });
    const titles = (await local.client.tasks('STMT-1')).map(({ title }) => title);
    expect(titles).toEqual(['A payment of invoice STMT-1 was taken back: call']);
  });

  it('that tell again what the webhook told take nothing twice: neither a payment nor one that was one too many', async () => {
    expect((await local.client.register(invoiceBody('STMT-4'))).status).toBe(201);
    const dates = { bookedOn: '2026-01-05', valueOn: '2026-01-05' };
    for (const id of ['W-1', 'W-2']) await local.client.bank({ ...creditBody(id, 'STMT-4'), ...dates });
    const recall = { kind: 'return', returnsTransactionId: 'W-2' };
    await local.client.bank({ ...creditBody('WR-2', 'RAPPEL'), ...dates, ...recall });
    await local.client.now();
    const { body } = await upload(
      camt053([
        { ref: 'BK5', amount: '1200.00', words: 'FACTURE STMT-4' },
        { ref: 'BK6', amount: '1200.00', words: 'FACTURE STMT-4' },
        { ref: 'BK7', amount: '1200.00', words: 'RAPPEL FACTURE STMT-4', isReturn: true },
      ]),
    );
    expect(body.entries.map(({ result }) => result)).toEqual(['unapplied', 'unapplied', 'unapplied']);
    await local.client.now();
    const settled = { standing: 'settled', cycle: 1, balance: { paid: '1200.00', totalDue: '0.00' } };
    expect(await caseOf('STMT-4')).toMatchObject(settled);
    expect(await local.client.execution('STMT-4')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await local.client.tasks('STMT-4')).toEqual([]);
  });
});
