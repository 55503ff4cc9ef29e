import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoiceBody, startTestSystem, type TestSystem, wholeCustomerBody } from '../support/local-system.ts';
import { type Answer, clerk, Office } from './office.ts';

let local: TestSystem;
let office: Office;

const OFFICE = 'comptabilite@atelier-lumen.example';
const POST = 'Boulangerie Martin SARL, 3 rue des Lices, 35000 Rennes';

const answer: Answer = (task, today) => {
  if (task.kind === 'insolvency') return null;
  if (task.kind !== 'call') return clerk(task, today);
  return task.customerId === 'C-COURT' ? { result: 'insolvency', openedOn: '2026-02-02' } : { result: 'refusal' };
};

const plain = (subject: string | null) => subject?.replace(/[\u00a0\u202f]/g, ' ');

async function replaceCustomer(customerId: string, fields: Record<string, unknown>): Promise<void> {
  const body = wholeCustomerBody(customerId, fields);
  const { status } = await local.client.call(`PUT /customers/${customerId}`, { scope: 'relance/billing', body });
  expect(status).toBe(200);
}

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of ['COURT-1', 'MOVED-1', 'FOUND-1']) {
    const unknown = id === 'FOUND-1' ? { contacts: [], salesRep: undefined } : {};
    const customer = wholeCustomerBody(`C-${id.split('-')[0]}`, unknown);
    expect((await local.client.register(invoiceBody(id, { customer }))).status).toBe(201);
  }
  await office.work('2026-02-03', answer);
  await replaceCustomer('C-MOVED', { profile: 'bad-payer', language: 'de' });
  await replaceCustomer('C-FOUND', {});
  await office.work('2026-02-18', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a debtor who changes while an invoice is open', () => {
  it('goes by the ladder of the new profile from the next step on, in the new language', async () => {
    expect(await office.contacts('MOVED-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-moved.example cc paul@vendeur.example | MOVED-1',
      '2026-02-02 | A1 | email | level1 | compta@c-moved.example | MOVED-1',
      '2026-02-05 | A2 | email | level1 | daf@c-moved.example | MOVED-1',
      `2026-02-10 | B1 | registered-letter | level2 | ${POST} | MOVED-1`,
      `2026-02-17 | C2 | approval | level3 | ${OFFICE} | MOVED-1`,
      `2026-02-17 | C2 | registered-letter | level3 | ${POST} | MOVED-1`,
    ]);
    expect(await office.facts('MOVED-1', 'CustomerChanged')).toEqual([{ changed: ['language', 'profile'] }]);
    expect((await local.client.outbox('MOVED-1')).map(({ subject }) => plain(subject))).toEqual([
      'Votre facture MOVED-1 : tout est-il en ordre ?',
      'Facture impayée MOVED-1 – échéance du 30 janvier 2026',
      'Unbezahlte Rechnung MOVED-1 – zahlbar bis 9. Februar 2026',
      'Offene Rechnung MOVED-1 – Zahlung bis zum 16. Februar 2026 erwartet',
      'Förmliche Mahnung mit Fristsetzung – Rechnung MOVED-1, fällig am 30. Januar 2026',
    ]);
  });

  it('is dunned from the step on at which they could be reached, and a person knew since they could not', async () => {
    expect(await office.contacts('FOUND-1')).toEqual([
      '2026-02-04 | A2 | call | level1 | +33612345601 | FOUND-1',
      '2026-02-04 | confirmation-1 | email | no level | compta@c-found.example | FOUND-1',
      '2026-02-10 | A3 | email | level1 | compta@c-found.example, contact@c-found.example | FOUND-1',
      `2026-02-17 | A4 | letter | level1 | ${POST} | FOUND-1`,
    ]);
    expect(await office.asked('FOUND-1', 'no-contact')).toEqual([
      '2026-01-05 | No way to reach the debtor of invoice FOUND-1',
      '2026-01-20 | Nobody to send notice P1 to by email',
      '2026-02-02 | Nobody to send notice A1 to by email',
    ]);
  });

  it('gets nothing more, not even a confirmation, once insolvency proceedings are open', async () => {
    expect(await office.contacts('COURT-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-court.example cc paul@vendeur.example | COURT-1',
      '2026-02-02 | A1 | email | level1 | compta@c-court.example | COURT-1',
      '2026-02-05 | A2 | call | level1 | +33612345601 | COURT-1',
    ]);
    expect(await office.caseOf('COURT-1')).toMatchObject({
      hold: { reason: 'insolvency', until: null },
      nextStep: { stepId: 'A3', why: 'held by insolvency until a person lifts it' },
    });
    expect(await office.tasks('COURT-1')).toMatchObject([{ kind: 'insolvency', dueOn: '2026-04-02' }]);
    expect((await local.client.execution('COURT-1')).currentStates).toContain('Listen for payments and decisions');
  });
});
