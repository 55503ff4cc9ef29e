import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office, type ShownCase } from './office.ts';

let local: TestSystem;
let office: Office;

/** A case with what was promised of it. */
interface PromisedCase extends ShownCase {
  readonly promises: readonly { readonly state: string }[];
}

const LISTENING = 'Listen for payments and decisions';
const [PROMISED, BLOCKED] = ['W-1', 'W-2'];

/** Nobody places the money by themselves, nor calls about a broken promise; everything else is done as it comes. */
const answer: Answer = (task, today) =>
  ['promise-broken', 'unapplied-cash'].includes(task.kind) ? null : clerk(task, today);

const command = (path: string, body: object) => local.client.call(`POST ${path}`, { scope: 'relance/finance', body });
const lanes = async (invoiceId: string) => (await local.client.execution(invoiceId))?.currentStates.toSorted();
const isHeld = { hold: { reason: 'unplaced-payment', until: null } };

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  const customer = wholeCustomerBody('C-W');
  for (const [id, amount] of [[PROMISED, '2000.00'] as const, [BLOCKED, '500.00'] as const]) {
    const body = invoiceBody(id, { customer, total: { amount, currency: 'EUR' } });
    expect((await local.client.register(body)).status).toBe(201);
  }
  await office.work('2026-02-04', answer);
  const until = { until: '2026-02-10', reason: 'delivery is checked' };
  expect((await command(`/cases/${BLOCKED}/block`, until)).status).toBeLessThan(300);
  expect((await command(`/cases/${PROMISED}/promises`, { promisedOn: '2026-02-18' })).status).toBe(201);
  await local.client.bank(creditBody('BK-1', `${PROMISED} ${BLOCKED}`, '2600.00'));
  await local.client.now();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('money that a person has to place', () => {
  it('keeps back what was promised and what is blocked alike, and asks one person', async () => {
    expect(await office.caseOf(PROMISED)).toMatchObject({ standing: 'promised', ...isHeld });
    expect(await office.caseOf(BLOCKED)).toMatchObject({ standing: 'blocked', ...isHeld });
    expect(await office.asked(PROMISED, 'unapplied-cash')).toEqual([
      '2026-02-04 | Place a payment of 2600.00 EUR that may be for invoices W-1, W-2',
    ]);
  });

  it('has the promise wait in its lane beyond its day, and the other one at its level once the block is over', async () => {
    const before = (await local.client.outbox(BLOCKED)).length;
    await office.work('2026-03-20', answer);
    expect(await lanes(PROMISED)).toEqual([LISTENING, 'Wait: promise']);
    expect(await lanes(BLOCKED)).toEqual([LISTENING, 'Wait: level 1']);
    expect(await office.caseOf(PROMISED)).toMatchObject({ standing: 'promised', nextStep: null });
    expect((await local.client.outbox(BLOCKED)).length).toBe(before);
    expect(await office.asked(PROMISED, 'promise-broken')).toEqual([]);
  });

  it('that is for something else has the promise judged at once, and notices go on', async () => {
    const [task] = await office.tasks(PROMISED);
    expect((await local.client.report(String(task?.taskId), { result: 'done' })).status).toBe(200);
    await local.client.now();
    expect((await office.caseOf(PROMISED)) as PromisedCase).toMatchObject({ promises: [{ state: 'broken' }] });
    expect(await office.asked(PROMISED, 'promise-broken')).toHaveLength(1);
    const before = (await office.contacts(BLOCKED)).length;
    await office.work('2026-03-26', answer);
    expect((await office.contacts(BLOCKED)).length).toBeGreaterThan(before);
  });
});
