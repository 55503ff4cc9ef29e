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

/** A case with the promises about it. */
interface PromisedCase extends ShownCase {
  readonly promises: readonly { readonly promiseId: string; readonly promisedOn: string; readonly state: string }[];
}

const LISTENING = 'Listen for payments and decisions';
const EUROS = { amount: '700.00', currency: 'EUR' };
const INVOICES = ['KEPT-1', 'PARTLY-1', 'BROKEN-1', 'SETTLED-1'];

/** Nobody gets round to the calls; everything else is done as it comes. */
const answer: Answer = (task, today) => (task.kind === 'promise-broken' ? null : clerk(task, today));

const promise = (invoiceId: string, body: object) =>
  local.client.call<PromisedCase & { detail: string }>(`POST /cases/${invoiceId}/promises`, {
    ...{ scope: 'relance/finance', body },
  });
const pay = (id: string, invoiceId: string, amount: string) => local.client.bank(creditBody(id, invoiceId, amount));
const promisesOf = async (invoiceId: string) => {
  const { promises } = (await office.caseOf(invoiceId)) as PromisedCase;
  return promises.map(({ promisedOn, state }) => `${promisedOn} ${state}`);
};
const promiseFacts = async (invoiceId: string) =>
  (await office.history(invoiceId)).filter(({ type }) => type.startsWith('Promise')).map(({ type }) => type);
const lanes = async (invoiceId: string) => (await local.client.execution(invoiceId))?.currentStates.toSorted();

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of INVOICES) {
    const body = invoiceBody(id, {
      customer: wholeCustomerBody(`C-${id}`),
      total: { amount: '2000.00', currency: 'EUR' },
    });
    expect((await local.client.register(body)).status).toBe(201);
  }
  // A1 left on Tuesday the 3rd; the calls of A2 are made from Thursday the 5th on.
  await office.work('2026-02-04', answer);
  for (const id of INVOICES) {
    const told = id === 'SETTLED-1' ? { promisedOn: '2026-02-18' } : { promisedOn: '2026-02-18', amount: EUROS };
    const { status, body } = await promise(id, { ...told, contact: 'Anne Martin' });
    expect([status, body.standing]).toEqual([201, 'promised']);
  }
  await local.client.now();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a promise to pay', () => {
  it('is confirmed in writing at once, and waits in its lane', async () => {
    for (const id of INVOICES) {
      const confirmation = (await local.client.outbox(id)).at(-1);
      expect(confirmation).toMatchObject({ stepId: 'confirmation-1', level: null });
      expect(confirmation?.at.slice(0, 10)).toBe('2026-02-04');
      expect(confirmation?.text.replace(/[\u00a0\u202f]/g, ' ')).toContain('18 février 2026');
      expect(await lanes(id)).toEqual([LISTENING, 'Wait: promise']);
    }
  });

  it('is kept at once when its money is in, and the rest is dunned on with the next step', async () => {
    await pay('BK-1', 'KEPT-1', '700.00');
    await pay('BK-2', 'PARTLY-1', '300.00');
    await pay('BK-3', 'SETTLED-1', '2000.00');
    await local.client.now();
    expect(await promisesOf('KEPT-1')).toEqual(['2026-02-18 kept']);
    expect(await office.caseOf('KEPT-1')).toMatchObject({ standing: 'open', hold: null, nextStep: { stepId: 'A2' } });
    expect(await lanes('KEPT-1')).toEqual([LISTENING, 'Wait: level 1']);
    expect(await promisesOf('SETTLED-1')).toEqual(['2026-02-18 kept']);
    expect(await local.client.execution('SETTLED-1')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await lanes('PARTLY-1')).toEqual([LISTENING, 'Wait: promise']);
  });

  it('is partly kept when less came; the rest resumes on the day it is looked at', async () => {
    await office.work('2026-02-20', answer);
    expect(await promisesOf('PARTLY-1')).toEqual(['2026-02-18 open']);
    await office.work('2026-02-23', answer);
    expect(await promisesOf('PARTLY-1')).toEqual(['2026-02-18 partly-kept']);
    expect(await office.facts('PARTLY-1', 'PromisePartlyKept')).toMatchObject([
      { promiseId: '1', paid: { amount: '300.00', currency: 'EUR' } },
    ]);
    expect((await office.contacts('PARTLY-1')).at(-1)).toContain('2026-02-23 | A2 | call | level1');
    expect(await office.asked('PARTLY-1', 'promise-broken')).toEqual([]);
  });

  it('is broken when nothing came: somebody calls and quotes it, and the next step follows the day after', async () => {
    expect(await promisesOf('BROKEN-1')).toEqual(['2026-02-18 broken']);
    const task = (await office.tasks('BROKEN-1')).find(({ kind }) => kind === 'promise-broken');
    expect(task).toMatchObject({ dueOn: '2026-02-23', contact: { phone: '+33612345601' } });
    expect(task?.reason).toContain('On 2026-02-04 700.00 EUR was promised by 2026-02-18, and nothing came');
    expect(await office.caseOf('BROKEN-1')).toMatchObject({ standing: 'open', hold: { reason: 'promise-broken' } });
    await office.work('2026-02-24', answer);
    expect((await office.contacts('BROKEN-1')).at(-1)).toContain('2026-02-24 | A2 | call | level1');
  });

  it('is taken once more, on the call about the broken one, and not a third time', async () => {
    const task = (await office.tasks('BROKEN-1')).find(({ kind }) => kind === 'promise-broken');
    const again = await local.client.report(String(task?.taskId), { result: 'promise', promisedOn: '2026-03-02' });
    expect(again.status).toBe(200);
    expect(await promisesOf('BROKEN-1')).toEqual(['2026-02-18 broken', '2026-03-02 open']);
    await office.work('2026-03-05', answer);
    expect(await promiseFacts('BROKEN-1')).toEqual(['PromiseMade', 'PromiseBroken', 'PromiseMade', 'PromiseBroken']);
    const third = await promise('BROKEN-1', { promisedOn: '2026-03-20' });
    expect([third.status, third.body.detail]).toEqual([
      409,
      'Invoice BROKEN-1 was promised 2 times already, the last time by 2026-03-02: no further promise is taken; ask for the money or a plan.',
    ]);
  });

  it('is recalled in the notices that follow', async () => {
    await office.work('2026-03-20', answer);
    const notice = (await local.client.outbox('BROKEN-1')).find(({ at, level }) => level !== null && at > '2026-03-05');
    expect(notice?.text.replace(/[\u00a0\u202f]/g, ' ')).toContain('2 mars 2026');
  });
});
