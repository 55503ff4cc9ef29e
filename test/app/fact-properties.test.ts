import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementOf } from '../../lib/app/charges.ts';
import { loadFacts } from '../../lib/app/plan-case.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { balanceView } from '../../lib/contracts/case-view.ts';
import { moneyFromText } from '../../lib/contracts/money-text.ts';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { isOpenStanding, standingUnblocked } from '../../lib/domain/dunning-case.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { CaseCommands } from '../support/case-commands.ts';
import type { Desk } from '../support/desk.ts';
import { type FactStory, factStory, INVOICES, live, newDebtor } from '../support/fact-world.ts';

const today = ({ now }: Desk) => now.slice(0, 10);

/** Every receipt of the debtor's money that the histories or the list of unapplied cash know of. */
async function receiptsOf(desk: Desk): Promise<CashReceipt[]> {
  const cash = await desk.ledger.listUnappliedCash({ limit: 100, cursor: null });
  const listed = cash === 'bad-cursor' ? [] : cash.receipts.map(({ transactionId }) => transactionId);
  const files = await Promise.all(INVOICES.map((invoiceId) => desk.ledger.loadCaseFile(invoiceId)));
  const booked = files.flatMap((file) => file!.payments.map(({ transactionId }) => transactionId));
  const loaded = await Promise.all([...new Set([...listed, ...booked])].map((id) => desk.ledger.loadReceipt(id)));
  return loaded.filter((receipt) => receipt !== null);
}

/** billed + interest + compensation = paid + credited + written off + outstanding, and each receipt is allocated, unapplied or returned to the cent. */
async function conservesMoney(desk: Desk): Promise<void> {
  const receipts = await receiptsOf(desk);
  for (const { kind, amountMinor, allocations, unappliedMinor, returnedMinor = 0 } of receipts) {
    const allocated = allocations.reduce((sum, part) => sum + part.amountMinor, 0);
    // Of a return, it is what was taken back and what could not be.
    expect(allocated + unappliedMinor + returnedMinor, kind).toBe(amountMinor);
  }
  for (const invoiceId of INVOICES) {
    const overview = (await viewCase(desk.planning, invoiceId, desk.now))!;
    const { dunningCase, charges } = overview;
    const balance = balanceView(dunningCase, charges);
    const minor = (amount: string) => moneyFromText({ amount, currency: balance.currency }).amountMinor;
    const { paidMinor, paidInterestMinor, paidCompensationMinor } = dunningCase;
    const charged = minor(balance.interest) + paidInterestMinor + minor(balance.compensation) + paidCompensationMinor;
    const paid = paidMinor + paidInterestMinor + paidCompensationMinor;
    const settled = paid + minor(balance.credited) + minor(balance.writtenOff) + minor(balance.totalDue);
    expect(minor(balance.billed) + charged, invoiceId).toBe(settled);
    // What was given up hangs on what is paid, and a discount on what was paid in time.
    const { grantedDiscountMinor, toleratedMinor, invoice, creditedMinor, writtenOffMinor } = dunningCase;
    expect(grantedDiscountMinor).toBeLessThanOrEqual(creditedMinor);
    expect(toleratedMinor).toBeLessThanOrEqual(writtenOffMinor);
    const inTimeMinor = ((await desk.ledger.loadCaseFile(invoiceId))?.payments ?? [])
      .filter(({ valueOn }) => valueOn <= (invoice.earlyPaymentDiscount?.until ?? ''))
      .reduce((sum, payment) => sum + payment.amountMinor - (payment.returnedMinor ?? 0), 0);
    expect(grantedDiscountMinor > 0 ? inTimeMinor + creditedMinor : invoice.totalMinor).toBe(invoice.totalMinor);
    const booked = receipts
      .flatMap(({ allocations }) => allocations)
      .filter((part) => part.invoiceId === invoiceId)
      .reduce((sum, part) => sum + part.amountMinor, 0);
    expect(booked, `allocated to ${invoiceId}`).toBe(paid);
    // What a person gave up stays closed, whatever is taken back of it.
    if (dunningCase.standing !== 'written-off')
      expect(minor(balance.principalDue) > 0, invoiceId).toBe(isOpenStanding(dunningCase.standing));
  }
}

/** What delay costs is the sum of its lines, and never falls when days are added. */
async function chargesDays(desk: Desk): Promise<void> {
  for (const invoiceId of INVOICES) {
    const facts = await loadFacts(desk.planning, (await desk.ledger.loadCaseFile(invoiceId))!);
    let before = 0;
    for (const days of [0, 1, 30, 200]) {
      const { lines, totalMinor } = statementOf(desk.planning, facts, addCalendarDays(today(desk), days));
      expect(totalMinor).toBe(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
      expect(totalMinor).toBeGreaterThanOrEqual(before);
      before = totalMinor;
    }
  }
}

/** A case that is open stands as its dispute, its plan or its promise says; a block stands before them all. */
async function standsAsWasSaid(desk: Desk): Promise<void> {
  for (const invoiceId of INVOICES) {
    const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
    const { standing, block } = dunningCase;
    if (!isOpenStanding(standing)) continue;
    expect(standing, invoiceId).toBe(block ? 'blocked' : standingUnblocked(dunningCase));
  }
}

/** No step leaves twice, in whichever cycle, unless its message bounced; and nobody is written to about what is paid. */
async function writesOnce(desk: Desk): Promise<void> {
  const left = new Set<string>();
  for (const { serves, facts, to } of desk.departures) {
    expect(facts.invoices.every(({ outstandingMinor }) => outstandingMinor > 0)).toBe(true);
    const marks = (await desk.ledger.loadCustomer('C-100'))!.addressMarks;
    if (to.every((address) => marks[address] === 'bounced')) continue;
    for (const step of serves) {
      expect(left.has(step), `${step} leaves again`).toBe(false);
      left.add(step);
    }
  }
}

async function chainsItsHistory(desk: Desk): Promise<void> {
  for (const invoiceId of INVOICES) {
    const history = await desk.history(invoiceId);
    expect(firstBrokenLink(invoiceId, history)).toBeNull();
    const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
    expect(history.at(-1)).toMatchObject({ seq: dunningCase.historySeq, hash: dunningCase.historyHash });
  }
}

/** All the ledger holds about the debtor. */
async function everythingOf(desk: Desk): Promise<unknown> {
  const cases = INVOICES.map(async (id) => [await desk.ledger.loadCaseFile(id), await desk.history(id)]);
  const cash = await desk.ledger.listUnappliedCash({ limit: 100, cursor: null });
  return [await Promise.all(cases), cash, await desk.openTasks(), await desk.ledger.loadCustomer('C-100')];
}

/** What has come of a debtor's cases, whoever told of it first. */
async function outcomeOf(desk: Desk): Promise<unknown> {
  const cases = INVOICES.map(async (invoiceId) => {
    const { dunningCase, level, nextStep } = (await viewCase(desk.planning, invoiceId, desk.now))!;
    const { standing, paidMinor, paidInterestMinor, creditedMinor, writtenOffMinor, hold, block } = dunningCase;
    const { promises, disputes, instalmentPlan, cycle, invoice } = dunningCase;
    const said = { hold, block, promises, disputes, instalmentPlan, dueOn: invoice.dueOn };
    const money = { paidMinor, paidInterestMinor, creditedMinor, writtenOffMinor };
    return { standing, level, cycle, nextStep, ...said, ...money };
  });
  const receipts = (await receiptsOf(desk)).map(({ transactionId, unappliedMinor }) => [transactionId, unappliedMinor]);
  return [await Promise.all(cases), receipts.toSorted()];
}

/** Facts about different invoices, told at the same moment, in an order of their own. */
const independentFacts = fc.tuple(
  fc.tuple(
    ...INVOICES.map(() => fc.constantFrom('pay', 'credit', 'promise', 'block', 'due-date', 'dispute', 'nothing')),
  ),
  fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
);

async function tellIndependent(desk: Desk, kinds: readonly string[], order: readonly number[]): Promise<void> {
  const commands = new CaseCommands(desk);
  for (const at of order) {
    const invoiceId = INVOICES[at]!;
    const on = addCalendarDays(today(desk), 12);
    const tell = {
      pay: () => commands.pay(3000, { invoiceId, transactionId: `CHQ-${invoiceId}` }),
      credit: () => commands.credit(2000, { invoiceId, creditNoteId: `CN-X-${invoiceId}` }),
      promise: () => commands.promise(on, undefined, { invoiceId }),
      block: () => commands.block(on, { invoiceId }),
      'due-date': () => commands.moveDueDate(on, { invoiceId }),
      dispute: () => commands.dispute(undefined, { invoiceId }),
      nothing: async () => undefined,
    }[kinds[at]!];
    await tell?.();
  }
}

/** Histories that are held to everything: 5 000 in all, of which these are lived twice, in two orders. */
const LIVED_TWICE = 1000;

const LIVED_ONCE = 4000;

/** The step of one message came back, and so did the one that served it next: what was told of the first is told again. */
const BOUNCED_TWICE: FactStory = {
  allocationOrder: 'principal-first',
  facts: [
    { fact: 'days', days: 19 },
    { fact: 'dispute', invoice: 0, choice: 0 },
    { fact: 'bounce', departure: 13 },
    { fact: 'days', days: 11 },
    { fact: 'bounce', departure: 9 },
    { fact: 'days', days: 1 },
  ],
};

/** A message came back while its invoice was paid; the payment was taken back, and the bounce is told again. */
const BOUNCED_BEFORE_THE_RETURN: FactStory = {
  allocationOrder: 'principal-first',
  facts: [
    { fact: 'days', days: 15 },
    { fact: 'credit', key: 1, invoice: 2, amountMinor: 120_000 },
    { fact: 'bounce', departure: 7 },
    { fact: 'return', of: 0, share: 1 },
    { fact: 'promise', invoice: 0, days: 1 },
  ],
};

/** The call of a cycle that a return began is withdrawn, and put on the list again. */
const CALLED_AGAIN: FactStory = {
  allocationOrder: 'principal-first',
  facts: [
    { fact: 'days', days: 25 },
    { fact: 'credit', key: 1, invoice: 1, amountMinor: 600_000 },
    { fact: 'return', of: 0, share: 1 },
    { fact: 'days', days: 4 },
    { fact: 'dispute', invoice: 1, choice: 1 },
    { fact: 'days', days: 1 },
  ],
};

/** Thousands of lives take their time on a small machine. */
const PATIENCE_MILLIS = 300_000;

describe('whatever facts and deliveries a debtor has', () => {
  it(
    'money is conserved, interest is the sum of its lines and never falls, the history verifies, no step leaves twice, and the same facts again change nothing',
    () =>
      fc.assert(
        fc.asyncProperty(factStory, async (story) => {
          const desk = await newDebtor(story);
          const tellAgain = await live(desk, story.facts);
          await conservesMoney(desk);
          await chargesDays(desk);
          await chainsItsHistory(desk);
          await standsAsWasSaid(desk);
          await writesOnce(desk);
          const before = await everythingOf(desk);
          await tellAgain();
          expect(await everythingOf(desk)).toEqual(before);
        }),
        { numRuns: LIVED_ONCE, examples: [[BOUNCED_TWICE], [BOUNCED_BEFORE_THE_RETURN], [CALLED_AGAIN]] },
      ),
    PATIENCE_MILLIS,
  );

  it(
    'the order in which independent facts arrive changes nothing',
    () =>
      fc.assert(
        fc.asyncProperty(factStory, independentFacts, async (story, [kinds, order]) => {
          const told = await newDebtor(story);
          await live(told, story.facts);
          await tellIndependent(told, kinds, [0, 1, 2]);
          const otherwise = await newDebtor(story);
          await live(otherwise, story.facts);
          await tellIndependent(otherwise, kinds, order);
          expect(await outcomeOf(otherwise)).toEqual(await outcomeOf(told));
          await conservesMoney(otherwise);
        }),
        { numRuns: LIVED_TWICE },
      ),
    PATIENCE_MILLIS,
  );
});
