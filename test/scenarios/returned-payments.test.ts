import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAws } from '../../lib/local/system/aws-call.ts';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office, type ShownCase } from './office.ts';

/** A case as finance sees it, with its cycle and where its execution is. */
interface CycledCase extends ShownCase {
  readonly cycle: number;
  readonly execution: { readonly arn: string; readonly status: string };
}

const LISTENING = 'Listen for payments and decisions';
const INVOICES = ['SETTLED-1', 'OPEN-1', 'EARLY-1', 'NEVER-1'];

let local: TestSystem;
let office: Office;

/** Everybody is reached by phone and promises nothing; what is asked about a payment that was taken back stays on the list. */
const answer: Answer = (task, today) => {
  if (task.title.includes('taken back')) return null;
  return task.kind === 'call' ? { result: 'no-contact' } : clerk(task, today);
};

const pay = (id: string, invoiceId: string, amount?: string) => local.client.bank(creditBody(id, invoiceId, amount));
const takeBack = (id: string, returnsTransactionId: string, amount = '1200.00') => {
  const back = { kind: 'return', returnsTransactionId, bookedOn: '2026-02-12', valueOn: '2026-02-12' };
  return local.client.bank({ ...creditBody(id, 'REJET'), amount: { amount, currency: 'EUR' }, ...back });
};
const caseOf = async (invoiceId: string) => (await office.caseOf(invoiceId)) as CycledCase;
const states = async (invoiceId: string) => {
  const { status, currentStates } = await local.client.execution(invoiceId);
  return { status, currentStates: currentStates.toSorted() };
};
const nameOf = ({ execution }: CycledCase) => execution.arn.split(':').at(-1);
const unapplied = async () => {
  const answered = await local.client.call<{ items: { transactionId: string }[] }>('GET /unapplied-cash', {
    scope: 'relance/finance',
  });
  return answered.body.items.map(({ transactionId }) => transactionId);
};
const balances = async (on: string) => {
  const { body } = await local.client.call<{ currencies: { buckets: Record<string, string> }[] }>(
    `GET /reports/aged-receivables?on=${on}`,
    { scope: 'relance/finance' },
  );
  return body.currencies.map(({ buckets }) => buckets);
};
const typesSince = async (invoiceId: string, type: string) => {
  const types = (await office.history(invoiceId)).map((entry) => entry.type);
  return types.slice(types.lastIndexOf(type));
};

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of INVOICES) {
    expect((await local.client.register(invoiceBody(id, { customer: wholeCustomerBody(`C-${id}`) }))).status).toBe(201);
  }
  await office.work('2026-02-11', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a rejected direct debit', () => {
  let before: string[];

  it('of a settled invoice opens its case again: a new execution runs, the old one has succeeded', async () => {
    await pay('BK-1', 'SETTLED-1');
    await local.client.now();
    before = await office.contacts('SETTLED-1');
    const settled = await caseOf('SETTLED-1');
    expect([settled.standing, nameOf(settled), settled.execution.status]).toEqual([
      'settled',
      'SETTLED-1_1_1',
      'SUCCEEDED',
    ]);
    expect((await takeBack('RT-1', 'BK-1')).status).toBe(202);
    await local.client.now();
    const reopened = await caseOf('SETTLED-1');
    expect(reopened).toMatchObject({
      ...{ standing: 'open', cycle: 2, hold: { reason: 'payment-returned' }, level: settled.level },
      balance: { paid: '0.00', principalDue: '1200.00' },
    });
    expect([nameOf(reopened), reopened.execution.status]).toEqual(['SETTLED-1_2_1', 'RUNNING']);
    expect(await states('SETTLED-1')).toEqual({ status: 'RUNNING', currentStates: [LISTENING, 'Wait: level 1'] });
    const old = await callAws(local.system.awsUrl, 'AWSStepFunctions.DescribeExecution', {
      executionArn: settled.execution.arn,
    });
    expect(old).toMatchObject({ body: { status: 'SUCCEEDED' } });
    const told = await typesSince('SETTLED-1', 'PaymentReturned');
    expect(told.slice(0, 4)).toEqual(['PaymentReturned', 'CaseReopened', 'HoldPlaced', 'TaskRaised']);
    // The new execution passes over what was served before.
    expect(new Set(told.slice(4))).toEqual(new Set(['NoticeSkipped']));
    expect(await unapplied()).toEqual([]);
  });

  it('asks one person to call', async () => {
    const tasks = (await office.tasks('SETTLED-1')).filter(({ title }) => title.includes('taken back'));
    expect(tasks.map(({ kind, title }) => [kind, title])).toEqual([
      ['attention', 'A payment of invoice SETTLED-1 was taken back: call'],
    ]);
    expect(tasks[0]?.reason).toContain('Transaction RT-1 returns BK-1: 1200.00 EUR is owed again.');
  });

  it('told twice changes nothing', async () => {
    const entries = await office.history('SETTLED-1');
    await takeBack('RT-1', 'BK-1');
    await pay('BK-1', 'SETTLED-1');
    await local.client.now();
    expect(await office.history('SETTLED-1')).toEqual(entries);
    expect(nameOf(await caseOf('SETTLED-1'))).toBe('SETTLED-1_2_1');
  });

  it('was paid in between, and is owed again from the day it was rejected', async () => {
    expect(await balances('2026-02-01')).toMatchObject([{ '1-30': '4800.00' }]);
    expect(await balances('2026-02-10')).toMatchObject([{ '1-30': '3600.00' }]);
  });

  it('is followed by the step after the last one, on its own day; none is sent twice', async () => {
    await office.work('2026-03-20', answer);
    const contacts = await office.contacts('SETTLED-1');
    expect(contacts.slice(0, before.length)).toEqual(before);
    const stepsOf = (lines: readonly string[]) => lines.map((line) => line.split(' | ')[1]);
    const after = stepsOf(contacts.slice(before.length));
    expect(stepsOf(before)).toEqual(['P1', 'A1', 'A2', 'A2', 'A2', 'A3']);
    expect(after[0]).toBe('A4');
    // The time that A3 gave before the payment is over on Monday the 16th.
    expect(contacts[before.length]?.slice(0, 10)).toBe('2026-02-17');
    for (const stepId of after) expect(stepsOf(before)).not.toContain(stepId);
    expect(local.faults).toEqual([]);
  });
});

describe('a payment that is taken back', () => {
  it('in part from an invoice that is still open leaves it in its cycle, with its execution', async () => {
    await pay('BK-2', 'OPEN-1', '500.00');
    await takeBack('RT-2', 'BK-2', '200.00');
    await local.client.now();
    const open = await caseOf('OPEN-1');
    expect(open).toMatchObject({ standing: 'open', cycle: 1, balance: { paid: '300.00', principalDue: '900.00' } });
    expect([nameOf(open), open.execution.status]).toEqual(['OPEN-1_1_1', 'RUNNING']);
    expect(open.nextStep && open.nextStep.at > '2026-03-21').toBe(true);
  });

  it('before it is known waits on the list, and is taken from its invoice when it comes', async () => {
    await takeBack('RT-3', 'BK-3');
    await local.client.now();
    expect(await unapplied()).toEqual(['RT-3']);
    expect(await caseOf('EARLY-1')).toMatchObject({ standing: 'open', cycle: 1 });
    await pay('BK-3', 'EARLY-1');
    await local.client.now();
    expect(await unapplied()).toEqual([]);
    const early = await caseOf('EARLY-1');
    expect(early).toMatchObject({ standing: 'open', cycle: 2, balance: { paid: '0.00', principalDue: '1200.00' } });
    expect([nameOf(early), early.execution.status]).toEqual(['EARLY-1_2_1', 'RUNNING']);
  });

  it('and is paid another way settles the case for good, in its cycle', async () => {
    await pay('BK-4', 'SETTLED-1');
    await local.client.now();
    const settled = await caseOf('SETTLED-1');
    expect(settled).toMatchObject({ standing: 'settled', cycle: 2, hold: null });
    expect([nameOf(settled), settled.execution.status]).toEqual(['SETTLED-1_2_1', 'SUCCEEDED']);
    expect(await states('SETTLED-1')).toEqual({ status: 'SUCCEEDED', currentStates: ['Settled'] });
  });
});
