import { describe, expect, it } from 'vitest';
import type { CustomerStatement } from '../../lib/contracts/customer-statement-view.ts';
import type { CustomerFacts } from '../../lib/contracts/customer-view.ts';
import { answerOf, apiWith } from './fake-use-cases.ts';

const AT = '2026-10-01T09:00:00.000Z';

const FACTS: CustomerFacts = {
  customer: { customerId: 'C-1', name: 'Boulangerie Martin', kind: 'business', country: 'FR', contacts: [] },
  profile: 'negligent',
  profileReasons: ['paid 12 days late on average'],
  marks: [{ channel: 'email', mark: 'bounced' }],
  payer: { closedInvoices: 4, averageDaysLate: 12.5 },
};

describe('GET /customers/{customerId}', () => {
  it('shows who they are and how they pay, at the time of the request', async () => {
    const api = apiWith({ viewCustomer: async () => FACTS });
    expect(await answerOf(await api.request('/customers/C-1'))).toEqual({
      status: 200,
      type: 'application/json',
      body: { ...FACTS, insolventSince: null },
    });
    expect(api.asked).toEqual([{ useCase: 'viewCustomer', input: ['C-1', AT] }]);
  });

  it('says since when proceedings are open', async () => {
    const api = apiWith({ viewCustomer: async () => ({ ...FACTS, insolventSince: '2026-09-01' }) });
    expect(await answerOf(await api.request('/customers/C-1'))).toMatchObject({
      body: { insolventSince: '2026-09-01' },
    });
  });

  it('never shows the address that is marked', async () => {
    const marked = { channel: 'email', mark: 'bounced', address: 'anne@martin.example' };
    const api = apiWith({ viewCustomer: async () => ({ ...FACTS, marks: [marked] }) });
    expect(await (await api.request('/customers/C-1')).text()).not.toContain('anne@');
  });
});

describe('GET /customers/{customerId}/statement', () => {
  it('shows open items by currency, each with its own decimals, and money no invoice has taken', async () => {
    const dates = { issuedOn: '2026-08-01', dueOn: '2026-08-31' };
    const item = { invoiceId: 'INV-1', number: '1', ...dates, billedMinor: 1200, outstandingMinor: 700, daysLate: 31 };
    const cash = { transactionId: 'BK-1', kind: 'credit' as const, amountMinor: 55, currency: 'EUR' };
    const statement: CustomerStatement = {
      customerId: 'C-1',
      on: '2026-10-01',
      currencies: [
        { currency: 'EUR', items: [item], totalMinor: 700 },
        { currency: 'JPY', items: [{ ...item, invoiceId: 'INV-2' }], totalMinor: 700 },
      ],
      unapplied: [{ ...cash, bookedOn: '2026-09-30', remittance: null, suggestions: [] }],
    };
    const api = apiWith({ viewStatement: async () => statement });
    expect(await answerOf(await api.request('/customers/C-1/statement'))).toEqual({
      status: 200,
      type: 'application/json',
      body: {
        customerId: 'C-1',
        on: '2026-10-01',
        currencies: [
          {
            currency: 'EUR',
            items: [{ invoiceId: 'INV-1', number: '1', ...dates, billed: '12.00', outstanding: '7.00', daysLate: 31 }],
            total: '7.00',
          },
          {
            currency: 'JPY',
            items: [{ invoiceId: 'INV-2', number: '1', ...dates, billed: '1200', outstanding: '700', daysLate: 31 }],
            total: '700',
          },
        ],
        unapplied: [
          {
            transactionId: 'BK-1',
            kind: 'credit',
            amount: { amount: '0.55', currency: 'EUR' },
            bookedOn: '2026-09-30',
            remittance: null,
            suggestions: [],
          },
        ],
      },
    });
    expect(api.asked).toEqual([{ useCase: 'viewStatement', input: ['C-1', AT] }]);
  });
});

it.each(['/customers/C-1', '/customers/C-1/statement'])('GET %s of nobody known is 404', async (path) => {
  expect(await answerOf(await apiWith().request(path))).toMatchObject({
    status: 404,
    body: { detail: 'There is no such customer.' },
  });
});

it.each(['/customers/C%201', '/customers/C%201/statement'])('GET %s is 404 and asks nothing', async (path) => {
  const api = apiWith();
  expect((await api.request(path)).status).toBe(404);
  expect(api.asked).toEqual([]);
});
