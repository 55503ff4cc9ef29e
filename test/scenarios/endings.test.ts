import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';
import { Office } from './office.ts';

let local: TestSystem;
let office: Office;

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of STORIES) expect((await local.client.register(invoiceBody(id))).status).toBe(201);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

const STORIES = [
  'CREDIT-1',
  'GIFT-1',
  'MOVED-1',
  'CANCEL-1',
  'BLOCK-1',
  'OPEN-BLOCK-1',
  'LOST-1',
  'AGENCY-1',
  'CHEQUE-1',
];

const euros = (amount: string) => ({ amount, currency: 'EUR' });

type Route = `${'POST' | 'PUT' | 'DELETE'} /${string}`;

/** What the API answers when somebody decides, and what everything that follows at once has come to. */
async function decide(route: Route, scope: 'billing' | 'finance', body?: unknown) {
  const answer = await local.client.call<Record<string, unknown>>(route, { scope: `relance/${scope}`, body });
  await local.client.now();
  return answer;
}

const sentSteps = async (invoiceId: string) => (await local.client.outbox(invoiceId)).map(({ stepId }) => stepId);

const endOf = async (invoiceId: string) => {
  const { status, currentStates } = await local.client.execution(invoiceId);
  return [status, ...currentStates];
};

const types = async (invoiceId: string) => (await office.history(invoiceId)).map(({ type }) => type);

// Every story starts on 5 January 2026 and walks forward on the one clock, so they are told in order.
describe('a credit note', () => {
  it('is taken off what is owed, once', async () => {
    const note = { creditNoteId: 'CN-1', amount: euros('200.00'), reason: 'two trays sent back' };
    const taken = await decide('POST /invoices/CREDIT-1/credit-notes', 'billing', note);
    expect([taken.status, taken.body]).toEqual([
      201,
      expect.objectContaining({
        creditNoteId: 'CN-1',
        unapplied: null,
        balance: expect.objectContaining({ credited: '200.00', principalDue: '1000.00' }),
      }),
    ]);
    expect((await decide('POST /invoices/CREDIT-1/credit-notes', 'billing', note)).status).toBe(200);
    const changed = { ...note, amount: euros('300.00') };
    expect((await decide('POST /invoices/CREDIT-1/credit-notes', 'billing', changed)).status).toBe(409);
    expect((await office.caseOf('CREDIT-1')).balance).toMatchObject({ credited: '200.00', principalDue: '1000.00' });
    const inPounds = { ...note, creditNoteId: 'CN-2', amount: { amount: '5.00', currency: 'GBP' } };
    expect((await decide('POST /invoices/CREDIT-1/credit-notes', 'billing', inPounds)).status).toBe(422);
  });

  it('for more than is owed settles the case, and keeps the rest for the customer', async () => {
    const note = { creditNoteId: 'CN-9', amount: euros('1300.00'), reason: 'the whole delivery was spoilt' };
    const taken = await decide('POST /invoices/GIFT-1/credit-notes', 'billing', note);
    expect(taken.body).toMatchObject({ unapplied: euros('100.00'), standing: 'settled' });
    expect(await endOf('GIFT-1')).toEqual(['SUCCEEDED', 'Settled']);
    const { body } = await local.client.call<{ items: Record<string, unknown>[] }>('GET /unapplied-cash', {
      scope: 'relance/finance',
    });
    expect(body.items).toEqual([expect.objectContaining({ amount: euros('100.00'), remittance: 'CN-9' })]);
  });
});

describe('a due date that is moved', () => {
  it('has the plan worked out again from the new date', async () => {
    expect((await office.caseOf('MOVED-1')).nextStep).toMatchObject({
      stepId: 'P1',
      at: expect.stringMatching(/^2026-01-20/),
    });
    const early = await decide('PUT /invoices/MOVED-1/due-date', 'billing', { dueOn: '2025-12-01', reason: 'a slip' });
    expect(early.status).toBe(422);
    const moved = { dueOn: '2026-02-27', reason: 'delivered four weeks late' };
    const answer = await decide('PUT /invoices/MOVED-1/due-date', 'billing', moved);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ dueOn: '2026-02-27' })]);
    expect((await office.caseOf('MOVED-1')).nextStep).toMatchObject({
      stepId: 'P1',
      at: expect.stringMatching(/^2026-02-17/),
    });
    expect(await office.facts('MOVED-1', 'DueDateMoved')).toEqual([{ from: '2026-01-30', to: '2026-02-27' }]);
  });
});

describe('a block', () => {
  it('keeps everything back through its last day, in a lane of its own, and dunning goes on from where it was', async () => {
    await local.client.advance({ advanceTo: '2026-02-03T12:00:00Z' });
    expect(await sentSteps('BLOCK-1')).toEqual(['P1', 'A1']);
    const block = { reason: 'audit of the account', until: '2026-02-20' };
    const answer = await decide('POST /cases/BLOCK-1/block', 'finance', block);
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({
        standing: 'blocked',
        block: { ...block, since: '2026-02-03', cause: null, collectedOn: null },
      }),
    ]);
    expect((await local.client.execution('BLOCK-1')).currentStates).toContain('Wait: block');
    await decide('POST /cases/OPEN-BLOCK-1/block', 'finance', { reason: 'the director negotiates' });
    await local.client.advance({ advanceTo: '2026-02-20T22:00:00Z' });
    expect(await sentSteps('BLOCK-1')).toEqual(['P1', 'A1']);
    expect(await office.caseOf('BLOCK-1')).toMatchObject({ standing: 'blocked' });
    await office.work('2026-03-10', () => null);
    expect(await office.caseOf('BLOCK-1')).toMatchObject({ standing: 'open' });
    const contacts = await office.history('BLOCK-1');
    const next = contacts.find(({ type, data }) => type === 'TaskRaised' && data.kind === 'call');
    expect(next?.at.slice(0, 10)).toBe('2026-02-23');
    expect(await sentSteps('OPEN-BLOCK-1')).toEqual(['P1', 'A1']);
  });

  it('without an end stands until a person lifts it, and money ends it', async () => {
    expect((await local.client.execution('OPEN-BLOCK-1')).currentStates).toContain('Wait: block');
    const lifted = await decide('DELETE /cases/OPEN-BLOCK-1/block', 'finance');
    expect([lifted.status, lifted.body]).toEqual([200, expect.objectContaining({ standing: 'open', block: null })]);
    await decide('POST /cases/OPEN-BLOCK-1/block', 'finance', { reason: 'once more' });
    await local.client.bank(creditBody('BK-BLOCK', 'OPEN-BLOCK-1'));
    expect(await endOf('OPEN-BLOCK-1')).toEqual(['SUCCEEDED', 'Settled']);
  });
});

describe('a payment that a person saw', () => {
  const seen = { transactionId: 'CHQ-12', amount: euros('700.00'), receivedOn: '2026-03-09', method: 'cheque' };

  it('is applied like one of the bank’s, once, whoever tells of it again', async () => {
    const told = await decide('POST /cases/CHEQUE-1/payments', 'finance', seen);
    expect([told.status, told.body]).toEqual([
      201,
      expect.objectContaining({ transactionId: 'CHQ-12', unapplied: null, standing: 'open' }),
    ]);
    expect((await decide('POST /cases/CHEQUE-1/payments', 'finance', seen)).status).toBe(200);
    await local.client.bank(creditBody('CHQ-12', 'CHEQUE-1', '700.00'));
    expect((await office.caseOf('CHEQUE-1')).balance).toMatchObject({ paid: '700.00', principalDue: '500.00' });
    const other = { ...seen, amount: euros('1.00') };
    expect((await decide('POST /cases/CHEQUE-1/payments', 'finance', other)).status).toBe(409);
    const rest = { ...seen, transactionId: 'CHQ-13', amount: euros('510.00') };
    expect((await decide('POST /cases/CHEQUE-1/payments', 'finance', rest)).body).toMatchObject({
      unapplied: euros('10.00'),
      standing: 'settled',
    });
    expect(await endOf('CHEQUE-1')).toEqual(['SUCCEEDED', 'Settled']);
  });
});

describe('a case that ends without the money', () => {
  it('is cancelled with its invoice, and a person is asked what becomes of what was paid', async () => {
    await local.client.bank(creditBody('BK-CANCEL', 'CANCEL-1', '300.00'));
    await local.client.now();
    const answer = await decide('POST /invoices/CANCEL-1/cancellation', 'billing', { reason: 'billed twice' });
    expect(answer.body).toMatchObject({
      standing: 'cancelled',
      balance: { paid: '300.00', credited: '900.00', principalDue: '0.00' },
    });
    expect(await endOf('CANCEL-1')).toEqual(['SUCCEEDED', 'Closed']);
    expect(await office.tasks('CANCEL-1')).toEqual([
      expect.objectContaining({ kind: 'attention', title: 'Invoice CANCEL-1 was cancelled after a payment' }),
    ]);
  });

  it('is written off, or handed over to others, and hears of no other decision', async () => {
    const lost = await decide('POST /cases/LOST-1/write-off', 'finance', { reason: 'costs more than it brings' });
    expect(lost.body).toMatchObject({
      standing: 'written-off',
      balance: { writtenOff: '1200.00', principalDue: '0.00' },
    });
    expect(await endOf('LOST-1')).toEqual(['SUCCEEDED', 'Closed']);
    const handOver = { to: 'Cabinet Durand', reason: 'no answer to anything' };
    expect((await decide('POST /cases/LOST-1/hand-over', 'finance', handOver)).status).toBe(409);
    const given = await decide('POST /cases/AGENCY-1/hand-over', 'finance', handOver);
    expect(given.body).toMatchObject({ standing: 'handed-over', balance: { principalDue: '1200.00' } });
    expect(await endOf('AGENCY-1')).toEqual(['SUCCEEDED', 'Handed over']);
    expect(await office.facts('AGENCY-1', 'CaseHandedOver')).toEqual([
      { to: 'Cabinet Durand', outstanding: euros('1200.00') },
    ]);
  });

  it('is never written to again, and keeps its reasons out of the history', async () => {
    const ended = ['GIFT-1', 'CANCEL-1', 'LOST-1', 'AGENCY-1'];
    const before = await Promise.all(ended.map(sentSteps));
    await local.client.advance({ advanceTo: '2026-06-01T08:00:00Z' });
    expect(await Promise.all(ended.map(sentSteps))).toEqual(before);
    expect(before[0]).toEqual([]);
    const told = JSON.stringify(await Promise.all(ended.map((invoiceId) => office.history(invoiceId))));
    expect(told).not.toContain('costs more than it brings');
    expect(await types('LOST-1')).toContain('CaseWrittenOff');
  });
});
