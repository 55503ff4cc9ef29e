import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { Ledger } from '../../lib/app/ports.ts';
import { registerInvoice } from '../../lib/app/register-invoice.ts';
import { ConflictError } from '../../lib/domain/errors.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { aCredit, aRegistration } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { aPayment, aReceipt, changing, opening } from '../support/ledger-writes.ts';

const INVOICE = 'INV-2026-0042';

/**
 * What every ledger promises of money that is taken back. Run it over each implementation.
 *
 * @param openLedger an empty ledger for one test
 */
export function describeReturns(name: string, openLedger: () => Promise<Ledger>): void {
  describe(`money taken back in the ledger ${name}`, () => {
    let ledger: Ledger;

    beforeEach(async () => {
      ledger = await openLedger();
    });

    const theCase = async () => (await ledger.loadCaseFile(INVOICE))!.dunningCase;
    const aReturn = (transactionId: string, fields: Parameters<typeof aReceipt>[0] = {}) =>
      aReceipt({
        ...{ transactionId, kind: 'return', returnsTransactionId: 'BK-9001', allocations: [], unappliedMinor: 100 },
        ...fields,
      });

    it('finds the returns that wait for a transaction, and none that waits for another or for nothing', async () => {
      expect(await ledger.listReturnIds('BK-9001')).toEqual([]);
      await ledger.keepUnapplied(aReturn('RT-1'));
      await ledger.commit({ cases: [opening()], receipt: aReturn('RT-2') });
      await ledger.keepUnapplied(aReturn('RT-3', { returnsTransactionId: 'BK-9002' }));
      await ledger.keepUnapplied(aReturn('RT-4', { unappliedMinor: 0, returnedMinor: 100 }));
      await ledger.keepUnapplied(aReceipt({ transactionId: 'BK-9002' }));
      expect((await ledger.listReturnIds('BK-9001')).toSorted()).toEqual(['RT-1', 'RT-2']);
      expect(await ledger.keepUnapplied(aReturn('RT-1'))).toBe('duplicate');
    });

    it('replaces a payment that is there, with its case, and no other', async () => {
      await ledger.commit({ cases: [opening()] });
      await ledger.commit({ cases: [{ ...changing(await theCase()), payment: aPayment() }] });
      const replacedPayment = aPayment({ returnedMinor: 100, returnedOn: '2026-02-05' });
      const stale = { ...changing(await theCase()), replacedPayment };
      expect(await ledger.commit({ cases: [stale] })).toBe('committed');
      await expect(ledger.commit({ cases: [stale] })).rejects.toThrow(ConflictError);
      expect((await ledger.loadCaseFile(INVOICE))?.payments).toEqual([replacedPayment]);
      const unknown = { ...changing(await theCase()), replacedPayment: aPayment({ transactionId: 'BK-X' }) };
      await expect(ledger.commit({ cases: [unknown] })).rejects.toThrow(ConflictError);
    });

    it('replaces a payment’s receipt and that of the return that waited for it in one change', async () => {
      await ledger.keepUnapplied(aReceipt({ allocations: [], unappliedMinor: 100 }));
      await ledger.keepUnapplied(aReturn('RT-1'));
      const replacedReceipt = {
        receipt: aReceipt({ allocations: [], unappliedMinor: 0, returnedMinor: 100 }),
        over: { unappliedMinor: 100 },
      };
      const receipt = aReturn('RT-1', { unappliedMinor: 0, returnedMinor: 100 });
      const stale = { cases: [], replacedReceipt, replacedReturn: { receipt, over: { unappliedMinor: 99 } } };
      await expect(ledger.commit(stale)).rejects.toThrow(ConflictError);
      expect(await ledger.loadReceipt('BK-9001')).toMatchObject({ unappliedMinor: 100 });
      const both = { cases: [], replacedReceipt, replacedReturn: { receipt, over: { unappliedMinor: 100 } } };
      expect(await ledger.commit(both)).toBe('committed');
      expect(await ledger.loadReceipt('RT-1')).toEqual(receipt);
      expect(await ledger.listUnappliedCash({ limit: 5, cursor: null })).toEqual({ receipts: [], cursor: null });
    });

    it('replaces a receipt only over what was taken back of it', async () => {
      await ledger.keepUnapplied(aReceipt({ unappliedMinor: 0 }));
      const replaced = (returnedMinor: number, over: Pick<CashReceipt, 'unappliedMinor' | 'returnedMinor'>) =>
        ledger.commit({
          cases: [],
          replacedReceipt: { receipt: aReceipt({ unappliedMinor: 0, returnedMinor }), over },
        });
      expect(await replaced(30, { unappliedMinor: 0 })).toBe('committed');
      await expect(replaced(20, { unappliedMinor: 0 })).rejects.toThrow(ConflictError);
      await expect(replaced(50, { unappliedMinor: 0, returnedMinor: 20 })).rejects.toThrow(ConflictError);
      expect(await replaced(50, { unappliedMinor: 0, returnedMinor: 30 })).toBe('committed');
      expect(await ledger.loadReceipt('BK-9001')).toMatchObject({ returnedMinor: 50 });
    });

    it('keeps one possible duplicate of a transaction, and finds it', async () => {
      const kept = (transactionId: string, possibleDuplicateOf: string) =>
        ledger.keepUnapplied(aReceipt({ transactionId, possibleDuplicateOf, allocations: [], unappliedMinor: 100 }));
      expect(await ledger.loadDuplicateId('W-1')).toBeNull();
      expect(await kept('S-1', 'W-1')).toBe('committed');
      expect(await kept('S-1', 'W-1')).toBe('duplicate');
      await expect(kept('S-2', 'W-1')).rejects.toThrow(ConflictError);
      expect(await ledger.loadReceipt('S-2')).toBeNull();
      expect(await kept('S-2', 'W-2')).toBe('committed');
      expect(await ledger.loadDuplicateId('W-1')).toBe('S-1');
    });

    it('finds no return that waits which was probably taken back before', async () => {
      await ledger.keepUnapplied(aReturn('RT-1', { possibleDuplicateOf: 'RT-0' }));
      expect(await ledger.listReturnIds('BK-9001')).toEqual([]);
    });

    it('ends alike whichever of a payment and its return is booked first, and when both are at once', async () => {
      const back = aCredit({ transactionId: 'RT-1', kind: 'return', returnsTransactionId: 'BK-9001' });
      const endOf = async (book: (deps: Desk['planning']) => Promise<unknown>) => {
        const own = await openLedger();
        const { planning } = new Desk(own);
        await registerInvoice(planning, aRegistration());
        await book(planning);
        const { dunningCase, payments } = (await own.loadCaseFile(INVOICE))!;
        return { dunningCase, payments, receipts: [await own.loadReceipt('BK-9001'), await own.loadReceipt('RT-1')] };
      };
      const inOrder = await endOf(async (deps) => {
        await applyPayment(deps, aCredit());
        await applyPayment(deps, back);
      });
      expect(inOrder.dunningCase).toMatchObject({ standing: 'open', cycle: 2, paidMinor: 0 });
      const reversed = await endOf(async (deps) => {
        await applyPayment(deps, back);
        await applyPayment(deps, aCredit());
      });
      expect(reversed).toEqual(inOrder);
      const atOnce = await endOf((deps) => Promise.all([applyPayment(deps, back), applyPayment(deps, aCredit())]));
      expect(atOnce).toEqual(inOrder);
    });
  });
}
