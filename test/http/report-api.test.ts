import { describe, expect, it } from 'vitest';
import { answerOf, reportApiWith } from './fake-use-cases.ts';

const AT = '2026-10-01T09:00:00.000Z';

describe('GET /reports/aged-receivables', () => {
  it('shows what is owed by age, currency and customer', async () => {
    const aged = {
      buckets: { current: 100, '1-30': 200, '31-60': 0, '61-90': 0, 'over-90': -50 },
      totalMinor: 250,
    };
    const currencies = [{ currency: 'EUR', ...aged, customers: [{ customerId: 'C-1', name: 'Martin', ...aged }] }];
    const api = reportApiWith({ agedReceivables: async () => ({ on: '2026-09-30', currencies }) });
    const shown = {
      buckets: { current: '1.00', '1-30': '2.00', '31-60': '0.00', '61-90': '0.00', 'over-90': '-0.50' },
      total: '2.50',
    };
    expect(await answerOf(await api.request('/reports/aged-receivables?on=2026-09-30'))).toEqual({
      status: 200,
      type: 'application/json',
      body: {
        on: '2026-09-30',
        currencies: [{ currency: 'EUR', ...shown, customers: [{ customerId: 'C-1', name: 'Martin', ...shown }] }],
      },
    });
    expect(api.asked).toEqual([{ useCase: 'agedReceivables', input: { on: '2026-09-30', at: AT } }]);
  });

  it('is of the day of the request unless it names another', async () => {
    const api = reportApiWith();
    await api.request('/reports/aged-receivables');
    expect(api.asked).toEqual([{ useCase: 'agedReceivables', input: { on: null, at: AT } }]);
  });

  it.each(['2026-02-30', 'yesterday', ''])('refuses the day %j', async (on) => {
    const api = reportApiWith();
    expect(await refusalOf(await api.request(`/reports/aged-receivables?on=${on}`))).toEqual([422, ['/on']]);
    expect(api.asked).toEqual([]);
  });
});

describe('GET /reports/collection', () => {
  const PERIOD = 'from=2026-07-01&to=2026-09-30';

  it('shows the figures of the period, and null where there is none', async () => {
    const figures = {
      currency: 'GBP',
      ...{ dsoDays: 52.1, dsoCountBackDays: 49, bestPossibleDsoDays: 31, averageDaysDelinquent: 21.1 },
      ...{ collectionEffectivenessPercent: 81.5, promisesKeptPercent: null },
    };
    const recovered = { none: 0, preventive: 0, level1: 120_000, level2: 0, level3: 0, litigation: 0 };
    const api = reportApiWith({ collectionReport: async () => ({ ...figures, recoveredByLevel: recovered }) });
    expect(await answerOf(await api.request(`/reports/collection?${PERIOD}&currency=GBP`))).toEqual({
      status: 200,
      type: 'application/json',
      body: {
        ...{ from: '2026-07-01', to: '2026-09-30', ...figures },
        recoveredByLevel: {
          ...{ none: '0.00', preventive: '0.00', level1: '1200.00' },
          ...{ level2: '0.00', level3: '0.00', litigation: '0.00' },
        },
      },
    });
    const query = { from: '2026-07-01', to: '2026-09-30', currency: 'GBP' };
    expect(api.asked).toEqual([{ useCase: 'collectionReport', input: { ...query, at: AT } }]);
  });

  it('is of euros unless it names another currency, and may be of one day', async () => {
    const api = reportApiWith();
    expect((await api.request('/reports/collection?from=2026-09-30&to=2026-09-30')).status).toBe(200);
    expect(api.asked).toMatchObject([{ input: { currency: 'EUR' } }]);
  });

  it.each([
    ['', ['/from', '/to']],
    ['from=2026-07-01', ['/to']],
    ['from=2026-10-01&to=2026-09-30', ['/to']],
    [`${PERIOD}&currency=XXX`, ['/currency']],
    ['from=July&to=August&currency=eur', ['/from', '/to', '/currency']],
  ])('refuses the query %j', async (query, pointers) => {
    const api = reportApiWith();
    expect(await refusalOf(await api.request(`/reports/collection?${query}`))).toEqual([422, pointers]);
    expect(api.asked).toEqual([]);
  });
});

it('answers 422 to a query the ledger cannot answer', async () => {
  const refused = { pointer: '/to', detail: 'must not lie in the future' };
  const api = reportApiWith({
    agedReceivables: async () => ({ refused }),
    collectionReport: async () => ({ refused }),
  });
  for (const path of ['/reports/aged-receivables', '/reports/collection?from=2027-01-01&to=2027-02-01']) {
    expect(await answerOf(await api.request(path))).toMatchObject({ status: 422, body: { errors: [refused] } });
  }
});

/** The status of a refusal and the places it names, each once. */
async function refusalOf(response: Response) {
  const { status, body } = await answerOf(response);
  const { errors } = body as { errors: { pointer: string }[] };
  return [status, [...new Set(errors.map(({ pointer }) => pointer))]];
}
