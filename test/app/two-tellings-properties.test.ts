import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { ReceivedCash } from '../../lib/app/pay-into.ts';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const [A, B] = ['INV-2026-0042', 'INV-2026-0043'];

/** Money that really moved: a payment, and what of it was really taken back. Few amounts and days, so that many are alike. */
interface Transfer {
  readonly amountMinor: number;
  readonly words: string;
  readonly day: number;
  /** Of each return: how long after the payment, which share of it, and whether the statement names the payment. */
  readonly returns: readonly { readonly after: number; readonly share: number; readonly isNamed: boolean }[];
}

const transfer: fc.Arbitrary<Transfer> = fc.record({
  amountMinor: fc.constantFrom(60_000, 60_000, 50_000, 170_000),
  words: fc.constantFrom(A, A, B, `${A} ${B}`, 'merci'),
  day: fc.nat({ max: 3 }),
  returns: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.array(fc.record({ after: fc.nat({ max: 12 }), share: fc.constantFrom(1, 2), isNamed: fc.boolean() }), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
});

/** Two returns of one payment take back no more than it was. */
const isPossible = ({ returns }: Transfer) => returns.reduce((sum, { share }) => sum + 1 / share, 0) <= 1;

const dayOf = (day: number) => addCalendarDays('2026-02-02', day);

/** How one source tells of all of it, in the order of the days: each transaction has an id of the source's own. */
function toldBy(source: 'event' | 'statement', transfers: readonly Transfer[]): ReceivedCash[] {
  const letter = source === 'event' ? 'W' : 'S';
  const told = transfers.flatMap(({ amountMinor, words, day, returns }, index) => {
    const transactionId = `${letter}-${index}`;
    const credit = { transactionId, amountMinor, remittance: words, bookedOn: dayOf(day), valueOn: dayOf(day) };
    const back = returns.map(({ after, share, isNamed }, time) => ({
      ...{ kind: 'return' as const, transactionId: `${letter}R-${index}-${time}`, amountMinor: amountMinor / share },
      ...{ remittance: `RETOUR ${words}`, bookedOn: dayOf(day + after), valueOn: dayOf(day + after) },
      ...((source === 'event' || isNamed) && { returnsTransactionId: transactionId }),
    }));
    return [credit, ...back].map((cash) => ({ ...aCredit(cash), source, receivedAt: '2026-02-20T09:00:00Z' }));
  });
  return told.toSorted((one, other) => Number(one.bookedOn > other.bookedOn) - Number(one.bookedOn < other.bookedOn));
}

/** What both tell, each in its order, one among the other as the bits say; `pairs` are told at once. */
const story = fc
  .record({
    transfers: fc.array(transfer.filter(isPossible), { minLength: 1, maxLength: 4 }),
    bits: fc.infiniteStream(fc.boolean()),
    isAtOnce: fc.boolean(),
  })
  .map(({ transfers, bits, isAtOnce }) => {
    const [events, statement] = [toldBy('event', transfers), toldBy('statement', transfers)];
    const merged: ReceivedCash[] = [];
    while (events.length + statement.length > 0) {
      const isEvent = statement.length === 0 || (events.length > 0 && bits.next().value);
      merged.push((isEvent ? events : statement).shift()!);
    }
    return { transfers, merged, isAtOnce };
  });

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

/** What the ledger holds of money that came, what of it invoices have, and what it has listed of money that went. */
function heldIn(receipts: readonly CashReceipt[]) {
  const counted = receipts.filter(({ possibleDuplicateOf }) => possibleDuplicateOf === undefined);
  const credits = counted.filter(({ kind }) => kind === 'credit');
  const allocated = credits.flatMap(({ allocations }) => allocations.map(({ amountMinor }) => amountMinor));
  const listed = counted.filter(({ kind }) => kind === 'return').map(({ unappliedMinor }) => unappliedMinor);
  return {
    inMinor: sum(allocated) + sum(credits.map(({ unappliedMinor }) => unappliedMinor)),
    listedMinor: sum(listed),
  };
}

it('money that came counts for no less than it is, and for more only by what is listed as taken back, when two sources tell of all of it', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ transfers, merged, isAtOnce }) => {
      const desk = new Desk();
      await desk.register({ customer: aReachableCustomer() });
      await desk.registerSibling(B, { totalMinor: 50_000 });
      for (let start = 0; start < merged.length; start += isAtOnce ? 2 : 1) {
        const told = merged.slice(start, start + (isAtOnce ? 2 : 1));
        await Promise.all(told.map((cash) => applyPayment(desk.planning, cash)));
      }
      const receipts = await Promise.all(
        merged.map(async ({ transactionId }) => (await desk.ledger.loadReceipt(transactionId))!),
      );
      for (const { allocations, amountMinor, unappliedMinor, returnedMinor = 0 } of receipts) {
        expect(sum(allocations.map((one) => one.amountMinor)) + unappliedMinor + returnedMinor).toBe(amountMinor);
      }
      const trueMinor = sum(
        transfers.map(({ amountMinor, returns }) => amountMinor - sum(returns.map(({ share }) => amountMinor / share))),
      );
      const { inMinor, listedMinor } = heldIn(receipts);
      // Two who tell of one payment in the same instant do not see each other, where it moves no case; then a duplicate that is left to a person may be the money.
      const duplicates = receipts.filter(({ kind, possibleDuplicateOf }) => kind === 'credit' && possibleDuplicateOf);
      const doubtedMinor = isAtOnce ? sum(duplicates.map(({ unappliedMinor }) => unappliedMinor)) : 0;
      expect(inMinor + doubtedMinor).toBeGreaterThanOrEqual(trueMinor);
      if (!isAtOnce) expect(inMinor - trueMinor).toBeLessThanOrEqual(listedMinor);
      for (const invoiceId of [A, B]) {
        const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
        const allocated = receipts.flatMap((one) => one.allocations).filter((one) => one.invoiceId === invoiceId);
        expect(sum(allocated.map((one) => one.amountMinor))).toBe(dunningCase.paidMinor);
        expect(dunningCase.standing === 'settled').toBe(outstandingMinor(dunningCase) === 0);
      }
      for (const cash of merged) expect((await applyPayment(desk.planning, cash)).outcome).toBe('duplicate');
    }),
    { numRuns: 2000 },
  );
});
