import { describe, expect, it } from 'vitest';
import { caseView } from '../../lib/contracts/case-view.ts';
import type { ApiUseCases } from '../../lib/http/api-use-cases.ts';
import { caseFacts } from '../contracts/case-facts.ts';
import { answerOf, apiWith, json } from './fake-use-cases.ts';

const FACTS = caseFacts();
const WHO = { at: '2026-10-01T09:00:00.000Z', actor: 'anne' };
const EUROS = { amount: '100.00', currency: 'EUR' };
const MINOR = { amountMinor: 10_000, currency: 'EUR' };
const CREDIT_NOTE = { creditNoteId: 'CN-1', amount: EUROS, reason: 'goods sent back' };
const PAYMENT = { transactionId: 'CHQ-1', amount: EUROS, receivedOn: '2026-11-02', method: 'cheque' };

const DISPUTE = { category: 'price', note: 'a discount', ownerEmail: 'paul@vendeur.example', reviewOn: '2026-11-20' };

type Command =
  | 'creditInvoice'
  | 'moveDueDate'
  | 'cancelInvoice'
  | 'recordPayment'
  | 'recordPromise'
  | 'recordDispute'
  | 'resolveDispute'
  | 'agreeInstalmentPlan'
  | 'blockCase'
  | 'unblockCase'
  | 'writeOff'
  | 'handOver';

const withAnswer = (useCase: Command, answer: unknown) =>
  apiWith({ [useCase]: async () => answer } as Partial<ApiUseCases>);

const COMMANDS: readonly { useCase: Command; path: string; init: RequestInit; fields: object }[] = [
  {
    useCase: 'creditInvoice',
    path: '/invoices/INV-1/credit-notes',
    init: json('POST', CREDIT_NOTE),
    fields: { ...CREDIT_NOTE, amount: MINOR },
  },
  {
    useCase: 'moveDueDate',
    path: '/invoices/INV-1/due-date',
    init: json('PUT', { dueOn: '2026-11-30', reason: 'delivered late' }),
    fields: { dueOn: '2026-11-30', reason: 'delivered late' },
  },
  {
    useCase: 'cancelInvoice',
    path: '/invoices/INV-1/cancellation',
    init: json('POST', { reason: 'billed twice' }),
    fields: { reason: 'billed twice' },
  },
  {
    useCase: 'recordPayment',
    path: '/cases/INV-1/payments',
    init: json('POST', PAYMENT),
    fields: { ...PAYMENT, amount: MINOR },
  },
  {
    useCase: 'recordPromise',
    path: '/cases/INV-1/promises',
    init: json('POST', { promisedOn: '2026-11-20', amount: EUROS, contact: 'Anne Martin', note: 'by transfer' }),
    fields: { promisedOn: '2026-11-20', amount: MINOR, contact: 'Anne Martin', note: 'by transfer' },
  },
  {
    useCase: 'recordDispute',
    path: '/cases/INV-1/disputes',
    init: json('POST', { ...DISPUTE, amount: EUROS }),
    fields: { ...DISPUTE, amount: MINOR },
  },
  {
    useCase: 'resolveDispute',
    path: '/cases/INV-1/disputes/1/resolution',
    init: json('POST', { outcome: 'settled', credited: EUROS, note: 'as agreed' }),
    fields: { disputeId: '1', outcome: 'settled', credited: MINOR, note: 'as agreed' },
  },
  {
    useCase: 'agreeInstalmentPlan',
    path: '/cases/INV-1/instalment-plan',
    init: json('POST', { instalments: [{ dueOn: '2026-11-20' }, { dueOn: '2026-12-20' }], note: 'by transfer' }),
    fields: { instalments: [{ dueOn: '2026-11-20' }, { dueOn: '2026-12-20' }], force: false, note: 'by transfer' },
  },
  {
    useCase: 'blockCase',
    path: '/cases/INV-1/block',
    init: json('POST', { reason: 'audit' }),
    fields: { reason: 'audit', until: null },
  },
  { useCase: 'unblockCase', path: '/cases/INV-1/block', init: { method: 'DELETE' }, fields: {} },
  {
    useCase: 'writeOff',
    path: '/cases/INV-1/write-off',
    init: json('POST', { reason: 'too small' }),
    fields: { reason: 'too small' },
  },
  {
    useCase: 'handOver',
    path: '/cases/INV-1/hand-over',
    init: json('POST', { to: 'Cabinet Exemple', reason: 'no answer' }),
    fields: { to: 'Cabinet Exemple', reason: 'no answer' },
  },
];

describe.each(COMMANDS)('$init.method $path', ({ useCase, path, init, fields }) => {
  it('hands the command on, with who sent it and when', async () => {
    const api = apiWith();
    await api.request(path, init);
    expect(api.asked).toEqual([{ useCase, input: { ...fields, invoiceId: 'INV-1', ...WHO } }]);
  });

  it('answers 404 without a case', async () => {
    expect(await answerOf(await apiWith().request(path, init))).toMatchObject({
      status: 404,
      body: { detail: 'There is no case of this invoice.' },
    });
  });

  it('answers 404 to an id no invoice can have, and asks nothing', async () => {
    const api = apiWith();
    expect((await api.request(path.replace('INV-1', 'INV%2F1'), init)).status).toBe(404);
    expect(api.asked).toEqual([]);
  });

  it('answers 422 to what does not suit the case, with its place', async () => {
    const refused = { pointer: '/amount/currency', detail: 'must be EUR as the invoice is' };
    expect(await answerOf(await withAnswer(useCase, { refused }).request(path, init))).toMatchObject({
      status: 422,
      body: { errors: [refused] },
    });
  });

  it('answers 409 to what the state of the case does not allow, and says why', async () => {
    const conflict = 'The invoice was cancelled on 2026-10-02.';
    expect(await answerOf(await withAnswer(useCase, { conflict }).request(path, init))).toMatchObject({
      status: 409,
      body: { type: 'urn:problem-type:relance:state-conflict', detail: conflict },
    });
  });
});

describe.each(COMMANDS.filter(({ init }) => init.method !== 'DELETE'))(
  'the body of $init.method $path',
  ({ path, init }) => {
    it('is refused with every fault, and nothing is asked', async () => {
      const api = apiWith();
      const { status, body } = await answerOf(await api.request(path, { ...init, body: '{"colour": "red"}' }));
      expect(status).toBe(422);
      expect((body as { errors: unknown[] }).errors.length).toBeGreaterThan(1);
      expect(api.asked).toEqual([]);
    });

    it('must be JSON', async () => {
      expect((await apiWith().request(path, { ...init, body: '{' })).status).toBe(400);
      expect((await apiWith().request(path, { method: init.method, body: 'x' })).status).toBe(415);
    });
  },
);

describe('the answer to a command', () => {
  const CASE = { case: FACTS, wasThere: false };

  it.each(
    COMMANDS.filter(({ useCase }) =>
      ['resolveDispute', 'blockCase', 'unblockCase', 'writeOff', 'handOver'].includes(useCase),
    ),
  )('of finance, $init.method $path, is the case as it is now', async ({ useCase, path, init }) => {
    const answer = await answerOf(await withAnswer(useCase, CASE).request(path, init));
    expect(answer).toMatchObject({ status: 200, body: caseView(FACTS) });
  });

  it.each(COMMANDS.filter(({ useCase }) => ['moveDueDate', 'cancelInvoice'].includes(useCase)))(
    'of the billing system, $init.method $path, tells nothing of how the debtor pays',
    async ({ useCase, path, init }) => {
      const { invoiceId, number, customerId, dueOn, standing, balance } = caseView(FACTS);
      expect(await answerOf(await withAnswer(useCase, CASE).request(path, init))).toEqual({
        status: 200,
        type: 'application/json',
        body: { invoiceId, number, customerId, dueOn, standing, balance },
      });
    },
  );

  it.each([
    [false, 201],
    [true, 200],
  ])('to a credit note or a payment that was there: %s, is %i', async (wasThere, status) => {
    const taken = { ...CASE, wasThere };
    const credited = withAnswer('creditInvoice', taken);
    expect(
      await answerOf(await credited.request('/invoices/INV-1/credit-notes', json('POST', CREDIT_NOTE))),
    ).toMatchObject({
      status,
      body: { creditNoteId: 'CN-1', unapplied: null, invoiceId: 'INV-2026-0042', balance: { principalDue: '700.00' } },
    });
    const paid = withAnswer('recordPayment', taken);
    expect(await answerOf(await paid.request('/cases/INV-1/payments', json('POST', PAYMENT)))).toMatchObject({
      status,
      body: { transactionId: 'CHQ-1', unapplied: null, ...caseView(FACTS) },
    });
  });

  it.each([
    [false, 201],
    [true, 200],
  ])('to a promise that was there: %s, is %i and the case', async (wasThere, status) => {
    const api = withAnswer('recordPromise', { ...CASE, wasThere });
    const promised = await api.request('/cases/INV-1/promises', json('POST', { promisedOn: '2026-11-20' }));
    expect(await answerOf(promised)).toMatchObject({ status, body: caseView(FACTS) });
  });

  it.each([
    [false, 201],
    [true, 200],
  ])('to a dispute that was there: %s, is %i and the case', async (wasThere, status) => {
    const api = withAnswer('recordDispute', { ...CASE, wasThere });
    const disputed = await api.request('/cases/INV-1/disputes', json('POST', { category: 'price' }));
    expect(await answerOf(disputed)).toMatchObject({ status, body: caseView(FACTS) });
  });

  it('to a dispute nobody raised is 404, and says so', async () => {
    const api = withAnswer('resolveDispute', { notFound: 'There is no dispute 7 about invoice INV-1.' });
    const resolved = await api.request('/cases/INV-1/disputes/7/resolution', json('POST', { outcome: 'upheld' }));
    expect(await answerOf(resolved)).toMatchObject({
      status: 404,
      body: { detail: 'There is no dispute 7 about invoice INV-1.' },
    });
  });

  it('says what the invoice did not owe', async () => {
    const taken = { ...CASE, unapplied: { amountMinor: 250, currency: 'EUR' } };
    const unapplied = { amount: '2.50', currency: 'EUR' };
    const credited = withAnswer('creditInvoice', taken);
    const paid = withAnswer('recordPayment', taken);
    expect(
      await answerOf(await credited.request('/invoices/INV-1/credit-notes', json('POST', CREDIT_NOTE))),
    ).toMatchObject({
      body: { unapplied },
    });
    expect(await answerOf(await paid.request('/cases/INV-1/payments', json('POST', PAYMENT)))).toMatchObject({
      body: { unapplied },
    });
  });
});
