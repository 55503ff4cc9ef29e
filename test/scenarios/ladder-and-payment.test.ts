import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditBody, customerBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';

let local: TestSystem;

beforeAll(async () => {
  local = await startTestSystem();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

/** The hour of the day is spread by a hash of the invoice's id: the date is what a story tells. */
const sent = async (invoiceId: string) =>
  (await local.client.outbox(invoiceId)).map(({ stepId, channel, level, at }) => [
    stepId,
    channel,
    level,
    at.slice(0, 10),
  ]);

async function caseOf(invoiceId: string): Promise<Record<string, unknown>> {
  return (await local.client.call<Record<string, unknown>>(`GET /cases/${invoiceId}`, { scope: 'relance/finance' }))
    .body;
}

async function historyOf(invoiceId: string): Promise<string[]> {
  const path = `GET /cases/${invoiceId}/history` as const;
  const { body } = await local.client.call<{ entries: { type: string }[] }>(path, { scope: 'relance/finance' });
  return body.entries.map(({ type }) => type);
}

// Every story starts on 5 January 2026 and walks forward on the one clock, so they are told in order.
describe("a year at a bakery's supplier", () => {
  it('climbs the whole ladder on the right days, at open hours, while nobody pays', async () => {
    for (const id of ['LADDER-1', 'EARLY-1', 'AFTER-ONE-1', 'PARTIAL-1', 'OVER-1']) {
      expect((await local.client.register(invoiceBody(id))).status).toBe(201);
    }
    expect((await local.client.execution('LADDER-1')).currentStates).toContain('Wait: preventive');
    await local.client.bank(creditBody('BK-EARLY', 'EARLY-1'));
    await local.client.advance({ advanceTo: '2026-02-01T12:00:00Z' });
    expect(await sent('LADDER-1')).toEqual([['P1', 'email', 'preventive', '2026-01-20']]);
    expect((await local.client.execution('LADDER-1')).currentStates).toContain('Wait: level 1');
  });

  it('sends nothing at all to who paid before the first notice', async () => {
    expect(await sent('EARLY-1')).toEqual([]);
    expect(await local.client.execution('EARLY-1')).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
    expect((await local.client.execution('EARLY-1')).transitions).toBeLessThanOrEqual(10);
    expect(await caseOf('EARLY-1')).toMatchObject({
      standing: 'settled',
      nextStep: null,
      balance: { paid: '1200.00', principalDue: '0.00' },
      execution: { status: 'SUCCEEDED' },
    });
  });

  it('stops after the notice that brought the money in', async () => {
    await local.client.bank(creditBody('BK-AFTER-ONE', 'AFTER-ONE-1'));
    const { status, transitions, events } = await local.client.execution('AFTER-ONE-1');
    expect(status).toBe('SUCCEEDED');
    expect(transitions).toBeLessThanOrEqual(14);
    expect(events.filter(({ type }) => type === 'SucceedStateEntered')).toMatchObject([
      { stateEnteredEventDetails: { name: 'Settled' } },
    ]);
    expect(await historyOf('AFTER-ONE-1')).toEqual([
      'InvoiceRegistered',
      'NoticeReserved',
      'NoticeSent',
      'NoticeSkipped',
      'DeliveryReported',
      'PaymentApplied',
      'CaseSettled',
    ]);
  });

  it('asks for what is left after a partial payment, and says what came in', async () => {
    await local.client.bank(creditBody('BK-PART', 'PARTIAL-1', '500.00'));
    await local.client.advance({ advanceTo: '2026-02-02T12:00:00Z' });
    const [, notice] = await local.client.outbox('PARTIAL-1');
    expect(notice).toMatchObject({ stepId: 'A1', level: 'level1' });
    for (const part of [notice?.text, notice?.html])
      expect(part?.replace(/[\u00a0\u202f]/g, ' ')).toContain('700,00 €');
    expect(notice?.text.replace(/[\u00a0\u202f]/g, ' ')).toContain('500,00 €');
    expect(await caseOf('PARTIAL-1')).toMatchObject({
      // Three days of interest on 1 200.00, and forty euros.
      balance: { paid: '500.00', principalDue: '700.00', interest: '1.20', compensation: '40.00', totalDue: '741.20' },
    });
  });

  it('has one effect when the bank delivers a transaction again', async () => {
    for (let copy = 0; copy < 3; copy += 1) {
      expect((await local.client.bank(creditBody('BK-PART', 'PARTIAL-1', '500.00'))).status).toBe(202);
    }
    await local.client.now();
    expect(await caseOf('PARTIAL-1')).toMatchObject({ balance: { paid: '500.00' } });
  });

  it('keeps what is paid over, and what matches nothing, as unapplied cash', async () => {
    await local.client.bank(creditBody('BK-OVER', 'OVER-1', '1250.50'));
    await local.client.bank({ ...creditBody('BK-STRAY', '', '77.77'), remittance: 'MERCI POUR TOUT' });
    await local.client.now();
    expect(await caseOf('OVER-1')).toMatchObject({ standing: 'settled', balance: { paid: '1200.00' } });
    const { body } = await local.client.call<{ items: unknown[] }>('GET /unapplied-cash', { scope: 'relance/finance' });
    expect(body.items).toHaveLength(2);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ transactionId: 'BK-OVER', amount: { amount: '50.50', currency: 'EUR' } }),
        expect.objectContaining({ transactionId: 'BK-STRAY', amount: { amount: '77.77', currency: 'EUR' } }),
      ]),
    );
  });

  it('asks people for what no email can do, and hands over where no letter can go, then rests and listens', async () => {
    await local.client.advance({ advanceTo: '2026-06-01T08:00:00Z' });
    expect(await sent('LADDER-1')).toEqual([
      ['P1', 'email', 'preventive', '2026-01-20'],
      ['A1', 'email', 'level1', '2026-02-02'],
      ['A3', 'email', 'level1', '2026-02-10'],
      ['B3', 'email', 'level2', '2026-03-06'],
    ]);
    const tasks = (await local.client.tasks('LADDER-1')).map(({ dueOn, kind, title }) => [dueOn, kind, title]);
    expect(tasks).toEqual([
      ['2026-02-17', 'no-contact', 'Nobody to send notice A4 to by letter'],
      ['2026-02-23', 'no-contact', 'Nobody to send notice B1 to by registered-letter'],
      ['2026-03-17', 'no-contact', 'Nobody to send notice C2 to by registered-letter'],
      ['2026-03-30', 'attention', 'Decide what follows for invoice LADDER-1'],
    ]);
    const { status, currentStates, transitions } = await local.client.execution('LADDER-1');
    expect([status, [...currentStates].sort()]).toEqual([
      'RUNNING',
      ['Listen for payments and decisions', 'Wait: level 2'],
    ]);
    await local.client.bank(creditBody('BK-LADDER', 'LADDER-1'));
    const settled = await local.client.execution('LADDER-1');
    expect(settled.status).toBe('SUCCEEDED');
    expect(settled.transitions).toBeLessThanOrEqual(4 * 11 + 10);
    expect(transitions).toBeLessThan(settled.transitions);
  });

  it('hands a case that outlives an execution to its successor, which still hears the payment', async () => {
    await local.client.advance({ advanceTo: '2027-03-01T08:00:00Z' });
    const waiting = (await local.client.execution('PARTIAL-1')) as unknown as { executionArn: string; status: string };
    expect(waiting.executionArn).toMatch(/:PARTIAL-1_1_2$/);
    expect(waiting.status).toBe('RUNNING');
    await local.client.bank(creditBody('BK-REST', 'PARTIAL-1', '700.00'));
    expect((await local.client.execution('PARTIAL-1')).status).toBe('SUCCEEDED');
    expect(await caseOf('PARTIAL-1')).toMatchObject({ standing: 'settled', execution: { status: 'SUCCEEDED' } });
    expect((await sent('PARTIAL-1')).map(([stepId]) => stepId)).toEqual(['P1', 'A1', 'A3', 'B3']);
  });

  it('starts gently with an invoice that is imported 90 days late, in English for an English debtor', async () => {
    const customer = customerBody('C-LATE', { country: 'GB', language: 'en', timeZone: 'Europe/London' });
    await local.client.register(invoiceBody('LATE-1', { issuedOn: '2026-11-01', dueOn: '2026-12-01', customer }));
    await local.client.advance({ advanceTo: '2027-03-02T12:00:00Z' });
    expect(await sent('LATE-1')).toEqual([['A1', 'email', 'level1', '2027-03-01']]);
    const [notice] = await local.client.outbox('LATE-1');
    expect(notice?.subject).toMatch(/unpaid invoice/i);
    expect(await historyOf('LATE-1')).toContain('NoticeSkipped');
  });

  it('takes a payment back from its invoice, without taking it for money at hand', async () => {
    const back = { ...creditBody('BK-BACK', 'OVER-1', '1200.00'), kind: 'return', returnsTransactionId: 'BK-OVER' };
    expect((await local.client.bank(back)).status).toBe(202);
    await local.client.now();
    const { body } = await local.client.call<{ items: { transactionId: string }[] }>('GET /unapplied-cash', {
      scope: 'relance/finance',
    });
    expect(body.items.map(({ transactionId }) => transactionId)).not.toContain('BK-BACK');
  });

  it('drops no money that comes under an id that was used before: it waits in the dead letters', async () => {
    await local.client.bank(creditBody('BK-STRAY', 'YEN-1', '999.00'));
    await local.client.advance({ advanceBy: 'PT10M' });
    const { deadLetters } = (await local.client.call<{ deadLetters: unknown[] }>('GET /_local/metrics')).body;
    expect(JSON.stringify(deadLetters)).toContain('999.00');
  });

  it('serves an invoice whose id holds dots, which the tags of SES refuse', async () => {
    await local.client.register(invoiceBody('FA-2027.03.1', { issuedOn: '2027-02-01', dueOn: '2027-03-01' }));
    await local.client.advance({ advanceTo: '2027-03-04T12:00:00Z' });
    expect(await sent('FA-2027.03.1')).toEqual([['A1', 'email', 'level1', '2027-03-03']]);
    expect(await historyOf('FA-2027.03.1')).toContain('DeliveryReported');
  });

  it('counts in yen without decimals and in dinars with three', async () => {
    const yen = invoiceBody('YEN-1', {
      total: { amount: '120000', currency: 'JPY' },
      dueOn: '2027-03-31',
      issuedOn: '2027-03-01',
    });
    const dinar = invoiceBody('DINAR-1', {
      total: { amount: '1200.500', currency: 'TND' },
      dueOn: '2027-03-31',
      issuedOn: '2027-03-01',
    });
    expect([(await local.client.register(yen)).status, (await local.client.register(dinar)).status]).toEqual([
      201, 201,
    ]);
    await local.client.bank(creditBody('BK-DINAR', 'DINAR-1', '0.001', 'TND'));
    await local.client.now();
    expect(await caseOf('YEN-1')).toMatchObject({ balance: { billed: '120000', principalDue: '120000' } });
    expect(await caseOf('DINAR-1')).toMatchObject({
      balance: { billed: '1200.500', paid: '0.001', principalDue: '1200.499' },
    });
  });
});
