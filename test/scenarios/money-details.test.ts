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

const FINANCE = { scope: 'relance/finance' } as const;
const BILLING = { scope: 'relance/billing' } as const;
const TWO_PERCENT = { until: '2026-01-15', percent: '2.0' };

/** Calls are answered by nobody, money is not offset before somebody says so; everything else is done as it comes. */
const answer: Answer = (task, today) => {
  if (task.kind === 'unapplied-cash') return null;
  return task.kind === 'call' ? { result: 'no-contact', reason: 'no-answer' } : clerk(task, today);
};

const euros = (amount: string) => ({ amount, currency: 'EUR' });

async function register(invoiceId: string, fields: Record<string, unknown> = {}) {
  const body = invoiceBody(invoiceId, { customer: wholeCustomerBody(`C-${invoiceId}`), ...fields });
  expect((await local.client.register(body)).status).toBe(201);
}

/** Money of a value date, booked on the day it is told of. */
async function arrive(transactionId: string, invoiceId: string, amount: string, valueOn: string) {
  const bookedOn = (await local.client.now()).slice(0, 10);
  const { status } = await local.client.bank({
    ...creditBody(transactionId, invoiceId, amount),
    ...{ valueOn, bookedOn },
  });
  expect(status).toBe(202);
  await local.client.now();
}

/** A first invoice credited by more than it is, so that 300.00 are the customer's, and a second one of theirs. */
async function registerCreditor(name: string, secondAmount: string) {
  const customer = wholeCustomerBody(`C-${name}`);
  await register(`${name}-1`, { customer });
  await register(`${name}-2`, { customer: { customerId: `C-${name}` }, total: euros(secondAmount) });
  const body = { creditNoteId: `CN-${name}`, amount: euros('1500.00'), reason: 'goods returned' };
  const { status } = await local.client.call(`POST /invoices/${name}-1/credit-notes`, { ...BILLING, body });
  expect(status).toBe(201);
}

/** The standard policy under another name, with the other order in which money pays. */
async function putInterestFirst() {
  const { body } = await local.client.call<{ policy: Record<string, unknown> }>('GET /policies/standard', FINANCE);
  const { version: _, ...policy } = body.policy;
  const interestFirst = { ...policy, name: 'charges-first', allocationOrder: 'interest-first' };
  const put = await local.client.call('PUT /policies/charges-first', { scope: 'relance/admin', body: interestFirst });
  expect([put.status, put.body]).toEqual([201, expect.objectContaining({ version: 1 })]);
}

const execution = async (invoiceId: string) => (await local.client.execution(invoiceId)).status;
const stepsOf = async (invoiceId: string) =>
  (await local.client.outbox(invoiceId)).map(({ stepId }) => stepId).filter((stepId) => stepId !== null);
const plain = (text: string | undefined) => String(text).replace(/[\u00a0\u202f ]+/g, ' ');

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  await putInterestFirst();
  await register('EARLY-1', { earlyPaymentDiscount: TWO_PERCENT });
  await register('LATE-1', { earlyPaymentDiscount: TWO_PERCENT });
  await register('SMALL-1');
  await register('CHARGES-1', { customer: wholeCustomerBody('C-CHARGES-1', { policy: 'charges-first' }) });
  for (const name of ['OFFSET', 'BACK']) await registerCreditor(name, '200.00');
  await registerCreditor('WIDE', '400.00');
  await office.work('2026-01-19', answer);
  await arrive('BK-EARLY', 'EARLY-1', '1176.00', '2026-01-15');
  await arrive('BK-LATE', 'LATE-1', '1176.00', '2026-01-16');
  await office.work('2026-02-04', answer);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a discount for paying early', () => {
  it('is honoured by the value date of the money: the invoice is settled, and nothing is asked of it', async () => {
    expect(await office.caseOf('EARLY-1')).toMatchObject({
      standing: 'settled',
      balance: { billed: '1200.00', paid: '1176.00', credited: '24.00', totalDue: '0.00' },
    });
    expect(await office.facts('EARLY-1', 'EarlyPaymentDiscountTaken')).toEqual([
      { transactionId: 'BK-EARLY', percent: '2.0', amount: euros('24.00') },
    ]);
    expect(await execution('EARLY-1')).toBe('SUCCEEDED');
    expect(await stepsOf('EARLY-1')).toEqual([]);
  });

  it('is none a day later: what is short is dunned', async () => {
    expect(await office.caseOf('LATE-1')).toMatchObject({
      standing: 'open',
      balance: { paid: '1176.00', credited: '0.00', principalDue: '24.00' },
    });
    expect(await execution('LATE-1')).toBe('RUNNING');
    const [notice] = (await local.client.outbox('LATE-1')).filter(({ stepId }) => stepId === 'A1');
    expect(plain(notice?.text)).toContain('24,00 €');
  });
});

describe('a customer to whom we owe more than they owe us', () => {
  const stateOf = async (invoiceId: string) => (await local.client.execution(invoiceId)).currentStates;

  it('hears nothing when the second invoice gets due: one task asks to offset it', async () => {
    for (const name of ['OFFSET', 'BACK']) {
      expect(await stepsOf(`${name}-2`)).toEqual([]);
      expect(await office.caseOf(`${name}-2`)).toMatchObject({
        ...{ standing: 'open', hold: { reason: 'net-creditor', until: null } },
        nextStep: { stepId: 'A1', why: 'held by net-creditor until a person lifts it' },
      });
      const [task, ...others] = await local.client.tasks(`${name}-2`);
      expect(others).toEqual([]);
      expect(task).toMatchObject({ kind: 'unapplied-cash', invoiceIds: [`${name}-2`], owner: expect.any(String) });
      expect(task?.reason).toContain('300.00 EUR of theirs is allocated to no invoice, and they owe 200.00 EUR');
      expect(await execution(`${name}-2`)).toBe('RUNNING');
      expect(await stateOf(`${name}-2`)).toContain('Listen for payments and decisions');
    }
  });

  it('has the case settled by the money that a person allocates, and the task closed', async () => {
    const [money] = await local.client
      .call<{ unapplied: { transactionId: string }[] }>('GET /customers/C-OFFSET/statement', FINANCE)
      .then(({ body }) => body.unapplied);
    const body = { allocations: [{ invoiceId: 'OFFSET-2', amount: euros('200.00') }] };
    const { status } = await local.client.call(`POST /unapplied-cash/${money?.transactionId}/allocation`, {
      ...{ ...FINANCE, body },
    });
    expect(status).toBe(200);
    await local.client.now();
    expect(await office.caseOf('OFFSET-2')).toMatchObject({ standing: 'settled', balance: { paid: '200.00' } });
    expect(await local.client.tasks('OFFSET-2')).toEqual([]);
    expect(await execution('OFFSET-2')).toBe('SUCCEEDED');
  });

  it('is dunned again once a person says that their money was paid back', async () => {
    const [task] = await local.client.tasks('BACK-2');
    expect((await local.client.report(String(task?.taskId), { result: 'done' })).status).toBe(200);
    await office.work('2026-02-06', answer);
    expect(await office.facts('BACK-2', 'HoldLifted')).toEqual([{ reason: 'net-creditor' }]);
    expect(await stepsOf('BACK-2')).toEqual(['A1']);
    expect(await office.caseOf('BACK-2')).toMatchObject({ hold: null });
  });

  it('gets the notice as usual when the second invoice is more than that', async () => {
    expect(await stepsOf('WIDE-2')).toContain('A1');
    expect(await office.asked('WIDE-2', 'unapplied-cash')).toEqual([]);
  });
});

describe('a rest that is too small to chase', () => {
  it('is given up with the payment, and the invoice is settled', async () => {
    await arrive('BK-SMALL', 'SMALL-1', '1199.50', '2026-02-05');
    expect(await office.caseOf('SMALL-1')).toMatchObject({
      standing: 'settled',
      balance: { paid: '1199.50', writtenOff: '0.50', totalDue: '0.00' },
    });
    expect(await office.facts('SMALL-1', 'SmallBalanceWrittenOff')).toEqual([
      { transactionId: 'BK-SMALL', amount: euros('0.50') },
    ]);
    expect(await execution('SMALL-1')).toBe('SUCCEEDED');
    expect(await local.client.tasks('SMALL-1')).toEqual([]);
  });
});

describe('where interest comes first', () => {
  it('a payment pays 40.00 and 6.79 before 453.21 of the principal', async () => {
    await office.work('2026-02-17', answer);
    await arrive('BK-CHARGES-1', 'CHARGES-1', '500.00', '2026-02-16');
    // 1 200.00 for 17 days at 12.15 %.
    expect(await office.facts('CHARGES-1', 'PaymentApplied')).toEqual([
      expect.objectContaining({
        ...{ amount: euros('500.00'), principal: euros('453.21') },
        ...{ interest: euros('6.79'), compensation: euros('40.00') },
      }),
    ]);
    // 746.79 for the day since.
    expect(await office.caseOf('CHARGES-1')).toMatchObject({
      standing: 'open',
      balance: {
        ...{ billed: '1200.00', paid: '453.21', principalDue: '746.79' },
        ...{ interestPaid: '6.79', compensationPaid: '40.00', interest: '0.25', compensation: '0.00' },
        totalDue: '747.04',
      },
    });
    expect(await execution('CHARGES-1')).toBe('RUNNING');
  });

  it('the letter after it claims what is unpaid only, with the lines of that', async () => {
    await office.work('2026-02-24', answer);
    const [letter, ...others] = (await local.client.outbox('CHARGES-1')).filter(({ stepId }) => stepId === 'B1');
    expect(others).toEqual([]);
    // 746.79 for 8 days.
    expect(plain(letter?.text)).toContain('CHARGES-1 17/02/2026 24/02/2026 8 746,79 € 12,15 % 1,99 €');
    expect(plain(letter?.text)).toContain('748,78 €');
    for (const paid of [' 40,00 €', ' 6,79 €']) expect(plain(letter?.text)).not.toContain(paid);
    expect(await office.facts('CHARGES-1', 'NoticeReserved')).toContainEqual(
      expect.objectContaining({ stepId: 'B1', interest: euros('1.99'), compensation: euros('0.00') }),
    );
  });

  it('the second payment settles it to the cent', async () => {
    await office.work('2026-03-16', answer);
    // 746.79 for 28 days until 16 March: 6.96.
    expect(await office.caseOf('CHARGES-1')).toMatchObject({ balance: { interest: '6.96', totalDue: '753.75' } });
    await arrive('BK-CHARGES-2', 'CHARGES-1', '753.75', '2026-03-16');
    expect(await office.caseOf('CHARGES-1')).toMatchObject({
      standing: 'settled',
      balance: { paid: '1200.00', interestPaid: '13.75', compensationPaid: '40.00', totalDue: '0.00' },
    });
    expect(await execution('CHARGES-1')).toBe('SUCCEEDED');
  });
});
