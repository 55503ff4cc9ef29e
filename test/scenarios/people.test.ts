import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office, type OfficeTask, type Outcome } from './office.ts';

let local: TestSystem;
let office: Office;

const OFFICE = 'comptabilite@atelier-lumen.example';
const POST = 'Boulangerie Martin SARL, 3 rue des Lices, 35000 Rennes';

/** After how many days the registered letters of a debtor come back; who is not named sends no receipt. */
const RECEIPT_DAYS: Readonly<Record<string, number>> = { 'LATE-1': 9 };

const PROMISE = { result: 'promise', promisedOn: '2026-02-06', amount: { amount: '700.00', currency: 'EUR' } };

const answer: Answer = (task, today) => {
  const [invoiceId = ''] = task.invoiceIds;
  if (task.kind === 'call') return invoiceId === 'PROMISE-1' ? PROMISE : { result: 'no-contact', reason: 'no-answer' };
  if (task.kind === 'letter' && ['WITHDRAWN-1', 'REDUCED-1'].includes(invoiceId)) return null;
  if (task.kind === 'approval' && invoiceId === 'REFUSED-1') return { result: 'refused', note: 'Litige en cours' };
  return clerk(task, today, RECEIPT_DAYS[invoiceId] ?? 1000);
};

/** The letters that were on the list on 11 February, before money came in. */
let withdrawn: OfficeTask | undefined;
let reduced: OfficeTask | undefined;

const pay = (invoiceId: string, amount: string) => local.client.bank(creditBody(`BK-${invoiceId}`, invoiceId, amount));
const letterOf = async (invoiceId: string) => (await office.tasks(invoiceId)).find(({ kind }) => kind === 'letter');
const refusalOf = async (taskId: string | undefined, outcome: Outcome) => {
  const { status, body } = await local.client.report(String(taskId), outcome);
  return [status, (body as { errors?: { pointer: string }[] }).errors?.map(({ pointer }) => pointer)];
};

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of ['LATE-1', 'UNREPORTED-1', 'REFUSED-1', 'WITHDRAWN-1', 'REDUCED-1', 'PROMISE-1']) {
    const customer = wholeCustomerBody(`C-${id}`, { profile: 'bad-payer' });
    const body = invoiceBody(id, { customer, total: { amount: '1000.00', currency: 'EUR' } });
    expect((await local.client.register(body)).status).toBe(201);
  }
  await office.work('2026-02-11', answer);
  withdrawn = await letterOf('WITHDRAWN-1');
  reduced = await letterOf('REDUCED-1');
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a call', () => {
  it('that nobody answers is tried on three days in turn in the windows of the policy, then given up', async () => {
    expect(await office.contacts('LATE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-late-1.example cc paul@vendeur.example | LATE-1',
      '2026-02-02 | A1 | call | level1 | +33612345601 | LATE-1',
      '2026-02-03 | A1 | call | level1 | +33612345601 | LATE-1',
      '2026-02-04 | A1 | call | level1 | +33612345601 | LATE-1',
      '2026-02-05 | A2 | email | level1 | daf@c-late-1.example | LATE-1',
      `2026-02-10 | B1 | registered-letter | level2 | ${POST} | LATE-1`,
    ]);
    const asked = await office.facts('LATE-1', 'NoticeAssigned');
    const calls = await Promise.all(asked.slice(0, 3).map(({ taskId }) => office.task(String(taskId))));
    expect(
      calls.map(({ attempt, dueOn, reason }) => [attempt, dueOn, /between (.*), their/.exec(reason)?.[1]]),
    ).toEqual([
      [1, '2026-02-02', '09:00 and 12:00'],
      [2, '2026-02-03', '14:00 and 18:00'],
      [3, '2026-02-04', '09:00 and 12:00'],
    ]);
    const answers = (await office.facts('LATE-1', 'AnswerRecorded')).map(({ result, attempt }) => [result, attempt]);
    expect(answers).toEqual([1, 2, 3].map((attempt) => ['no-contact', attempt]));
    const closed = (await office.facts('LATE-1', 'TaskClosed')).filter(({ outcome }) => outcome === 'no-contact');
    expect(closed.map(({ taskId }) => taskId)).toEqual(calls.map(({ taskId }) => taskId));
    expect(await office.facts('LATE-1', 'NoticeFailed')).toMatchObject([{ stepId: 'A1', reason: 'nobody-reached' }]);
    expect(await office.asked('LATE-1', 'no-contact')).toEqual(['2026-02-04 | Notice A1 by call was not served']);
  });

  it('that brings a promise is confirmed in writing the same day, and no notice follows until the promise is over', async () => {
    expect(await office.contacts('PROMISE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-promise-1.example cc paul@vendeur.example | PROMISE-1',
      '2026-02-02 | A1 | call | level1 | +33612345601 | PROMISE-1',
      '2026-02-02 | confirmation-1 | email | no level | compta@c-promise-1.example | PROMISE-1',
    ]);
    const { nextStep } = await office.caseOf('PROMISE-1');
    expect(nextStep).toMatchObject({
      stepId: 'A2',
      why: '4 days after the due date; not before 2026-02-12: held by promise-broken until 2026-02-11',
    });
    expect(await office.facts('PROMISE-1', 'HoldPlaced')).toEqual([
      { reason: 'promise', until: '2026-02-10' },
      { reason: 'promise-broken', until: '2026-02-11' },
    ]);
    const confirmation = (await local.client.outbox('PROMISE-1')).find(({ level }) => level === null);
    expect(confirmation).toMatchObject({ stepId: 'confirmation-1', level: null });
    const reported = (await office.facts('PROMISE-1', 'DeliveryReported')).at(-1);
    expect(reported).toMatchObject({ stepId: 'confirmation-1', level: null, event: 'delivery' });
    for (const said of ['700,00 €', '6 février 2026']) {
      expect(confirmation?.text.replace(/[\u00a0\u202f]/g, ' ')).toContain(said);
    }
  });
});

describe('a letter', () => {
  it('is a PDF on the work list', async () => {
    expect(withdrawn?.documentUrl).toBe(`/tasks/${withdrawn?.taskId}/document`);
    const document = await local.client.letter(String(withdrawn?.taskId));
    expect(new TextDecoder('latin1').decode(document.slice(0, 5))).toBe('%PDF-');
  });

  it('is posted with what proves it, and not before it was printed or after today', async () => {
    const taskId = reduced?.taskId;
    const trackingNumber = 'RK-1';
    expect(await refusalOf(taskId, { result: 'posted', postedOn: '2026-02-11' })).toEqual([422, ['/trackingNumber']]);
    const tomorrow = { result: 'posted', postedOn: '2026-02-12', trackingNumber };
    expect(await refusalOf(taskId, tomorrow)).toEqual([422, ['/postedOn']]);
    expect(await refusalOf(taskId, { result: 'received', receivedOn: '2026-02-11' })).toEqual([422, ['/result']]);
    expect(await refusalOf(taskId, { result: 'promise', promisedOn: '2026-02-20' })).toEqual([422, ['/result']]);
    expect(await refusalOf(taskId, { result: 'done' })).toEqual([422, ['/result']]);
    expect(await refusalOf('letter-unknown', { result: 'done' })).toEqual([404, undefined]);
  });

  it('is withdrawn when the invoice is paid before it is posted, and can be posted no more', async () => {
    await pay('WITHDRAWN-1', '1000.00');
    await local.client.now();
    expect(await office.task(String(withdrawn?.taskId))).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    const posted = { result: 'posted', postedOn: '2026-02-11', trackingNumber: 'RK-1' };
    expect(await refusalOf(withdrawn?.taskId, posted)).toEqual([409, undefined]);
    expect((await office.contacts('WITHDRAWN-1')).at(-1)).toBe(
      '2026-02-05 | A2 | email | level1 | daf@c-withdrawn-1.example | WITHDRAWN-1',
    );
    expect(await office.tasks('WITHDRAWN-1')).toEqual([]);
    expect(await office.facts('WITHDRAWN-1', 'NoticeSkipped')).toContainEqual(
      expect.objectContaining({ stepId: 'B1', reason: 'case-settled' }),
    );
    expect(await local.client.execution('WITHDRAWN-1')).toMatchObject({
      status: 'SUCCEEDED',
      currentStates: ['Settled'],
    });
  });

  it('is written again with what is left on the next open day when a part is paid before it is posted', async () => {
    await pay('REDUCED-1', '300.00');
    await local.client.now();
    expect(await office.task(String(reduced?.taskId))).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    expect(await letterOf('REDUCED-1')).toBeUndefined();
    await office.work('2026-02-12', answer);
    const again = await letterOf('REDUCED-1');
    expect(again).toMatchObject({ stepId: 'B1', channel: 'registered-letter', dueOn: '2026-02-12' });
    expect(again?.script?.replace(/[\u00a0\u202f]/g, ' ')).toContain('700,00 €');
    await local.client.report(String(again?.taskId), {
      result: 'posted',
      postedOn: '2026-02-12',
      trackingNumber: 'RK-2',
    });
    expect((await office.contacts('REDUCED-1')).at(-1)).toBe(
      `2026-02-12 | B1 | registered-letter | level2 | ${POST} | REDUCED-1`,
    );
    await pay('PROMISE-1', '1000.00');
  });
});

describe('the work list', () => {
  const list = async (query: string) => {
    const answered = await local.client.call<{ tasks: OfficeTask[] }>(`GET /tasks?${query}`, {
      scope: 'relance/finance',
    });
    return answered.body.tasks ?? answered.status;
  };

  it('shows the tasks of a kind, a state and an owner', async () => {
    const letters = await list('kind=letter');
    expect(letters.map(({ title }) => title)).toEqual(letters.map(() => 'Report the receipt of the registered letter'));
    expect(letters.map(({ invoiceIds }) => invoiceIds[0]).toSorted()).toEqual([
      'LATE-1',
      'REDUCED-1',
      'REFUSED-1',
      'UNREPORTED-1',
    ]);
    expect(await list('kind=call')).toEqual([]);
    const done = await list('kind=call&state=done&limit=200');
    expect(done).toHaveLength(16);
    expect(new Set(done.map(({ outcome }) => outcome))).toEqual(new Set(['no-contact', 'promise']));
    expect(await list(`owner=${encodeURIComponent(OFFICE)}&limit=200`)).toEqual(await list('limit=200'));
    expect(await list('owner=somebody@else.example')).toEqual([]);
    const nonsense = await local.client.call('GET /tasks?kind=nonsense', { scope: 'relance/finance' });
    expect(nonsense.status).toBe(422);
  });
});

describe('a formal notice', () => {
  beforeAll(async () => {
    await office.work('2026-03-16', answer);
  });

  it('leaves once it is approved, and its time to pay counts from the receipt that is reported', async () => {
    expect((await office.contacts('LATE-1')).slice(-3)).toEqual([
      `2026-02-17 | C2 | approval | level3 | ${OFFICE} | LATE-1`,
      `2026-02-17 | C2 | registered-letter | level3 | ${POST} | LATE-1`,
      // Received on 26 February; 8 days give 6 March, a Friday, and two open days follow.
      `2026-03-10 | C3 | hand-over | litigation | ${OFFICE} | LATE-1`,
    ]);
    expect((await office.facts('LATE-1', 'LetterReceived')).at(-1)).toMatchObject({
      stepId: 'C2',
      receivedOn: '2026-02-26',
    });
  });

  it('counts as received after fifteen days when nobody reports it', async () => {
    expect((await office.contacts('UNREPORTED-1')).slice(-2)).toEqual([
      `2026-02-17 | C2 | registered-letter | level3 | ${POST} | UNREPORTED-1`,
      // Presumed received on 4 March; 8 days give 12 March, and two open days follow.
      `2026-03-16 | C3 | hand-over | litigation | ${OFFICE} | UNREPORTED-1`,
    ]);
  });

  it('never leaves when the approval is refused, and a person decides what follows', async () => {
    expect((await office.contacts('REFUSED-1')).slice(-3)).toEqual([
      `2026-02-10 | B1 | registered-letter | level2 | ${POST} | REFUSED-1`,
      `2026-02-17 | C2 | approval | level3 | ${OFFICE} | REFUSED-1`,
      `2026-02-27 | C3 | hand-over | litigation | ${OFFICE} | REFUSED-1`,
    ]);
    expect(await office.facts('REFUSED-1', 'NoticeSkipped')).toContainEqual(
      expect.objectContaining({ stepId: 'C2', reason: 'approval-refused' }),
    );
  });
});
