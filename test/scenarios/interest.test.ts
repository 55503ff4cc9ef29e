import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** A case as finance sees it, with what its delay costs. */
interface ChargedCase {
  readonly balance: Readonly<Record<string, string | null>>;
  readonly interestLines: readonly { readonly amount: string }[];
}

/** Calls are answered by nobody; everything else is done as it comes, and formal notices are received after three days. */
const answer: Answer = (task, today) =>
  task.kind === 'call' ? { result: 'no-contact', reason: 'no-answer' } : clerk(task, today);

const caseOf = async (invoiceId: string) =>
  (await local.client.call<ChargedCase>(`GET /cases/${invoiceId}`, { scope: 'relance/finance' })).body;

/** The letter of a step about an invoice, as it was posted, its spaces made plain. */
const letterOf = async (invoiceId: string, stepId: string) => {
  const letters = (await local.client.outbox(invoiceId)).filter((message) => message.stepId === stepId);
  expect(letters).toHaveLength(1);
  return letters[0]!.text.replace(/[\u00a0\u202f ]+/g, ' ');
};

const cents = (amount: string) => Number(amount.replace('.', ''));

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  const business = wholeCustomerBody('C-BUSINESS');
  const consumer = wholeCustomerBody('C-CONSUMER', { kind: 'consumer', name: 'Anne Martin' });
  for (const body of [
    invoiceBody('LATE-1', { customer: business }),
    invoiceBody('LATE-2', { customer: business, total: { amount: '600.00', currency: 'EUR' } }),
    invoiceBody('CLAUSE-1', { customer: wholeCustomerBody('C-CLAUSE'), latePaymentRatePercent: '15.00' }),
    invoiceBody('HOME-1', { customer: consumer }),
  ]) {
    expect((await local.client.register(body)).status).toBe(201);
  }
  await office.work('2026-02-03', answer);
  await local.client.bank({ ...creditBody('BK-1', 'LATE-1', '500.00'), bookedOn: '2026-02-03', valueOn: '2026-02-02' });
  await office.work('2026-02-24', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

it('a registered letter shows what the delay costs: the interest line by line and forty euros for each invoice', async () => {
  const letter = await letterOf('LATE-1', 'B1');
  // 1 200.00 for 3 days and 700.00 for 22 days at 12.15 %; 600.00 for 25 days.
  expect(letter).toContain('LATE-1 31/01/2026 02/02/2026 3 1 200,00 € 12,15 % 1,20 €');
  expect(letter).toContain('LATE-1 03/02/2026 24/02/2026 22 700,00 € 12,15 % 5,13 €');
  expect(letter).toContain('LATE-2 31/01/2026 24/02/2026 25 600,00 € 12,15 % 4,99 €');
  expect(letter).toMatch(/11,32 €/);
  expect(letter).toMatch(/80,00 €/);
  expect(letter).toContain('1 391,32 €');
  expect(await office.facts('LATE-2', 'NoticeReserved')).toContainEqual(
    expect.objectContaining({ stepId: 'B1', interest: { amount: '4.99', currency: 'EUR' } }),
  );
});

it('a registered letter counts by the clause of the contract, where there is one', async () => {
  // 1 200.00 × 15 % × 25 / 365.
  expect(await letterOf('CLAUSE-1', 'B1')).toContain('25 1 200,00 € 15,00 % 12,33 €');
});

it('a consumer is asked for nothing of the kind', async () => {
  const letter = await letterOf('HOME-1', 'B1');
  for (const word of ['12,15', '2,62', '40,00', 'pénalités', 'indemnité']) expect(letter).not.toContain(word);
  expect(await caseOf('HOME-1')).toMatchObject({
    balance: { interest: '0.00', compensation: '0.00', totalDue: '1200.00' },
    interestLines: [],
  });
});

it('finance sees the figures of the letter, and their lines add up', async () => {
  const { balance, interestLines } = await caseOf('LATE-1');
  expect(balance).toMatchObject({
    ...{ billed: '1200.00', paid: '500.00', principalDue: '700.00' },
    ...{ interest: '6.33', interestMissingFrom: null, compensation: '40.00', totalDue: '746.33' },
  });
  expect(interestLines).toEqual([
    ...[{ from: '2026-01-31', to: '2026-02-02', days: 3, base: '1200.00', annualRatePercent: '12.15', amount: '1.20' }],
    ...[{ from: '2026-02-03', to: '2026-02-24', days: 22, base: '700.00', annualRatePercent: '12.15', amount: '5.13' }],
  ]);
  const sum = interestLines.reduce((total, { amount }) => total + cents(amount), 0);
  expect(sum).toBe(cents(`${balance.interest}`));
  const { body } = await local.client.call<{ cases: (ChargedCase & { invoiceId: string })[] }>('GET /cases', {
    scope: 'relance/finance',
  });
  const listed = body.cases.find(({ invoiceId }) => invoiceId === 'LATE-1');
  expect(listed?.balance).toEqual(balance);
  expect(listed).not.toHaveProperty('interestLines');
});

it('a consumer owes interest only once a formal notice was received, and at the legal rate', async () => {
  await office.work('2026-04-14', answer);
  const [received] = (await office.facts('HOME-1', 'LetterReceived')).filter(({ stepId }) => stepId === 'C2');
  const { balance, interestLines } = await caseOf('HOME-1');
  expect(interestLines).toMatchObject([{ to: '2026-04-14', base: '1200.00', annualRatePercent: '2.62' }]);
  const { from } = interestLines[0] as unknown as { from: string };
  expect(from > String(received?.receivedOn)).toBe(true);
  expect(balance).toMatchObject({ interest: interestLines[0]?.amount, compensation: '0.00' });
});
