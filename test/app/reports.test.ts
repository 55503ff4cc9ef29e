import { beforeEach, describe, expect, it } from 'vitest';
import { agedReceivables } from '../../lib/app/reports/aged-receivables.ts';
import { collectionReport } from '../../lib/app/reports/collection-report.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const NOTHING_RECOVERED = { none: 0, preventive: 0, level1: 0, level2: 0, level3: 0, litigation: 0 };

const TODAY = '2026-03-10T11:00:00Z';

describe('the reports', () => {
  let desk: Desk;
  let commands: CaseCommands;

  const invoice = (invoiceId: string, issuedOn: string, dueOn: string, totalMinor: number, currency = 'EUR') =>
    anInvoice({
      ...{ invoiceId, number: invoiceId, issuedOn, dueOn, totalMinor, currency },
      paymentReference: undefined,
    });

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({
      customer: aReachableCustomer(),
      invoice: invoice('PAID-2026-01', '2026-01-10', '2026-01-31', 100_000),
    });
    const issued: [string, string, string, number, string?][] = [
      ['LATE', '2026-01-15', '2026-01-30', 40_000],
      ['CREDITED', '2026-02-05', '2026-03-07', 60_000],
      ['OTHER-CURRENCY', '2026-02-05', '2026-03-20', 70_000, 'USD'],
      ['WRITTEN-OFF', '2025-11-01', '2025-12-01', 9_900],
      ['CANCELLED', '2026-01-20', '2026-02-20', 5_000],
    ];
    for (const [id, ...rest] of issued) await desk.registerSibling(id, invoice(id, ...rest));
    await desk.runUntil('2026-01-25T11:00:00Z');
    await commands.writeOff({ invoiceId: 'WRITTEN-OFF' });
    await commands.cancel({ invoiceId: 'CANCELLED' });
    await desk.runUntil('2026-02-09T11:00:00Z');
    await commands.promise('2026-02-12', undefined, { invoiceId: 'PAID-2026-01' });
    await commands.promise('2026-02-16', undefined, { invoiceId: 'LATE' });
    await desk.runUntil('2026-02-10T11:00:00Z');
    await desk.payInvoice('PAID-2026-01');
    await desk.runUntil('2026-02-20T11:00:00Z');
    await commands.credit(10_000, { invoiceId: 'CREDITED' });
    await desk.runUntil(TODAY);
  });

  const aged = (on: string | null) => agedReceivables(desk.planning, { on, at: TODAY });
  const collected = (from: string, to: string) =>
    collectionReport(desk.planning, { from, to, currency: 'EUR', at: TODAY });

  it('count nothing as owed of what was taken off for paying early, or given up because it is so little', async () => {
    // As of a day that is past, which is worked out from what became of every invoice.
    const agedThen = () => agedReceivables(desk.planning, { on: '2026-03-10', at: '2026-03-11T11:00:00Z' });
    const before = await agedThen();
    const earlyPaymentDiscount = { until: '2026-03-15', percent: '2.0' };
    const early = { ...invoice('EARLY-2026-03', '2026-03-01', '2026-03-31', 50_000), earlyPaymentDiscount };
    await desk.registerSibling('EARLY-2026-03', early);
    await desk.registerSibling('SMALL-2026-03', invoice('SMALL-2026-03', '2026-03-01', '2026-03-31', 10_000));
    expect(await agedThen()).not.toEqual(before);
    await desk.payPart('EARLY-2026-03', { amountMinor: 49_000, transactionId: 'PAY-EARLY' });
    await desk.payPart('SMALL-2026-03', { amountMinor: 9_950, transactionId: 'PAY-SMALL' });
    expect(await agedThen()).toEqual(before);
  });

  it('age what is owed today, per currency and customer', async () => {
    const buckets = { current: 0, '1-30': 50_000, '31-60': 40_000, '61-90': 0, 'over-90': 0 };
    const eur = { currency: 'EUR', buckets, totalMinor: 90_000 };
    expect(await aged(null)).toMatchObject({
      on: '2026-03-10',
      currencies: [
        { ...eur, customers: [{ customerId: 'C-100', name: expect.any(String), buckets, totalMinor: 90_000 }] },
        { currency: 'USD', buckets: { current: 70_000 }, totalMinor: 70_000 },
      ],
    });
  });

  it('age what was owed on a past day, whatever has become of it since', async () => {
    expect(await aged('2026-01-24')).toMatchObject({
      currencies: [{ currency: 'EUR', buckets: { current: 145_000, '31-60': 9_900 }, totalMinor: 154_900 }],
    });
    expect(await aged('2026-02-09')).toMatchObject({
      currencies: [
        { currency: 'EUR', buckets: { current: 60_000, '1-30': 140_000 }, totalMinor: 200_000 },
        { currency: 'USD' },
      ],
    });
    expect(await aged('2026-02-10')).toMatchObject({ currencies: [{ totalMinor: 100_000 }, { currency: 'USD' }] });
    expect(await aged('2025-10-01')).toEqual({ on: '2025-10-01', currencies: [] });
  });

  it('of yesterday and of today say the same where nothing happened', async () => {
    const [yesterday, today] = [await aged('2026-03-09'), await aged('2026-03-10')];
    expect({ ...yesterday, on: null }).toEqual({ ...today, on: null });
  });

  it('say how well a month collected, as worked by hand', async () => {
    // 31 Jan: 1000 + 400 owed. February bills 600 and credits 100; 28 Feb: 400 late and 500 not due are owed.
    expect(await collected('2026-02-01', '2026-02-28')).toEqual({
      currency: 'EUR',
      dsoDays: 50.4, // 900 / 500 × 28
      dsoCountBackDays: 36.9, // 28 of February, and 400 of the 1400 of January: 28 + 8.857
      bestPossibleDsoDays: 28, // 500 / 500 × 28
      averageDaysDelinquent: 22.4,
      collectionEffectivenessPercent: 71.4, // (1400 + 500 − 900) / (1400 + 500 − 500)
      promisesKeptPercent: 50, // one was kept, the other broken
      recoveredByLevel: { ...NOTHING_RECOVERED, level1: 100_000 }, // paid on 10 February, after A1 and A2
    });
    expect(await collected('2025-01-01', '2025-01-31')).toMatchObject({ dsoDays: null, dsoCountBackDays: 0 });
  });

  it('are not of a day to come', async () => {
    expect(await aged('2026-03-11')).toEqual({
      refused: { pointer: '/on', detail: 'must not be after today 2026-03-10, not "2026-03-11"' },
    });
    expect(await collected('2026-03-01', '2026-03-11')).toMatchObject({ refused: { pointer: '/to' } });
  });
});
