import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { collectionReport } from '../../lib/app/reports/collection-report.ts';
import { isOnlyPaid, movementsOf } from '../../lib/app/reports/receivable-movements.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { lifeStory, live } from '../support/life-world.ts';
import { INVOICES } from '../support/unreliable-world.ts';

const [A, B] = ['INV-2026-0042', 'INV-B'];

/** Whether the report would leave the history of an invoice out; fails when it said something more than the payments do. */
async function isLeftOut(desk: Desk, invoiceId: string): Promise<boolean> {
  const file = (await desk.ledger.loadCaseFile(invoiceId))!;
  if (!isOnlyPaid(file)) return false;
  const told = movementsOf(file, await desk.history(invoiceId), 'Europe/Paris');
  expect(told.filter(({ amountMinor }) => amountMinor !== 0)).toEqual(movementsOf(file, [], 'Europe/Paris'));
  return true;
}

describe('a history that a report leaves out', () => {
  it('tells of no movement beside the payments, whatever people and the billing system did', async () => {
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(lifeStory, async (story) => {
        const { desk } = await live(story);
        for (const invoiceId of INVOICES) if (await isLeftOut(desk, invoiceId)) leftOut += 1;
      }),
      { numRuns: 100 },
    );
    expect(leftOut).toBeGreaterThan(0);
  });

  it('tells of none either when payments were taken back', async () => {
    const aBooking = fc.record({
      key: fc.integer({ min: 1, max: 3 }),
      isReturn: fc.boolean(),
      amountMinor: fc.constantFrom(40_000, 117_600, 119_950, 120_000, 200_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aBooking, { minLength: 1, maxLength: 6 }), async (bookings) => {
        const desk = new Desk();
        await desk.register({ customer: aReachableCustomer() });
        for (const { key, isReturn, amountMinor } of bookings) {
          const ids = isReturn
            ? { transactionId: `RT-${key}`, kind: 'return' as const, returnsTransactionId: `BK-${key}` }
            : { transactionId: `BK-${key}` };
          // An id that comes again with other money is refused, which is another test's business.
          await applyPayment(desk.planning, aCredit({ ...ids, amountMinor, remittance: A })).catch(() => undefined);
        }
        await isLeftOut(desk, A);
      }),
      { numRuns: 150 },
    );
  });

  it('is that of an invoice only billed, or paid on no day of the report', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.registerSibling('INV-C');
    await desk.registerSibling('INV-D');
    await new CaseCommands(desk).credit(10_000, { invoiceId: 'INV-C' });
    await applyPayment(desk.planning, aCredit({ transactionId: 'BK-1', remittance: A, valueOn: '2026-01-31' }));
    await applyPayment(desk.planning, aCredit({ transactionId: 'BK-2', remittance: B, valueOn: '2026-02-01' }));
    const read = vi.spyOn(desk.ledger, 'loadHistory');
    const period = { from: '2026-02-01', to: '2026-02-28', currency: 'EUR' };
    await collectionReport(desk.planning, { ...period, at: '2026-03-02T08:00:00Z' });
    expect(read.mock.calls.map(([invoiceId]) => invoiceId).toSorted()).toEqual([B, 'INV-C']);
  });
});
