import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MoneyText, moneyFromText } from '../../lib/contracts/money-text.ts';
import type { PayerProfile } from '../../lib/domain/customer.ts';
import { isCollectable, isOpenStanding, outstandingMinor, receivedMinor } from '../../lib/domain/dunning-case.ts';
import { firstBrokenLink, type HistoryEntry } from '../../lib/domain/history.ts';
import { ladderOf } from '../../lib/domain/ladder.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { type LifeTold, lifeStory, live } from '../support/life-world.ts';
import { INVOICES } from '../support/unreliable-world.ts';

/** The policies with the other order in which money pays. */
const INTEREST_FIRST = POLICIES.map((policy) => ({ ...policy, allocationOrder: 'interest-first' as const }));

/** Holds a claim to what becomes of many stories in which people and the billing system intervene, half of them where interest is paid first. */
function always(claim: (told: LifeTold) => Promise<void>, numRuns = 300, profile?: PayerProfile): Promise<void> {
  return fc.assert(
    fc.asyncProperty(lifeStory, fc.constantFrom(POLICIES, INTEREST_FIRST), async (story, policies) =>
      claim(await live(story, { policies, ...(profile && { profile }) })),
    ),
    { numRuns },
  );
}

function sumOf(history: readonly HistoryEntry[], type: HistoryEntry['type'], field: string): number {
  const amounts = history.filter((entry) => entry.type === type).map(({ data }) => data[field] as MoneyText);
  return amounts.reduce((sum, amount) => sum + moneyFromText(amount).amountMinor, 0);
}

async function allReceipts({ desk }: LifeTold) {
  const bank = Array.from({ length: 6 }, (_, n) => `BK-${n + 1}`);
  const people = Array.from({ length: 3 }, (_, n) => `CHQ-${n + 1}`);
  const notes = await allNotes(desk.ledger);
  const rests = notes.flatMap(({ unappliedTransactionId }) => unappliedTransactionId ?? []);
  const loaded = await Promise.all([...bank, ...people, ...rests].map((id) => desk.ledger.loadReceipt(id)));
  return loaded.filter((receipt) => receipt !== null);
}

async function allNotes(ledger: LifeTold['ledger'] | LifeTold['desk']['ledger']) {
  const ids = [1, 2, 3].flatMap((n) => [`CN-${n}`, `dispute-${n}`]);
  const keys = INVOICES.flatMap((invoiceId) => ids.map((id) => [invoiceId, id] as const));
  const loaded = await Promise.all(keys.map(([invoiceId, id]) => ledger.loadCreditNote(invoiceId, id)));
  return loaded.filter((note) => note !== null);
}

describe('whatever people and the billing system do to a case', () => {
  it('loses no cent: billed = paid + credited + written off + outstanding, received = allocated + unapplied', () =>
    always(async (told) => {
      const [receipts, notes] = [await allReceipts(told), await allNotes(told.desk.ledger)];
      for (const { amountMinor, allocations, unappliedMinor } of receipts) {
        expect(allocations.reduce((sum, part) => sum + part.amountMinor, 0) + unappliedMinor).toBe(amountMinor);
      }
      for (const note of notes) {
        const rest = receipts.find(({ transactionId }) => transactionId === note.unappliedTransactionId);
        expect(note.appliedMinor + (rest?.amountMinor ?? 0)).toBe(note.amountMinor);
      }
      for (const invoiceId of INVOICES) {
        const { dunningCase, payments } = (await told.desk.ledger.loadCaseFile(invoiceId))!;
        const history = await told.desk.history(invoiceId);
        const { paidMinor, creditedMinor, writtenOffMinor, invoice, standing } = dunningCase;
        const allocated = receipts
          .flatMap(({ allocations }) => allocations)
          .filter((part) => part.invoiceId === invoiceId);
        const credited = notes.filter((note) => note.invoiceId === invoiceId);
        const cancelled = sumOf(history, 'CaseCancelled', 'credited');
        const discount = sumOf(history, 'EarlyPaymentDiscountTaken', 'amount');
        const tolerated = sumOf(history, 'SmallBalanceWrittenOff', 'amount');
        const received = receivedMinor(dunningCase);
        expect(received).toBe(allocated.reduce((sum, part) => sum + part.amountMinor, 0));
        expect(received).toBe(sumOf(history, 'PaymentApplied', 'amount'));
        expect(paidMinor).toBe(payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
        expect(creditedMinor).toBe(credited.reduce((sum, note) => sum + note.appliedMinor, 0) + cancelled + discount);
        expect(creditedMinor).toBe(sumOf(history, 'CreditNoteApplied', 'amount') + cancelled + discount);
        expect(writtenOffMinor).toBe(sumOf(history, 'CaseWrittenOff', 'writtenOff') + tolerated);
        const outstanding = outstandingMinor(dunningCase);
        expect(paidMinor + creditedMinor + writtenOffMinor + outstanding).toBe(invoice.totalMinor);
        // What owes nothing is closed, and what is open owes something; only what others collect is closed and owed.
        expect(outstanding > 0).toBe(isOpenStanding(standing) || standing === 'handed-over');
      }
    }));

  it('takes at most two promises about an invoice, ends each once, and claims no notice while one is open', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const { promises, standing } = (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
        const told = (await desk.history(invoiceId)).filter(({ type }) => /^Promise/.test(type));
        const open = promises.filter(({ state }) => state === 'open');
        expect(promises.length).toBeLessThanOrEqual(2);
        expect(open.length).toBeLessThanOrEqual(1);
        expect(told).toHaveLength(2 * promises.length - open.length);
        if (standing === 'open' || standing === 'promised') expect(standing === 'promised').toBe(open.length === 1);
        let isAwaited = false;
        for (const { type, data } of await desk.history(invoiceId)) {
          if (type === 'NoticeReserved' && data.level !== null && data.attempt === 1) expect(isAwaited).toBe(false);
          if (/^Promise/.test(type)) isAwaited = type === 'PromiseMade';
        }
      }
    }));

  it('ends each dispute once, and claims no notice while all is contested', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const { disputes, standing } = (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
        const isOver = !isOpenStanding(standing);
        const whole = new Set<unknown>();
        const ended: unknown[] = [];
        for (const { type, data } of await desk.history(invoiceId)) {
          if (type === 'NoticeReserved' && data.level !== null) expect([...whole]).toEqual([]);
          if (type === 'DisputeOpened' && data.amount === null) whole.add(data.disputeId);
          if (type !== 'DisputeResolved') continue;
          whole.delete(data.disputeId);
          ended.push(data.disputeId);
        }
        const closed = disputes.filter(({ state }) => state !== 'open').map(({ disputeId }) => disputeId);
        expect(ended.toSorted()).toEqual(closed.toSorted());
        if (isOver) expect(closed).toHaveLength(disputes.length);
      }
    }));

  it('claims no notice while a case is blocked, and none once it is over', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        let isKeptBack = false;
        for (const { type } of await desk.history(invoiceId)) {
          if (type === 'NoticeReserved') expect(isKeptBack).toBe(false);
          if (type === 'CaseBlocked') isKeptBack = true;
          if (type === 'CaseUnblocked') isKeptBack = false;
          if (['CaseSettled', 'CaseCancelled', 'CaseWrittenOff', 'CaseHandedOver'].includes(type)) break;
        }
        const types = await desk.historyTypes(invoiceId);
        const over = types.findIndex((type) => /^Case(Settled|Cancelled|WrittenOff|HandedOver)$/.test(type));
        expect(over === -1 || types.lastIndexOf('NoticeReserved') < over).toBe(true);
      }
    }));

  it('claims no notice while the debtor’s own money is to be offset first', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        let isOffset = false;
        for (const { type, data } of await desk.history(invoiceId)) {
          if (type === 'NoticeReserved' && data.level !== null) expect(isOffset).toBe(false);
          if (type === 'HoldPlaced') isOffset = data.reason === 'net-creditor';
          if (type === 'HoldLifted') isOffset = false;
        }
      }
    }));

  it('goes up the ladder only, and leaves no step behind without a word', () => {
    // Given, so that the ladder stays the same: one that is worked out may change its order.
    const profile: PayerProfile = 'negligent';
    return always(
      async ({ desk }) => {
        const ladder = ladderOf(standardPolicy, profile).map(({ stepId }) => stepId);
        for (const invoiceId of INVOICES) {
          const { claims } = (await desk.ledger.loadCaseFile(invoiceId))!;
          const served = new Set<number>();
          let reached = 0;
          for (const { type, data } of await desk.history(invoiceId)) {
            const place = ladder.indexOf(String(data.stepId));
            if (place === -1) continue;
            if (type === 'NoticeReserved') {
              expect(place, `${invoiceId} goes back to ${data.stepId}`).toBeGreaterThanOrEqual(Math.max(-1, ...served));
              reached = Math.max(reached, place);
            }
            if (type === 'NoticeSent' || type === 'NoticeAssigned') served.add(place);
            // It never arrived, or the work was taken back: it counts as served no more.
            if (type === 'NoticeDeferred' || type === 'NoticeFailed' || type === 'NoticeSkipped') served.delete(place);
          }
          const claimed = claims.map(({ stepId }) => stepId);
          const before = ladder.slice(0, reached);
          expect(claimed, invoiceId).toEqual(expect.arrayContaining(before));
        }
      },
      300,
      profile,
    );
  });

  it('answers the same money or credit note again without changing anything', () =>
    always(async ({ desk, given }) => {
      const tellAll = async () =>
        Promise.all(INVOICES.map(async (id) => [await desk.ledger.loadCaseFile(id), await desk.history(id)]));
      const before = await tellAll();
      const cash = await desk.ledger.listUnappliedCash({ limit: 100, cursor: null });
      for (const give of given) {
        const answer = await give();
        expect(answer).not.toMatchObject({ wasThere: false });
      }
      expect(await tellAll()).toEqual(before);
      expect(await desk.ledger.listUnappliedCash({ limit: 100, cursor: null })).toEqual(cash);
    }, 150));

  it('keeps a history without a broken link', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const history = await desk.history(invoiceId);
        expect(firstBrokenLink(invoiceId, history)).toBeNull();
        const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
        expect(history.at(-1)).toMatchObject({ seq: dunningCase.historySeq, hash: dunningCase.historyHash });
      }
    }, 150));

  it('leaves no call, letter or approval on the list about a case that is blocked or over, and no step in hands without work', () =>
    always(async ({ desk }) => {
      const tasks = await desk.openTasks();
      for (const invoiceId of INVOICES) {
        const { dunningCase, claims } = (await desk.ledger.loadCaseFile(invoiceId))!;
        for (const { taskId, kind, postedOn } of tasks.filter(({ invoiceIds }) => invoiceIds.includes(invoiceId))) {
          const isInHand = kind === 'call' || kind === 'approval' || (kind === 'letter' && postedOn === undefined);
          if (isInHand) expect(isCollectable(dunningCase), `${kind} ${taskId} is about ${invoiceId}`).toBe(true);
        }
        for (const claim of claims.filter(({ state }) => state === 'assigned')) {
          const task = tasks.find(({ taskId }) => taskId === claim.taskId);
          expect(task?.invoiceIds, `${invoiceId}/${claim.stepId} is with ${claim.taskId}`).toContain(invoiceId);
        }
      }
    }, 200));
});
