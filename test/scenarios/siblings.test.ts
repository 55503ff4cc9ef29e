import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office } from './office.ts';

let local: TestSystem;
let office: Office;

const POST = 'Boulangerie Martin SARL, 3 rue des Lices, 35000 Rennes';
const SMALL = { amount: '400.00', currency: 'EUR' };
const HUNDRED_AND_ONE = Array.from({ length: 101 }, (_, index) => `MANY-${String(index + 1).padStart(3, '0')}`);

/** Who is not named refuses to pay. */
const answer: Answer = (task, today) => {
  if (task.kind !== 'call') return clerk(task, today);
  if (task.customerId === 'C-SILENT') return { result: 'no-contact' };
  return task.customerId === 'C-HELD' ? { result: 'promise', promisedOn: '2026-02-10' } : { result: 'refusal' };
};

/** Registers an invoice of a debtor with a profile. */
async function register(invoiceId: string, debtor: Record<string, unknown>, fields: Record<string, unknown>) {
  const customer = wholeCustomerBody(`C-${invoiceId.split('-')[0]}`, debtor);
  const { status } = await local.client.register(invoiceBody(invoiceId, { customer, ...fields }));
  expect(status).toBe(201);
}

async function registerMany(invoiceIds: readonly string[], fields: Record<string, unknown>): Promise<void> {
  const customer = wholeCustomerBody(`C-${invoiceIds[0]?.split('-')[0]}`);
  const invoices = invoiceIds.map((id) => invoiceBody(id, { customer, ...fields }));
  const { body } = await local.client.call<{ results: { status: number }[] }>('POST /invoices/batch', {
    scope: 'relance/billing',
    body: { invoices },
  });
  expect(body.results.map(({ status }) => status)).toEqual(invoices.map(() => 201));
}

/** The same policy as `standard`, but one message per invoice. */
async function putPolicyApart(): Promise<void> {
  const standard = await local.client.call<{ policy: object }>('GET /policies/standard', { scope: 'relance/finance' });
  const body = { ...standard.body.policy, name: 'apart', groupsInvoices: false };
  expect((await local.client.call('PUT /policies/apart', { scope: 'relance/admin', body })).status).toBe(201);
}

/** The notices of an invoice that left: date, own step, channel of the message, own level, and the claim whose message it was. */
async function served(invoiceId: string): Promise<string[]> {
  const sent = (await office.history(invoiceId)).filter(
    ({ type, data }) => type === 'NoticeSent' && data.level !== null,
  );
  return sent.map(({ at, data: { stepId, channel, level, servedBy } }) =>
    [at.slice(0, 10), stepId, channel, level, servedBy ?? 'its own'].join(' | '),
  );
}

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  await putPolicyApart();
  await register(
    'LEVELS-1',
    { profile: 'insolvent' },
    { dueOn: '2026-01-16', total: { amount: '700.00', currency: 'EUR' } },
  );
  await register(
    'LEVELS-2',
    { profile: 'insolvent' },
    { dueOn: '2026-01-23', total: { amount: '90.50', currency: 'EUR' } },
  );
  await register('HELD-1', { profile: 'insolvent' }, { dueOn: '2026-01-16', total: SMALL });
  await register('SILENT-1', {}, { dueOn: '2026-01-16' });
  await register('SILENT-2', {}, { dueOn: '2026-01-20', total: SMALL });
  for (const id of ['APART-1', 'APART-2']) await register(id, { policy: 'apart' }, { total: SMALL });
  for (const id of ['PAID-1', 'PAID-2', 'PAID-3']) await register(id, {}, { total: SMALL });
  await office.work('2026-01-28', answer);
  await register('HELD-2', { profile: 'insolvent' }, { dueOn: '2026-01-30', total: SMALL });
  await registerMany(HUNDRED_AND_ONE.slice(0, 60), { total: SMALL });
  await registerMany(HUNDRED_AND_ONE.slice(60), { total: SMALL });
  await office.work('2026-01-30', answer);
  await local.client.bank(creditBody('BK-PAID-2', 'PAID-2', '400.00'));
  await office.work('2026-02-03', answer);
  // After the hour of either, so that both are due at once.
  await local.client.advance({ advanceTo: '2026-02-03T16:10:00Z' });
  await registerMany(['TWINS-1', 'TWINS-2'], { total: SMALL });
  await office.work('2026-02-05', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('invoices of one debtor whose steps fall on the same day', () => {
  it('go out as one message when two executions wake at once', async () => {
    const message = '2026-02-03 | A1 | email | level1 | compta@c-twins.example | TWINS-1 TWINS-2';
    expect(await office.contacts('TWINS-1')).toEqual([message]);
    expect(await office.contacts('TWINS-2')).toEqual([message]);
    const both = [...(await served('TWINS-1')), ...(await served('TWINS-2'))];
    expect(both.toSorted()).toEqual([
      '2026-02-03 | A1 | email | level1 | TWINS-1/A1',
      '2026-02-03 | A1 | email | level1 | its own',
    ]);
  });

  it('are told of at the highest level, each with its own amount and due date, and keep their own levels', async () => {
    expect(await office.contacts('LEVELS-1')).toEqual([
      '2026-01-06 | P1 | email | preventive | compta@c-levels.example cc paul@vendeur.example | LEVELS-1',
      '2026-01-19 | A1 | call | level1 | +33612345604 | LEVELS-1',
      '2026-01-19 | confirmation-1 | email | no level | compta@c-levels.example | LEVELS-1',
      '2026-01-27 | A3 | email | level1 | daf@c-levels.example, contact@c-levels.example | LEVELS-1',
      '2026-02-03 | B3 | email | level2 | daf@c-levels.example cc paul@vendeur.example | LEVELS-1 LEVELS-2',
    ]);
    expect(await office.contacts('LEVELS-2')).toEqual([
      '2026-01-26 | A1 | call | level1 | +33612345604 | LEVELS-2',
      '2026-01-26 | confirmation-1 | email | no level | compta@c-levels.example | LEVELS-2',
      '2026-02-03 | B3 | email | level2 | daf@c-levels.example cc paul@vendeur.example | LEVELS-1 LEVELS-2',
    ]);
    expect((await served('LEVELS-2')).at(-1)).toBe('2026-02-03 | A3 | email | level1 | LEVELS-1/B3');
    expect(await office.caseOf('LEVELS-1')).toMatchObject({ level: 'level2', nextStep: { stepId: 'C2' } });
    expect(await office.caseOf('LEVELS-2')).toMatchObject({ level: 'level1', nextStep: { stepId: 'B3' } });
    const message = (await local.client.outbox('LEVELS-2')).find(({ stepId }) => stepId === 'B3');
    expect(plain(message?.text)).toMatch(/Facture LEVELS-1 .*\n.*16 janvier 2026.*\n.*700,00 €/);
    expect(plain(message?.text)).toMatch(/Facture LEVELS-2 .*\n.*23 janvier 2026.*\n.*90,50 €/);
  });

  it('leave out one that was paid meanwhile', async () => {
    const message = '2026-02-02 | A1 | email | level1 | compta@c-paid.example | PAID-1 PAID-3';
    expect((await office.contacts('PAID-1')).at(-1)).toBe(message);
    expect(await office.contacts('PAID-3')).toEqual([message]);
    expect(await office.contacts('PAID-2')).toEqual([]);
    const [, courteous] = await local.client.outbox('PAID-1');
    expect(courteous?.text).not.toContain('PAID-2');
  });

  it('leave out one that is promised', async () => {
    expect(await office.contacts('HELD-1')).toEqual([
      '2026-01-06 | P1 | email | preventive | compta@c-held.example cc paul@vendeur.example | HELD-1',
      '2026-01-19 | A1 | call | level1 | +33612345604 | HELD-1',
      '2026-01-19 | confirmation-1 | email | no level | compta@c-held.example | HELD-1',
    ]);
    expect(await office.contacts('HELD-2')).toEqual([
      '2026-02-02 | A1 | call | level1 | +33612345604 | HELD-2',
      '2026-02-02 | confirmation-1 | email | no level | compta@c-held.example | HELD-2',
    ]);
  });

  it('have their own message, not yet tried, when it was to be a call about another and nobody answers', async () => {
    expect(await office.contacts('SILENT-2')).toEqual([
      '2026-01-22 | A1 | call | level1 | +33612345601 | SILENT-1 SILENT-2',
      '2026-01-23 | A1 | call | level1 | +33612345601 | SILENT-1 SILENT-2',
      '2026-01-26 | A1 | call | level1 | +33612345601 | SILENT-1 SILENT-2',
      '2026-01-27 | A3 | email | level1 | compta@c-silent.example, contact@c-silent.example | SILENT-1 SILENT-2',
      `2026-02-03 | A4 | letter | level1 | ${POST} | SILENT-1 SILENT-2`,
    ]);
    expect((await served('SILENT-2'))[0]).toBe('2026-01-27 | A1 | email | level1 | SILENT-1/A3');
    expect(await office.facts('SILENT-1', 'NoticeFailed')).toMatchObject([{ stepId: 'A2', reason: 'nobody-reached' }]);
    expect(await office.facts('SILENT-2', 'NoticeFailed')).toEqual([]);
  });

  it('have a message each, on different days, under a policy that turns grouping off', async () => {
    expect(await office.contacts('APART-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-apart.example cc paul@vendeur.example | APART-1',
      '2026-02-03 | A1 | email | level1 | compta@c-apart.example | APART-1',
    ]);
    expect(await office.contacts('APART-2')).toEqual([
      '2026-02-02 | A1 | email | level1 | compta@c-apart.example | APART-2',
    ]);
    expect(await office.caseOf('APART-2')).toMatchObject({ policy: { name: 'apart', version: 1 } });
  });
});

describe('a hundred and one invoices of one debtor', () => {
  it('go out as an email that lists a hundred, and one more the next day', async () => {
    const messages = new Map(
      (await Promise.all(HUNDRED_AND_ONE.map((id) => local.client.outbox(id))))
        .flat()
        .filter(({ stepId }) => stepId === 'A1')
        .map((message) => [message.messageId, message]),
    );
    const [many, one] = [...messages.values()].toSorted((first, second) => (first.at < second.at ? -1 : 1));
    expect(messages.size).toBe(2);
    expect([many?.at.slice(0, 10), one?.at.slice(0, 10)]).toEqual(['2026-02-02', '2026-02-03']);
    expect(many?.subject).toContain('100 factures impayées');
    expect([...(many?.invoiceIds ?? []), ...(one?.invoiceIds ?? [])].toSorted()).toEqual(HUNDRED_AND_ONE);
    for (const id of many?.invoiceIds ?? []) expect(many?.text).toContain(`Facture ${id} `);
    expect(plain(many?.text)).toContain('40 000,00 €');
  });

  it('each have in their own history by whose message they were served', async () => {
    const lines = (await Promise.all(HUNDRED_AND_ONE.map(served))).flat().filter((line) => line.includes('| A1 |'));
    const counts = Map.groupBy(lines, (line) => line);
    expect([...counts].map(([line, { length }]) => [line, length])).toEqual(
      expect.arrayContaining([
        ['2026-02-02 | A1 | email | level1 | MANY-058/A1', 99],
        ['2026-02-02 | A1 | email | level1 | its own', 1],
        ['2026-02-03 | A1 | email | level1 | its own', 1],
      ]),
    );
    expect(lines).toHaveLength(101);
  });
});
