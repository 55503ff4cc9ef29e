import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { ReceivedCash } from '../../lib/app/pay-into.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const [A, B] = ['INV-2026-0042', 'INV-2026-0043'];

/** What the bank tells: payments of one invoice or both, and what takes them back, wholly, in part, or more than there was. */
const aTelling = fc
  .array(
    fc.record({
      amountMinor: fc.integer({ min: 1, max: 260_000 }),
      remittance: fc.constantFrom(A, B, `${A} ${B}`, 'merci'),
      returns: fc.array(fc.integer({ min: 1, max: 150_000 }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((payments) =>
    payments.flatMap(({ amountMinor, remittance, returns }, index): ReceivedCash[] => [
      aCredit({ transactionId: `BK-${index}`, amountMinor, remittance }),
      ...returns.map((backMinor, time) =>
        aCredit({
          ...{ transactionId: `RT-${index}-${time}`, kind: 'return', returnsTransactionId: `BK-${index}` },
          ...{ amountMinor: backMinor, remittance: 'REJET' },
        }),
      ),
    ]),
  );

async function tell(cash: readonly ReceivedCash[]): Promise<Desk> {
  const desk = new Desk();
  await desk.register({ customer: aReachableCustomer() });
  await desk.registerSibling(B, { totalMinor: 50_000 });
  for (const one of cash) await applyPayment(desk.planning, one);
  return desk;
}

async function stateOf(desk: Desk, cash: readonly ReceivedCash[]) {
  const files = await Promise.all([A, B].map(async (id) => (await desk.ledger.loadCaseFile(id))!));
  const receipts = await Promise.all(
    cash.map(async ({ transactionId }) => (await desk.ledger.loadReceipt(transactionId))!),
  );
  return { files, receipts };
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

it('no cent is lost or made, whatever is paid and taken back in whatever order, and telling it all again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      aTelling.chain((cash) => fc.shuffledSubarray(cash, { minLength: cash.length })),
      async (cash) => {
        const desk = await tell(cash);
        const { files, receipts } = await stateOf(desk, cash);
        for (const { allocations, amountMinor, unappliedMinor, returnedMinor = 0 } of receipts) {
          expect(sum(allocations.map((one) => one.amountMinor)) + unappliedMinor + returnedMinor).toBe(amountMinor);
        }
        for (const { dunningCase, payments } of files) {
          const { invoice, paidMinor, creditedMinor, writtenOffMinor } = dunningCase;
          const { invoiceId, totalMinor } = invoice;
          expect(paidMinor + creditedMinor + writtenOffMinor + outstandingMinor(dunningCase)).toBe(totalMinor);
          expect(sum(payments.map((one) => one.amountMinor - (one.returnedMinor ?? 0)))).toBe(paidMinor);
          const allocated = receipts.flatMap((one) => one.allocations).filter((one) => one.invoiceId === invoiceId);
          expect(sum(allocated.map((one) => one.amountMinor))).toBe(paidMinor);
          expect(dunningCase.standing === 'settled').toBe(outstandingMinor(dunningCase) === 0);
          expect(firstBrokenLink(invoiceId, await desk.history(invoiceId))).toBeNull();
        }
        const returned = (kind: string) =>
          sum(receipts.filter((one) => one.kind === kind).map((one) => one.returnedMinor ?? 0));
        expect(returned('credit')).toBe(returned('return'));
        for (const one of cash) expect((await applyPayment(desk.planning, one)).outcome).toBe('duplicate');
        expect(await stateOf(desk, cash)).toEqual({ files, receipts });
      },
    ),
    { numRuns: 500 },
  );
});

it('a return ends alike before its payment and after it, when nothing else comes in between', async () => {
  await fc.assert(
    fc.asyncProperty(aTelling, async (cash) => {
      const first = cash.filter(({ kind }, index) => kind === 'credit' || cash[index - 1]?.kind === 'credit');
      const ends = await Promise.all([first, inPairs(first)].map(async (order) => stateOf(await tell(order), first)));
      expect(ends[1]).toEqual(ends[0]);
    }),
    { numRuns: 500 },
  );
});

/** Each return before its payment. */
function inPairs(cash: readonly ReceivedCash[]): ReceivedCash[] {
  return cash
    .filter(({ kind }) => kind === 'credit')
    .flatMap((credit) => {
      const returns = cash.filter(({ returnsTransactionId }) => returnsTransactionId === credit.transactionId);
      return [...returns, credit];
    });
}
