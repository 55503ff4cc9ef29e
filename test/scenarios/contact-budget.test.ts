import { afterAll, beforeAll, expect, it } from 'vitest';
import { invoiceBody, startTestSystem, type TestSystem, wholeCustomerBody } from '../support/local-system.ts';
import { type Answer, clerk, Office } from './office.ts';

let local: TestSystem;
let office: Office;

/** Five invoices of one debtor, one due on each day of a week; too small for a preventive notice or a courteous call. */
const DUE_ON = {
  'MON-1': '2026-03-02',
  'TUE-1': '2026-03-03',
  'WED-1': '2026-03-04',
  'THU-1': '2026-03-05',
  'FRI-1': '2026-03-06',
};

const POST = 'Boulangerie Martin SARL, 3 rue des Lices, 35000 Rennes';

const answer: Answer = (task, today) => (task.kind === 'call' ? { result: 'refusal' } : clerk(task, today));

beforeAll(async () => {
  local = await startTestSystem('2026-03-02T08:00:00Z');
  office = new Office(local);
  const customer = wholeCustomerBody('C-BUDGET');
  const total = { amount: '400.00', currency: 'EUR' };
  for (const [id, dueOn] of Object.entries(DUE_ON)) {
    const body = invoiceBody(id, { issuedOn: '2026-02-01', dueOn, total, customer });
    expect((await local.client.register(body)).status).toBe(201);
  }
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

/** What reached the debtor over all invoices, each message once and without the step, which is each invoice's own. Written confirmations do not count. */
async function messages(): Promise<string[]> {
  const all = await Promise.all(Object.keys(DUE_ON).map((id) => office.contacts(id)));
  const notices = all.flat().filter((line) => !line.includes('confirmation'));
  const lines = notices.map((line) => line.split(' | '));
  return [...new Set(lines.map(([on, , channel, , to, ids]) => [on, channel, to, ids].join(' | ')))].toSorted();
}

it('writes to a debtor once a day and three times a week at most, and says of what moves why', async () => {
  await office.work('2026-03-06', answer);
  expect(await messages()).toEqual([
    '2026-03-04 | email | compta@c-budget.example | MON-1',
    '2026-03-05 | email | compta@c-budget.example | TUE-1',
  ]);
  await office.work('2026-03-07', answer);
  // The notices of Saturday and Sunday would fall on Monday 9 March, the fourth in seven days.
  const why =
    '; 3 contacts with the debtor from 2026-03-03 to 2026-03-09, and the budget allows 3 in seven days; first open hour from';
  for (const [id, on] of [
    ['THU-1', '2026-03-07'],
    ['FRI-1', '2026-03-08'],
  ] as const) {
    const { nextStep } = await office.caseOf(id);
    expect(nextStep).toMatchObject({
      stepId: 'A1',
      why: `2 days after the due date${why} ${on} on is on 2026-03-11`,
    });
  }
});

it('has what was moved to one day go out as one message', async () => {
  await office.work('2026-04-10', answer);
  expect(await messages()).toEqual([
    '2026-03-04 | email | compta@c-budget.example | MON-1',
    '2026-03-05 | email | compta@c-budget.example | TUE-1',
    '2026-03-06 | email | compta@c-budget.example | WED-1',
    '2026-03-11 | email | compta@c-budget.example | FRI-1 THU-1',
    '2026-03-12 | email | compta@c-budget.example, contact@c-budget.example | MON-1',
    '2026-03-13 | email | compta@c-budget.example, contact@c-budget.example | TUE-1',
    `2026-03-18 | letter | ${POST} | TUE-1 MON-1 WED-1 THU-1 FRI-1`,
    `2026-03-25 | registered-letter | ${POST} | TUE-1 THU-1 MON-1 WED-1 FRI-1`,
    '2026-04-03 | call | +33612345603 | TUE-1 THU-1 MON-1 WED-1 FRI-1',
    '2026-04-08 | email | daf@c-budget.example cc paul@vendeur.example | MON-1 TUE-1',
  ]);
});

it('never exceeds the budget over the whole ladder', async () => {
  const days = (await messages()).map((line) => Date.parse(line.slice(0, 10)) / 86_400_000);
  expect(new Set(days).size).toBe(days.length);
  for (const day of days) expect(days.filter((other) => other >= day && other < day + 7).length).toBeLessThanOrEqual(3);
});
