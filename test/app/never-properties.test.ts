import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCollectable, outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { happen, INVOICES, story, type Told } from '../support/unreliable-world.ts';

/** Holds a claim to what becomes of many stories of one debtor with three invoices. */
function always(claim: (told: Told) => Promise<void>, numRuns = 300): Promise<void> {
  return fc.assert(
    fc.asyncProperty(story, async (operations) => claim(await happen(operations))),
    { numRuns },
  );
}

describe('whatever an unreliable world does', () => {
  it('claims no notice after the balance is zero, and names no invoice that is paid', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const types = await desk.historyTypes(invoiceId);
        const settledAt = types.indexOf('CaseSettled');
        expect(settledAt === -1 || types.lastIndexOf('NoticeReserved') < settledAt).toBe(true);
      }
      const named = desk.departures.flatMap(({ facts }) => facts.invoices);
      expect(named.every(({ outstandingMinor }) => outstandingMinor > 0)).toBe(true);
    }));

  it('lets each notice leave at most once, and again only when it came back', () =>
    always(async ({ desk, cameBack }) => {
      const left = new Map<string, string>();
      for (const { serves, messageId } of desk.departures) {
        for (const step of serves) {
          const before = left.get(step);
          expect(before === undefined || cameBack.has(before), `${step} left as ${before} and ${messageId}`).toBe(true);
          left.set(step, messageId);
        }
      }
    }));

  it('loses no cent: billed = paid + outstanding, received = allocated + unapplied', () =>
    always(async ({ desk, amounts }) => {
      const allocated = new Map<string, number>();
      for (const [transactionId, amountMinor] of amounts) {
        const receipt = await desk.ledger.loadReceipt(transactionId);
        if (!receipt) continue; // Its only delivery crashed before anything was written; the bus delivers it again.
        const toInvoices = receipt.allocations.reduce((sum, part) => sum + part.amountMinor, 0);
        expect(toInvoices + receipt.unappliedMinor).toBe(amountMinor);
        for (const { invoiceId, amountMinor: part } of receipt.allocations)
          allocated.set(invoiceId, (allocated.get(invoiceId) ?? 0) + part);
      }
      for (const invoiceId of INVOICES) {
        const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
        const { paidMinor, invoice, standing } = dunningCase;
        expect(paidMinor).toBe(allocated.get(invoiceId) ?? 0);
        expect(paidMinor).toBeLessThanOrEqual(invoice.totalMinor);
        // So little may be missing that it is given up, or a discount was taken for it.
        expect(standing === 'settled').toBe(outstandingMinor(dunningCase) === 0);
        if (standing === 'settled') expect(invoice.totalMinor - paidMinor).toBeLessThanOrEqual(2500);
        expect(['open', 'promised', 'disputed', 'settled']).toContain(standing);
      }
    }));

  it('keeps a history without a broken link, one entry for each change', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const history = await desk.history(invoiceId);
        expect(firstBrokenLink(invoiceId, history)).toBeNull();
        const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
        expect(history.at(-1)).toMatchObject({ seq: dunningCase.historySeq, hash: dunningCase.historyHash });
      }
    }, 150));

  it('leaves no work on the list that its cases do not know, and no step in hands that have no work', () =>
    always(async ({ desk }) => {
      const files = await Promise.all(INVOICES.map(async (invoiceId) => (await desk.ledger.loadCaseFile(invoiceId))!));
      const tasks = await desk.openTasks();
      for (const { dunningCase, claims } of files) {
        const { invoiceId } = dunningCase.invoice;
        for (const claim of claims.filter(({ state }) => state === 'assigned')) {
          const task = tasks.find(({ taskId }) => taskId === claim.taskId);
          expect(task?.invoiceIds, `${invoiceId}/${claim.stepId} is with ${claim.taskId}`).toContain(invoiceId);
        }
        for (const { taskId, kind } of tasks.filter(({ invoiceIds }) => invoiceIds.includes(invoiceId))) {
          if (kind !== 'call' && kind !== 'letter' && kind !== 'approval') continue;
          expect(isCollectable(dunningCase), `${kind} ${taskId} is about paid ${invoiceId}`).toBe(true);
          expect(dunningCase.openTaskIds, `${invoiceId} knows ${kind}`).toContain(taskId);
        }
      }
    }));

  it('comes to rest: what is reserved or open again is served, or somebody is asked', () =>
    always(async ({ desk }) => {
      desk.turns.splice(0);
      // A step in doubt waits for the steps before it that are open again, and these for the contact budget and a weekend.
      await desk.runUntil(new Date(Date.parse(desk.now) + 10 * 86_400_000).toISOString());
      for (const invoiceId of INVOICES) {
        const { claims } = (await desk.ledger.loadCaseFile(invoiceId))!;
        const { standing } = await desk.plan(desk.now, { invoiceId });
        const isDangling = claims.some(({ state }) => state === 'reserved');
        expect(standing !== 'settled' && isDangling, `${invoiceId} has a step on its way for ever`).toBe(false);
      }
    }, 150));
});
