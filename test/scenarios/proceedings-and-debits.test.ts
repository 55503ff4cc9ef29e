import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office, type ShownCase } from './office.ts';

/** A case as finance sees it, with what keeps it back and what its delay has cost. */
interface HeldCase extends ShownCase {
  readonly block: { readonly cause: string | null; readonly until: string; readonly collectedOn: string } | null;
  readonly cycle: number;
}

const FINANCE = { scope: 'relance/finance' } as const;
const LISTENING = 'Listen for payments and decisions';

let local: TestSystem;
let office: Office;

const answer: Answer = (task, today) => (task.kind === 'insolvency' ? null : clerk(task, today));

const block = (invoiceId: string, body: object) =>
  local.client.call<HeldCase & { errors: { pointer: string }[] }>(`POST /cases/${invoiceId}/block`, {
    ...FINANCE,
    body,
  });
const caseOf = async (invoiceId: string) => (await office.caseOf(invoiceId)) as HeldCase;
const states = async (invoiceId: string) => {
  const { status, currentStates } = await local.client.execution(invoiceId);
  return { status, currentStates: currentStates.toSorted() };
};

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  const bodies = [
    ...['PROC-1', 'PROC-2'].map((id) => invoiceBody(id, { customer: wholeCustomerBody('C-PROC') })),
    invoiceBody('PROC-USD', {
      ...{ customer: wholeCustomerBody('C-PROC'), dueOn: '2026-03-31' },
      total: { amount: '300.00', currency: 'USD' },
    }),
    ...['DEBIT-1', 'DEBIT-2'].map((id) => invoiceBody(id, { customer: wholeCustomerBody(`C-${id}`) })),
  ];
  for (const body of bodies) expect([200, 201]).toContain((await local.client.register(body)).status);
  // A1 left on Tuesday the 3rd; the calls of A2 are made from Thursday the 5th on.
  await office.work('2026-02-04', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('insolvency proceedings', () => {
  it('stop everything for the debtor, in every open invoice, and ask for the claim to be declared', async () => {
    const proceedings = { reason: 'BODACC A no 23', cause: 'insolvency', openedOn: '2026-02-02' };
    const { status, body } = await block('PROC-1', proceedings);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ standing: 'open', block: null, hold: { reason: 'insolvency', until: null } });
    await local.client.now();
    for (const id of ['PROC-2', 'PROC-USD']) {
      expect(await caseOf(id)).toMatchObject({ hold: { reason: 'insolvency' } });
    }
    const [task, ...others] = (await office.tasks('PROC-2')).filter(({ kind }) => kind === 'insolvency');
    expect(others).toEqual([]);
    expect(task).toMatchObject({ title: 'Declare the claim', dueOn: '2026-04-02' });
    expect(task?.invoiceIds.toSorted()).toEqual(['PROC-1', 'PROC-2', 'PROC-USD']);
    expect(task?.reason).toContain('Owed on 3 invoices: 2400.00 EUR and 300.00 USD.');
    expect((await block('PROC-2', proceedings)).status).toBe(200);
    expect(await office.asked('PROC-2', 'insolvency')).toHaveLength(1);
  });

  it('are refused with an end, and in the future', async () => {
    const open = { reason: 'BODACC', cause: 'insolvency' };
    expect(await block('PROC-1', { ...open, until: '2026-12-31' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ pointer: '/until' }] } },
    });
    expect(await block('DEBIT-1', { ...open, openedOn: '2026-02-05' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ pointer: '/openedOn' }] } },
    });
  });
});

describe('a direct debit in flight', () => {
  beforeAll(async () => {
    for (const id of ['DEBIT-1', 'DEBIT-2']) {
      const debit = { reason: 'SEPA run 7', cause: 'direct-debit', until: '2026-02-13' };
      expect((await block(id, debit)).body.block).toMatchObject({
        ...{ cause: 'direct-debit', collectedOn: '2026-02-13', until: '2026-02-17' },
      });
    }
    await local.client.now();
  });

  it('needs the day on which it is collected', async () => {
    expect(await block('DEBIT-1', { reason: 'SEPA', cause: 'direct-debit' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ pointer: '/until' }] } },
    });
  });

  it('waits in the lane of blocks, and says so in the history', async () => {
    expect(await states('DEBIT-1')).toEqual({ status: 'RUNNING', currentStates: [LISTENING, 'Wait: block'] });
    expect(await office.facts('DEBIT-1', 'CaseBlocked')).toEqual([
      { until: '2026-02-17', cause: 'direct-debit', collectedOn: '2026-02-13' },
    ]);
  });

  it('that is paid settles its case meanwhile', async () => {
    await local.client.bank(creditBody('BK-1', 'DEBIT-1'));
    await local.client.now();
    expect(await caseOf('DEBIT-1')).toMatchObject({ standing: 'settled', block: null });
    expect(await states('DEBIT-1')).toEqual({ status: 'SUCCEEDED', currentStates: ['Settled'] });
  });

  it('that brings nothing is over two open days after its collection; dunning goes on at the level reached', async () => {
    const before = await office.contacts('DEBIT-2');
    await office.work('2026-02-17', answer);
    expect(await office.contacts('DEBIT-2')).toEqual(before);
    const { level } = await caseOf('DEBIT-2');
    await office.work('2026-02-18', answer);
    expect(await office.facts('DEBIT-2', 'CaseUnblocked')).toEqual([{ reason: 'ended' }]);
    expect(await caseOf('DEBIT-2')).toMatchObject({ standing: 'open', block: null, level });
    await office.work('2026-02-27', answer);
    const steps = (await office.contacts('DEBIT-2')).map((line) => line.split(' | ')[1]);
    expect(steps.length).toBeGreaterThan(before.length);
    expect(steps.filter((stepId) => stepId === 'A1')).toEqual(['A1']);
  });
});

describe('insolvency proceedings, months later', () => {
  it('end interest on the day of the opening, and compensation for what was not late by then', async () => {
    const before = (await caseOf('PROC-1')).balance;
    expect(before).toMatchObject({ compensation: '40.00' });
    await office.work('2026-05-04', answer);
    expect((await caseOf('PROC-1')).balance).toEqual(before);
    expect((await caseOf('PROC-USD')).balance).toMatchObject({ interest: '0.00', compensation: '0.00' });
  });

  it('keep the executions waiting; nothing was sent since, to nobody', async () => {
    for (const id of ['PROC-1', 'PROC-2', 'PROC-USD']) {
      expect((await states(id)).status).toBe('RUNNING');
      expect((await local.client.outbox(id)).filter(({ at }) => at > '2026-02-04T12:00:00Z')).toEqual([]);
    }
  });
});
