import { describe, expect, it } from 'vitest';
import { bodyHash } from '../../lib/contracts/body-hash.ts';
import { ConflictError, UnavailableError } from '../../lib/domain/errors.ts';
import { MALFORMED_INVOICES } from '../contracts/malformed-invoices.ts';
import { customerBody, invoiceBody } from '../contracts/wire-bodies.ts';
import { answerOf, apiWith, json } from './fake-use-cases.ts';

const INVALID = { status: 422, type: 'application/problem+json' };

describe('POST /invoices', () => {
  it('registers the invoice, its customer and the hash of its body at the time of the request', async () => {
    const api = apiWith();
    const response = await api.request('/invoices', json('POST', invoiceBody()));
    expect(response.headers.get('location')).toBe('/cases/INV-2026-0042');
    expect(await answerOf(response)).toEqual({
      status: 201,
      type: 'application/json',
      body: { invoiceId: 'INV-2026-0042', standing: 'open', warnings: [] },
    });
    expect(api.asked).toMatchObject([
      {
        useCase: 'registerInvoice',
        input: {
          invoice: { invoiceId: 'INV-2026-0042', totalMinor: 120_000 },
          customer: { customerId: 'C-100' },
          bodyHash: bodyHash(invoiceBody()),
          at: '2026-10-01T09:00:00.000Z',
        },
      },
    ]);
  });

  it('answers 200 to the same body again, and does not say where the case stands', async () => {
    const api = apiWith({ registerInvoice: async () => 'unchanged' });
    expect(await answerOf(await api.request('/invoices', json('POST', invoiceBody())))).toEqual({
      status: 200,
      type: 'application/json',
      body: { invoiceId: 'INV-2026-0042', warnings: [] },
    });
  });

  it('answers 409 to another body of the same id, without any personal data', async () => {
    const api = apiWith({ registerInvoice: async () => 'different-body' });
    const answer = await answerOf(await api.request('/invoices', json('POST', invoiceBody())));
    expect(answer).toMatchObject({ status: 409, type: 'application/problem+json', body: { status: 409 } });
    expect(JSON.stringify(answer.body)).not.toMatch(/martin|@|\+33/i);
  });

  it('answers 422 to a customer named by id that nobody knows', async () => {
    const api = apiWith({ registerInvoice: async () => 'unknown-customer' });
    const body = invoiceBody({ customer: { customerId: 'C-404' } });
    expect(await answerOf(await api.request('/invoices', json('POST', body)))).toMatchObject({
      ...INVALID,
      body: { errors: [{ pointer: '/customer/customerId' }] },
    });
  });

  it('answers 422 to a customer whose policy nobody knows', async () => {
    const api = apiWith({ registerInvoice: async () => 'unknown-policy' });
    const body = invoiceBody({ customer: customerBody({ policy: 'gentle' }) });
    expect(await answerOf(await api.request('/invoices', json('POST', body)))).toMatchObject({
      ...INVALID,
      body: { errors: [{ pointer: '/customer/policy', detail: expect.stringContaining('"gentle"') }] },
    });
  });

  it('passes warnings on', async () => {
    const body = invoiceBody({ customer: customerBody({ contacts: [] }) });
    expect(await answerOf(await apiWith().request('/invoices', json('POST', body)))).toMatchObject({
      status: 201,
      body: { warnings: [{ pointer: '/customer/contacts' }] },
    });
  });

  it.each(MALFORMED_INVOICES)('refuses %s with every place, and registers nothing', async (_, body, pointers) => {
    const api = apiWith();
    const answer = await answerOf(await api.request('/invoices', json('POST', body)));
    expect(answer).toMatchObject({ ...INVALID, body: { title: expect.any(String), detail: expect.any(String) } });
    const { errors } = answer.body as { errors: { pointer: string; detail: string }[] };
    expect([...new Set(errors.map(({ pointer }) => pointer))].sort()).toEqual([...pointers].sort());
    expect(errors.every(({ detail }) => detail.length > 0)).toBe(true);
    expect(api.asked).toEqual([]);
  });

  it('answers 503 when the ledger cannot do it now, and 500 to a defect, without telling more', async () => {
    const faults = [new UnavailableError('table'), new ConflictError('moved'), new Error('secret inside')];
    const statuses = [];
    for (const fault of faults) {
      const api = apiWith({ registerInvoice: () => Promise.reject(fault) });
      const call = { routeKey: 'POST /invoices' };
      const response = await api.request('/invoices', json('POST', invoiceBody()), call);
      statuses.push([response.status, response.headers.get('retry-after')]);
      expect(await response.text()).not.toMatch(/table|moved|secret/);
      expect(api.faults).toEqual([{ error: fault, route: 'POST /invoices' }]);
    }
    expect(statuses).toEqual([
      [503, '5'],
      [503, '5'],
      [500, null],
    ]);
  });
});

describe('POST /invoices/batch', () => {
  it('answers 207 with one result per item, in order', async () => {
    const api = apiWith({
      registerInvoice: async ({ invoice }) => (invoice.invoiceId === 'INV-2' ? 'unchanged' : 'registered'),
    });
    const invoices = [
      invoiceBody({ invoiceId: 'INV-1' }),
      invoiceBody({ invoiceId: 'INV-2' }),
      { invoiceId: 'INV-3' },
      7,
    ];
    const answer = await answerOf(await api.request('/invoices/batch', json('POST', { invoices })));
    expect(answer).toMatchObject({
      status: 207,
      type: 'application/json',
      body: {
        results: [
          { invoiceId: 'INV-1', status: 201, standing: 'open', warnings: [] },
          { invoiceId: 'INV-2', status: 200, warnings: [] },
          { invoiceId: 'INV-3', status: 422, type: 'urn:problem-type:relance:invalid-request' },
          { invoiceId: null, status: 422, errors: [{ pointer: '' }] },
        ],
      },
    });
  });

  it('treats two items of one id in the order they stand in, one after the other', async () => {
    const seen: string[] = [];
    const api = apiWith({
      registerInvoice: async ({ invoice }) => {
        seen.push(`${invoice.number} begins`);
        await Promise.resolve();
        seen.push(`${invoice.number} ends`);
        return seen.length === 2 ? 'registered' : 'different-body';
      },
    });
    const invoices = [invoiceBody({ number: 'first' }), invoiceBody({ number: 'second' })];
    const { body } = await answerOf(await api.request('/invoices/batch', json('POST', { invoices })));
    expect(body).toMatchObject({ results: [{ status: 201 }, { status: 409 }] });
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('registers the others when one meets a fault', async () => {
    const fault = new UnavailableError('throttled');
    const api = apiWith({
      registerInvoice: ({ invoice }) =>
        invoice.invoiceId === 'INV-1' ? Promise.reject(fault) : Promise.resolve('registered'),
    });
    const invoices = [invoiceBody({ invoiceId: 'INV-1' }), invoiceBody({ invoiceId: 'INV-2' })];
    const { body } = await answerOf(await api.request('/invoices/batch', json('POST', { invoices })));
    expect(body).toMatchObject({
      results: [
        { invoiceId: 'INV-1', status: 503 },
        { invoiceId: 'INV-2', status: 201 },
      ],
    });
    expect(api.faults.map(({ error }) => error)).toEqual([fault]);
  });

  it('takes 100 invoices and not 101', async () => {
    const batchOf = (count: number) => json('POST', { invoices: Array(count).fill({ invoiceId: 'INV-1' }) });
    expect((await apiWith().request('/invoices/batch', batchOf(100))).status).toBe(207);
    expect((await apiWith().request('/invoices/batch', batchOf(101))).status).toBe(422);
  });

  it.each([
    ['no list', {}, ['/invoices']],
    ['a list that is none', { invoices: 'all' }, ['/invoices']],
    ['an unknown field', { invoices: [], dryRun: true }, ['/dryRun']],
    ['a bare list', [], ['']],
  ])('refuses an envelope with %s', async (_, body, pointers) => {
    const answer = await answerOf(await apiWith().request('/invoices/batch', json('POST', body)));
    expect(answer).toMatchObject({ ...INVALID, body: { errors: pointers.map((pointer) => ({ pointer })) } });
  });
});
