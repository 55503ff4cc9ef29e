import { describe, expect, it } from 'vitest';
import { answerOf, apiWith, json } from './fake-use-cases.ts';

const PATH = '/unapplied-cash/BK-1/allocation';
const POSTED = json('POST', { allocations: [{ invoiceId: 'INV-1', amount: { amount: '10.00', currency: 'EUR' } }] });

describe('POST /unapplied-cash/{transactionId}/allocation', () => {
  it('hands on which invoice takes what, with who says so and when', async () => {
    const api = apiWith();
    await api.request(PATH, POSTED);
    const allocations = [{ invoiceId: 'INV-1', amount: { amountMinor: 1000, currency: 'EUR' } }];
    const input = { transactionId: 'BK-1', allocations, at: '2026-10-01T09:00:00.000Z', actor: 'anne' };
    expect(api.asked).toEqual([{ useCase: 'allocateCash', input }]);
  });

  it('shows what is left of the money, or that nothing is', async () => {
    const item = {
      transactionId: 'BK-1',
      kind: 'credit' as const,
      amountMinor: 500,
      currency: 'EUR',
      bookedOn: '2026-09-30',
      remittance: null,
      suggestions: [],
    };
    const left = apiWith({ allocateCash: async () => ({ item }) });
    expect(await answerOf(await left.request(PATH, POSTED))).toMatchObject({
      status: 200,
      body: { item: { transactionId: 'BK-1', amount: { amount: '5.00', currency: 'EUR' } } },
    });
    const applied = apiWith({ allocateCash: async () => ({ item: null }) });
    expect(await answerOf(await applied.request(PATH, POSTED))).toMatchObject({ status: 200, body: { item: null } });
  });

  it('answers 404 to money it never received, and to an id none can have', async () => {
    const api = apiWith();
    expect((await api.request(PATH, POSTED)).status).toBe(404);
    expect((await api.request('/unapplied-cash/BK%2F1/allocation', POSTED)).status).toBe(404);
    expect(api.asked).toHaveLength(1);
  });

  it('answers 422 with the place of what does not suit, from the body alone or from the ledger', async () => {
    const api = apiWith();
    expect(await answerOf(await api.request(PATH, json('POST', { allocations: [] })))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/allocations' }] },
    });
    expect(api.asked).toEqual([]);
    const refused = { pointer: '/allocations/0/amount', detail: 'must be at most 5.00, what INV-1 owes' };
    const refusing = apiWith({ allocateCash: async () => ({ refused }) });
    expect(await answerOf(await refusing.request(PATH, POSTED))).toMatchObject({
      status: 422,
      body: { errors: [refused] },
    });
  });

  it('answers 409 to money that was placed in the meantime', async () => {
    const api = apiWith({ allocateCash: async () => ({ conflict: 'BK-1 is wholly applied.' }) });
    expect(await answerOf(await api.request(PATH, POSTED))).toMatchObject({
      status: 409,
      body: { detail: 'BK-1 is wholly applied.' },
    });
  });
});
