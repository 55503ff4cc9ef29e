import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office, type Outcome } from './office.ts';

let local: TestSystem;
let office: Office;

const PROFILES = {
  'NEG-1': 'negligent',
  'BAD-1': 'bad-payer',
  'INS-1': 'insolvent',
  'ADM-1': 'administrative',
  'DIS-1': 'disputing',
  'AUT-1': 'automatic',
  'GOOD-1': 'good-payer',
  'GOOD-2': 'good-payer',
} as const;

const POST = 'Boulangerie Martin SARL, 3 rue des Lices, 35000 Rennes';
const OFFICE = 'comptabilite@atelier-lumen.example';

/** What the debtors say on the telephone; who is not named does not answer. */
const CALLS: Readonly<Record<string, Outcome>> = {
  'NEG-1/A2': { result: 'promise', promisedOn: '2026-02-13' },
  'NEG-1/B2': { result: 'refusal' },
  'BAD-1/A1': { result: 'refusal' },
  'INS-1/A1': { result: 'cash-difficulty', proposal: 'Deux versements' },
  'ADM-1/P2': { result: 'administrative-block', reason: 'missing-purchase-order' },
  'DIS-1/A2': { result: 'dispute', category: 'quality', ownerEmail: 'qualite@vendeur.example' },
};

const answer: Answer = (task, today) =>
  task.kind === 'call'
    ? (CALLS[`${task.invoiceIds[0]}/${task.stepId}`] ?? { result: 'no-contact' })
    : clerk(task, today);

const pay = (invoiceId: string, amount?: string) => local.client.bank(creditBody(`BK-${invoiceId}`, invoiceId, amount));

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const [id, profile] of Object.entries(PROFILES)) {
    const customer = wholeCustomerBody(`C-${id}`, { profile });
    expect((await local.client.register(invoiceBody(id, { customer }))).status).toBe(201);
  }
  await office.work('2026-02-06', answer);
  await pay('GOOD-1');
  await office.work('2026-02-10', answer);
  await pay('AUT-1');
  await office.work('2026-02-19', answer);
  const unfounded = { scope: 'relance/finance', body: { outcome: 'rejected' } } as const;
  expect((await local.client.call('POST /cases/DIS-1/disputes/1/resolution', unfounded)).status).toBe(200);
  await pay('INS-1', '500.00');
  await office.work('2026-03-18', answer);
  await pay('ADM-1');
  await office.work('2026-03-24', answer);
  await pay('DIS-1');
  await office.work('2026-04-16', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

/** What became of the steps that were never sent, by step. */
async function skipped(invoiceId: string): Promise<string[]> {
  const facts = await office.facts(invoiceId, 'NoticeSkipped');
  return facts.map(({ stepId, reason }) => `${stepId}: ${reason}`).sort();
}

async function endsAt(invoiceId: string): Promise<string[]> {
  const { status, currentStates } = await local.client.execution(invoiceId);
  return [status, ...currentStates.toSorted()];
}

const RESTING = ['RUNNING', 'Listen for payments and decisions', 'Wait: level 3'];

describe('négligent: always waits to be chased', () => {
  it('is called before the due date and early after it, keeps no promise, and is handed over', async () => {
    expect(await office.contacts('NEG-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-neg-1.example cc paul@vendeur.example | NEG-1',
      '2026-01-27 | P2 | call | preventive | +33612345601 | NEG-1',
      '2026-01-28 | P2 | call | preventive | +33612345601 | NEG-1',
      '2026-01-29 | P2 | call | preventive | +33612345601 | NEG-1',
      '2026-02-02 | A1 | email | level1 | compta@c-neg-1.example | NEG-1',
      '2026-02-09 | A2 | call | level1 | +33612345601 | NEG-1',
      '2026-02-09 | confirmation-1 | email | no level | compta@c-neg-1.example | NEG-1',
      '2026-02-19 | A3 | email | level1 | compta@c-neg-1.example, contact@c-neg-1.example | NEG-1',
      `2026-02-24 | A4 | letter | level1 | ${POST} | NEG-1`,
      `2026-03-03 | B1 | registered-letter | level2 | ${POST} | NEG-1`,
      '2026-03-12 | B2 | call | level2 | +33612345603 | NEG-1',
      '2026-03-12 | confirmation-2 | email | no level | compta@c-neg-1.example | NEG-1',
      '2026-03-17 | B3 | email | level2 | daf@c-neg-1.example cc paul@vendeur.example | NEG-1',
      '2026-03-24 | C1 | call | level3 | +33612345604 | NEG-1',
      '2026-03-25 | C1 | call | level3 | +33612345604 | NEG-1',
      '2026-03-26 | C1 | call | level3 | +33612345604 | NEG-1',
      `2026-03-27 | C2 | approval | level3 | ${OFFICE} | NEG-1`,
      `2026-03-27 | C2 | registered-letter | level3 | ${POST} | NEG-1`,
      `2026-04-09 | C3 | hand-over | litigation | ${OFFICE} | NEG-1`,
    ]);
    expect(await office.caseOf('NEG-1')).toMatchObject({ level: 'litigation', profile: 'negligent', nextStep: null });
    expect(await endsAt('NEG-1')).toEqual(RESTING);
    expect(await skipped('NEG-1')).toEqual([]);
  });

  it('is asked about the promise that was not kept only once its time is over', async () => {
    expect(await office.facts('NEG-1', 'HoldPlaced')).toEqual([
      { reason: 'promise', until: '2026-02-17' },
      { reason: 'promise-broken', until: '2026-02-18' },
    ]);
    // At midnight in Paris, which is the 17th in UTC.
    expect(await office.asked('NEG-1', 'promise-broken')).toEqual([
      '2026-02-17 | Call about a broken promise: invoice NEG-1',
    ]);
    const messages = await local.client.outbox('NEG-1');
    const confirmation = messages.find(({ stepId }) => stepId === 'confirmation-1');
    expect(confirmation?.text).toContain('13 février 2026');
    expect(messages.find(({ stepId }) => stepId === 'A4')?.text).toContain('13 février 2026');
  });
});

describe('mauvais payeur: gains weeks by waiting', () => {
  it('gets no simple letter, and a formal notice after two weeks', async () => {
    expect(await office.contacts('BAD-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-bad-1.example cc paul@vendeur.example | BAD-1',
      '2026-02-02 | A1 | call | level1 | +33612345601 | BAD-1',
      '2026-02-02 | confirmation-1 | email | no level | compta@c-bad-1.example | BAD-1',
      '2026-02-05 | A2 | email | level1 | daf@c-bad-1.example | BAD-1',
      `2026-02-10 | B1 | registered-letter | level2 | ${POST} | BAD-1`,
      `2026-02-17 | C2 | approval | level3 | ${OFFICE} | BAD-1`,
      `2026-02-17 | C2 | registered-letter | level3 | ${POST} | BAD-1`,
      `2026-03-04 | C3 | hand-over | litigation | ${OFFICE} | BAD-1`,
    ]);
    expect(await endsAt('BAD-1')).toEqual(RESTING);
    expect(await skipped('BAD-1')).toEqual([
      'A3: profile-needs-no-notice',
      'A4: profile-needs-no-notice',
      'B2: profile-needs-no-notice',
      'B3: profile-needs-no-notice',
      'C1: profile-needs-no-notice',
      'P2: amount-below-threshold',
    ]);
  });

  it('is handed over once the time of the formal notice is over, which counts from its receipt', async () => {
    const receipts = await office.facts('BAD-1', 'LetterReceived');
    expect(receipts).toMatchObject([
      { stepId: 'B1', postedOn: '2026-02-10', receivedOn: '2026-02-13', trackingNumber: 'RK-BAD-1-2026-02-10' },
      { stepId: 'C2', postedOn: '2026-02-17', receivedOn: '2026-02-20', trackingNumber: 'RK-BAD-1-2026-02-17' },
    ]);
  });
});

describe('insolvable: cannot pay for the moment', () => {
  it('is offered an arrangement at the top before the formal notice, which asks for what is left', async () => {
    expect(await office.contacts('INS-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-ins-1.example cc paul@vendeur.example | INS-1',
      '2026-02-02 | A1 | call | level1 | +33612345604 | INS-1',
      '2026-02-02 | confirmation-1 | email | no level | compta@c-ins-1.example | INS-1',
      '2026-02-10 | A3 | email | level1 | daf@c-ins-1.example, contact@c-ins-1.example | INS-1',
      '2026-02-17 | B3 | email | level2 | daf@c-ins-1.example cc paul@vendeur.example | INS-1',
      `2026-02-24 | C2 | approval | level3 | ${OFFICE} | INS-1`,
      `2026-02-24 | C2 | registered-letter | level3 | ${POST} | INS-1`,
      `2026-03-11 | C3 | hand-over | litigation | ${OFFICE} | INS-1`,
    ]);
    expect(await endsAt('INS-1')).toEqual(RESTING);
    const letter = (await local.client.outbox('INS-1')).find(({ channel }) => channel === 'registered-letter');
    expect(letter?.text.replace(/[\u00a0\u202f]/g, ' ')).toContain('700,00 €');
  });

  it('has the request for time put before a person', async () => {
    expect(await office.asked('INS-1')).toContain('2026-02-02 | Answer a request for time to pay');
  });
});

describe('administratif: a long circuit in which letters get lost', () => {
  it('is asked very early, and settled with its registered letter still on the way', async () => {
    expect(await office.contacts('ADM-1')).toEqual([
      '2026-01-12 | P1 | email | preventive | compta@c-adm-1.example cc paul@vendeur.example | ADM-1',
      '2026-01-21 | P2 | call | preventive | +33612345601 | ADM-1',
      '2026-01-21 | confirmation-1 | email | no level | compta@c-adm-1.example | ADM-1',
      '2026-02-02 | A1 | email | level1 | compta@c-adm-1.example | ADM-1',
      '2026-02-10 | A2 | call | level1 | +33612345602 | ADM-1',
      '2026-02-11 | A2 | call | level1 | +33612345602 | ADM-1',
      '2026-02-12 | A2 | call | level1 | +33612345602 | ADM-1',
      '2026-02-16 | A3 | email | level1 | compta@c-adm-1.example, contact@c-adm-1.example | ADM-1',
      '2026-02-24 | A4 | email | level1 | achats@c-adm-1.example | ADM-1',
      '2026-03-05 | B2 | call | level2 | +33612345603 | ADM-1',
      '2026-03-06 | B2 | call | level2 | +33612345603 | ADM-1',
      '2026-03-09 | B2 | call | level2 | +33612345603 | ADM-1',
      `2026-03-16 | B1 | registered-letter | level2 | ${POST} | ADM-1`,
    ]);
    expect(await office.caseOf('ADM-1')).toMatchObject({ standing: 'settled', level: 'level2', nextStep: null });
    expect(await endsAt('ADM-1')).toEqual(['SUCCEEDED', 'Settled']);
    expect(await office.tasks('ADM-1')).toEqual([]);
  });

  it('waits for what the circuit misses to be delivered', async () => {
    expect(await office.facts('ADM-1', 'HoldPlaced')).toEqual([
      { reason: 'administrative-block', until: '2026-01-28' },
    ]);
  });
});

describe('litige: contests every invoice', () => {
  it('gets nothing while the dispute is looked at; found to be unfounded, it is told so, and a registered letter follows soon', async () => {
    expect(await office.contacts('DIS-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-dis-1.example cc paul@vendeur.example | DIS-1',
      '2026-02-02 | A1 | email | level1 | compta@c-dis-1.example | DIS-1',
      '2026-02-09 | A2 | call | level1 | +33612345601 | DIS-1',
      '2026-02-09 | confirmation-1 | email | no level | compta@c-dis-1.example | DIS-1',
      '2026-02-19 | confirmation-2 | email | no level | compta@c-dis-1.example | DIS-1',
      `2026-02-25 | B1 | registered-letter | level2 | ${POST} | DIS-1`,
      '2026-03-06 | B2 | call | level2 | +33612345603 | DIS-1',
      '2026-03-09 | B2 | call | level2 | +33612345603 | DIS-1',
      '2026-03-10 | B2 | call | level2 | +33612345603 | DIS-1',
      '2026-03-11 | B3 | email | level2 | daf@c-dis-1.example cc paul@vendeur.example | DIS-1',
      `2026-03-17 | C2 | approval | level3 | ${OFFICE} | DIS-1`,
      `2026-03-17 | C2 | registered-letter | level3 | ${POST} | DIS-1`,
    ]);
    expect(await office.facts('DIS-1', 'HoldPlaced')).toEqual([{ reason: 'dispute-rejected', until: '2026-02-24' }]);
    expect(await endsAt('DIS-1')).toEqual(['SUCCEEDED', 'Settled']);
  });

  it('has the proof put together by the owner of the dispute', async () => {
    const [raised] = (await office.facts('DIS-1', 'TaskRaised')).filter(({ kind }) => kind === 'dispute');
    expect(await office.task(String(raised?.taskId))).toMatchObject({
      owner: 'qualite@vendeur.example',
      title: 'Settle a dispute: quality',
      dueOn: '2026-02-11',
      outcome: 'done',
    });
  });
});

describe('automatique: pays by direct debit', () => {
  it('gets no notice at all; a person finds out why the money did not come', async () => {
    expect(await office.contacts('AUT-1')).toEqual([`2026-02-04 | C3 | hand-over | level1 | ${OFFICE} | AUT-1`]);
    expect(await endsAt('AUT-1')).toEqual(['SUCCEEDED', 'Settled']);
    const reasons = (await skipped('AUT-1')).map((line) => line.split(': ')[1]);
    expect(reasons).toEqual(Array.from({ length: 11 }, () => 'profile-needs-no-notice'));
  });
});

describe('bon payeur: pays on the day', () => {
  it('is asked on the fifth day whether something is wrong, and pays', async () => {
    expect(await office.contacts('GOOD-1')).toEqual([
      '2026-02-04 | A1 | email | level1 | compta@c-good-1.example | GOOD-1',
    ]);
    expect(await endsAt('GOOD-1')).toEqual(['SUCCEEDED', 'Settled']);
    expect((await office.history('GOOD-1')).map(({ type }) => type)).toEqual([
      'InvoiceRegistered',
      'NoticeSkipped',
      'NoticeSkipped',
      'NoticeReserved',
      'NoticeSent',
      'NoticeSkipped',
      'DeliveryReported',
      'PaymentApplied',
      'CaseSettled',
    ]);
  });

  it('climbs the standard ladder from there when the money does not come', async () => {
    expect(await office.contacts('GOOD-2')).toEqual([
      '2026-02-04 | A1 | email | level1 | compta@c-good-2.example | GOOD-2',
      '2026-02-10 | A3 | email | level1 | compta@c-good-2.example, contact@c-good-2.example | GOOD-2',
      `2026-02-17 | A4 | letter | level1 | ${POST} | GOOD-2`,
      `2026-02-24 | B1 | registered-letter | level2 | ${POST} | GOOD-2`,
      '2026-03-05 | B2 | call | level2 | +33612345603 | GOOD-2',
      '2026-03-06 | B2 | call | level2 | +33612345603 | GOOD-2',
      '2026-03-09 | B2 | call | level2 | +33612345603 | GOOD-2',
      '2026-03-10 | B3 | email | level2 | daf@c-good-2.example, contact@c-good-2.example cc paul@vendeur.example | GOOD-2',
      '2026-03-17 | C1 | call | level3 | +33612345604 | GOOD-2',
      '2026-03-18 | C1 | call | level3 | +33612345604 | GOOD-2',
      '2026-03-19 | C1 | call | level3 | +33612345604 | GOOD-2',
      `2026-03-20 | C2 | approval | level3 | ${OFFICE} | GOOD-2`,
      `2026-03-20 | C2 | registered-letter | level3 | ${POST} | GOOD-2`,
      `2026-04-02 | C3 | hand-over | litigation | ${OFFICE} | GOOD-2`,
    ]);
    expect(await endsAt('GOOD-2')).toEqual(RESTING);
  });
});
