import { describe, expect, it } from 'vitest';
import { caseView } from '../../lib/contracts/case-view.ts';
import type { HistoryEntry } from '../../lib/domain/history.ts';
import { caseFacts } from '../contracts/case-facts.ts';
import { customerBody } from '../contracts/wire-bodies.ts';
import { answerOf, apiWith, json } from './fake-use-cases.ts';

const ENTRY: HistoryEntry = {
  seq: 1,
  at: '2026-10-01T09:00:00.000Z',
  type: 'InvoiceRegistered',
  actor: 'billing',
  data: { totalMinor: 120_000 },
  hash: 'ab',
  previousHash: null,
};

describe('PUT /customers/{customerId}', () => {
  it.each([
    ['created', 201],
    ['replaced', 200],
  ] as const)('answers a customer that was %s with %i', async (outcome, status) => {
    const api = apiWith({ replaceCustomer: async () => outcome });
    const answer = await answerOf(await api.request('/customers/C-100', json('PUT', customerBody())));
    expect(answer).toMatchObject({ status, body: { customerId: 'C-100', warnings: [] } });
    expect(api.asked).toMatchObject([{ useCase: 'replaceCustomer', input: { customer: { customerId: 'C-100' } } }]);
  });

  it('refuses a bad customer with every place, and stores nothing', async () => {
    const api = apiWith();
    const body = customerBody({ kind: 'x', contacts: [{ role: 'legal', email: 'x' }] });
    expect(await answerOf(await api.request('/customers/C-100', json('PUT', body)))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/kind' }, { pointer: '/contacts/0/email' }] },
    });
    expect(api.asked).toEqual([]);
  });

  it('refuses a policy nobody knows', async () => {
    const api = apiWith({ replaceCustomer: async () => 'unknown-policy' });
    const answer = await answerOf(
      await api.request('/customers/C-100', json('PUT', customerBody({ policy: 'gentle' }))),
    );
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/policy' }] } });
  });

  it('answers 404 to an id no customer can have', async () => {
    expect((await apiWith().request('/customers/C%20100', json('PUT', customerBody()))).status).toBe(404);
  });
});

describe('GET /cases', () => {
  const urgent = { ...caseFacts(), priority: { score: 87, why: ['36 days late', '700.00 EUR outstanding'] } };

  it('shows each case without the lines of its interest, and why it is urgent', async () => {
    const api = apiWith({ listCases: async () => ({ cases: [urgent], cursor: 'c2' }) });
    const answer = await answerOf(await api.request('/cases'));
    const { interestLines: _, ...shown } = caseView(urgent);
    expect(answer).toEqual({
      status: 200,
      type: 'application/json',
      body: { cases: [{ ...shown, priority: urgent.priority }], cursor: 'c2' },
    });
  });

  it('asks for the open ones, most urgent first, at the time of the request', async () => {
    const api = apiWith();
    await api.request('/cases');
    const query = { standing: null, level: null, customerId: null, sort: 'priority' };
    const page = { limit: 50, cursor: null };
    expect(api.asked).toEqual([{ useCase: 'listCases', input: [query, page, '2026-10-01T09:00:00.000Z'] }]);
  });

  it('passes filters, sort, limit and cursor on', async () => {
    const api = apiWith();
    await api.request('/cases?standing=settled&level=level2&customerId=C-1&sort=amount&limit=2&cursor=abc');
    const query = { standing: 'settled', level: 'level2', customerId: 'C-1', sort: 'amount' };
    expect(api.asked).toMatchObject([{ input: [query, { limit: 2, cursor: 'abc' }, expect.any(String)] }]);
  });

  it('refuses a query with every fault at once', async () => {
    const api = apiWith();
    const path = '/cases?standing=late&level=4&customerId=C%20100&sort=name&limit=0';
    const { status, body } = await answerOf(await api.request(path));
    const { errors } = body as { errors: { pointer: string }[] };
    const pointers = errors.map(({ pointer }) => pointer);
    expect([status, pointers]).toEqual([422, ['/standing', '/level', '/customerId', '/sort', '/limit']]);
    expect(api.asked).toEqual([]);
  });

  it('answers 422 to a cursor it never gave', async () => {
    const api = apiWith({ listCases: async () => 'bad-cursor' });
    expect(await answerOf(await api.request('/cases?cursor=zzz'))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/cursor' }] },
    });
  });
});

describe('GET /cases/{invoiceId}', () => {
  it('shows the case as it stands at the time of the request', async () => {
    const api = apiWith({ viewCase: async () => caseFacts() });
    const answer = await answerOf(await api.request('/cases/INV-2026-0042'));
    expect(answer).toMatchObject({ status: 200, body: { standing: 'open', balance: { principalDue: '700.00' } } });
    expect(api.asked).toEqual([{ useCase: 'viewCase', input: ['INV-2026-0042', '2026-10-01T09:00:00.000Z'] }]);
  });

  it('answers 404 to an unknown case', async () => {
    expect(await answerOf(await apiWith().request('/cases/INV-404'))).toMatchObject({
      status: 404,
      type: 'application/problem+json',
    });
  });

  it.each(['/cases/INV%2F42', '/cases/%E0%A4%A', `/cases/${'A'.repeat(65)}`, '/cases/INV%00'])(
    'answers 404 to %s without asking for a case',
    async (path) => {
      const api = apiWith();
      expect((await api.request(path)).status).toBe(404);
      expect(api.asked).toEqual([]);
    },
  );
});

describe('GET /cases/{invoiceId}/history', () => {
  it('shows entries with their hashes, and the cursor of the next slice', async () => {
    const api = apiWith({ viewHistory: async () => ({ entries: [ENTRY], cursor: 'c2' }) });
    const answer = await answerOf(await api.request('/cases/INV-1/history'));
    expect(answer).toMatchObject({ status: 200, body: { entries: [ENTRY], cursor: 'c2' } });
    expect(api.asked).toEqual([{ useCase: 'viewHistory', input: ['INV-1', { limit: 50, cursor: null }] }]);
  });

  it('passes limit and cursor on', async () => {
    const api = apiWith({ viewHistory: async () => ({ entries: [], cursor: null }) });
    await api.request('/cases/INV-1/history?limit=200&cursor=abc%3D');
    expect(api.asked).toEqual([{ useCase: 'viewHistory', input: ['INV-1', { limit: 200, cursor: 'abc=' }] }]);
  });

  it('answers 404 to an unknown case', async () => {
    expect((await apiWith().request('/cases/INV-404/history')).status).toBe(404);
  });

  it('answers 422 to a cursor it never gave', async () => {
    const api = apiWith({ viewHistory: async () => 'bad-cursor' });
    expect(await answerOf(await api.request('/cases/INV-1/history?cursor=zzz'))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/cursor' }] },
    });
  });
});

describe('GET /unapplied-cash', () => {
  it('shows money with its currency', async () => {
    const cash = {
      transactionId: 'BK-1',
      kind: 'credit' as const,
      amountMinor: 1234,
      currency: 'TND',
      bookedOn: '2026-11-02',
    };
    const items = [{ ...cash, remittance: null, suggestions: [] }];
    const api = apiWith({ listUnappliedCash: async () => ({ items, cursor: null }) });
    expect(await answerOf(await api.request('/unapplied-cash'))).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            transactionId: 'BK-1',
            kind: 'credit',
            amount: { amount: '1.234', currency: 'TND' },
            bookedOn: '2026-11-02',
            remittance: null,
            suggestions: [],
          },
        ],
        cursor: null,
      },
    });
  });

  it.each(['0', '201', '-1', '1.5', '1e2', '', 'all', '0050'])('refuses the limit %j', async (limit) => {
    const api = apiWith();
    expect(await answerOf(await api.request(`/unapplied-cash?limit=${limit}`))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/limit' }] },
    });
    expect(api.asked).toEqual([]);
  });

  it('refuses a cursor no list could have given', async () => {
    expect(await answerOf(await apiWith().request('/unapplied-cash?limit=0&cursor=%0A'))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/limit' }, { pointer: '/cursor' }] },
    });
  });
});
