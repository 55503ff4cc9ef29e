import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { moveClaim } from '../../lib/app/claim-notice.ts';
import type { CaseChange, Ledger, Page, Slice } from '../../lib/app/ports.ts';
import { raiseTask } from '../../lib/app/raise-task.ts';
import { registerInvoice } from '../../lib/app/register-invoice.ts';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import { advanceCase } from '../../lib/domain/case-change.ts';
import type { CaseFile } from '../../lib/domain/case-file.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { ConflictError, ContractError } from '../../lib/domain/errors.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { aCredit, aCustomer, anInvoice, aRegistration } from '../support/builders.ts';
import { wholeHistory } from '../support/desk.ts';

const policy = POLICIES[0]!;
const step = policy.steps[1]!;
const at = '2026-02-02T09:00:00Z';

/**
 * What every ledger promises. Run it over each implementation.
 *
 * @param openLedger an empty ledger for one test
 */
export function describeLedger(name: string, openLedger: () => Promise<Ledger>): void {
  describe(`the ledger ${name}`, () => {
    let ledger: Ledger;
    const load = async (): Promise<CaseFile> => (await ledger.loadCaseFile('INV-2026-0042'))!;
    const reserve = (file: CaseFile) => moveClaim(ledger, { file, step, transition: { state: 'reserved', at } });

    beforeEach(async () => {
      ledger = await openLedger();
    });

    it('gives back the case, the customer and the history that were written', async () => {
      expect(await registerInvoice({ ledger, policy }, aRegistration())).toBe('registered');
      const { dunningCase, claims } = await load();
      expect(dunningCase.invoice).toEqual(anInvoice());
      expect(dunningCase).toMatchObject({
        standing: 'open',
        cycle: 1,
        version: 1,
        planRevision: 1,
        isFirstInvoice: true,
      });
      expect(claims).toEqual([]);
      expect((await ledger.loadCustomer('C-100'))?.customer).toEqual(aCustomer());
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries.map(({ type }) => type)).toEqual(['InvoiceRegistered']);
      expect(firstBrokenLink('INV-2026-0042', entries)).toBeNull();
    });

    it('knows nothing of what was never written', async () => {
      expect(await ledger.loadCaseFile('nobody')).toBeNull();
      expect(await ledger.loadCustomer('nobody')).toBeNull();
      expect(await ledger.loadReceipt('nothing')).toBeNull();
      expect(await ledger.findFiledInvoices(['20260042'])).toEqual([]);
      expect(await ledger.loadHistory('nobody', { limit: 5, cursor: null })).toEqual({ entries: [], cursor: null });
      expect(await ledger.listUnappliedCash({ limit: 5, cursor: null })).toEqual({ receipts: [], cursor: null });
    });

    it('registers the same body once, and refuses another body under the same id', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      expect(await registerInvoice({ ledger, policy }, aRegistration())).toBe('unchanged');
      expect(await registerInvoice({ ledger, policy }, aRegistration({ bodyHash: 'hash-2' }))).toBe('different-body');
      expect((await load()).dunningCase.version).toBe(1);
    });

    it('refuses an invoice for a customer it does not know', async () => {
      expect(await registerInvoice({ ledger, policy }, aRegistration({ customer: null }))).toBe('unknown-customer');
      expect(await ledger.loadCaseFile('INV-2026-0042')).toBeNull();
      await replaceCustomer({ ledger }, aCustomer());
      expect(await registerInvoice({ ledger, policy }, aRegistration({ customer: null }))).toBe('registered');
    });

    it('tells the first invoice of a customer from the next', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const invoice = anInvoice({ invoiceId: 'INV-2', number: '2026-0043' });
      await registerInvoice({ ledger, policy }, aRegistration({ invoice, customer: null }));
      expect((await ledger.loadCaseFile('INV-2'))?.dunningCase.isFirstInvoice).toBe(false);
    });

    it('opens one case when the same invoice is registered many times at once', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () => registerInvoice({ ledger, policy }, aRegistration())),
      );
      expect(outcomes.sort()).toEqual(['registered', 'unchanged', 'unchanged', 'unchanged', 'unchanged']);
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries).toHaveLength(1);
    });

    it('refuses a change made on a version that is no longer the newest, and writes nothing of it', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const stale = await load();
      await reserve(stale);
      await expect(reserve(stale)).rejects.toThrow(ConflictError);
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries.map(({ type }) => type)).toEqual(['InvoiceRegistered', 'NoticeReserved']);
      expect(firstBrokenLink('INV-2026-0042', entries)).toBeNull();
    });

    it('lets one of many claim a step', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const file = await load();
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => reserve(file)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await load()).claims).toHaveLength(1);
    });

    it('replaces a claim only in the state it was read in', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const reserved = await reserve(await load());
      const claim = { ...reserved.claims[0]!, state: 'sent' as const, messageId: 'm-1' };
      const change = changeOf(reserved, { claims: [{ claim, replaces: { state: 'released', attempt: 1 } }] });
      await expect(ledger.commit(change)).rejects.toThrow(ConflictError);
      const right = changeOf(reserved, { claims: [{ claim, replaces: { state: 'reserved', attempt: 1 } }] });
      expect(await ledger.commit(right)).toBe('committed');
      expect((await load()).claims).toEqual([claim]);
    });

    it('raises planRevision with facts from outside only', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      await reserve(await load());
      expect((await load()).dunningCase).toMatchObject({ version: 2, planRevision: 1 });
      await applyPayment({ ledger }, aCredit({ amountMinor: 50_000 }));
      expect((await load()).dunningCase).toMatchObject({ version: 3, planRevision: 2 });
    });

    it('finds the invoice by its number or its reference, and applies a payment once', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const credit = aCredit({ remittance: 'VIREMENT RF18 5390 0754 7034 MERCI' });
      expect(await applyPayment({ ledger }, credit)).toEqual({ outcome: 'applied', invoiceId: 'INV-2026-0042' });
      expect(await applyPayment({ ledger }, credit)).toEqual({ outcome: 'duplicate', invoiceId: null });
      const { dunningCase } = await load();
      expect(dunningCase).toMatchObject({ paidMinor: 120_000, standing: 'settled' });
      expect(await ledger.loadReceipt('BK-9001')).toMatchObject({ unappliedMinor: 0 });
    });

    it('has one effect when the same transaction is delivered many times at once', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const credit = aCredit({ amountMinor: 40_000 });
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => applyPayment({ ledger }, credit)));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['applied', ...Array(4).fill('duplicate')]);
      expect(outstandingMinor((await load()).dunningCase)).toBe(80_000);
    });

    it('takes several payments at once without losing a cent', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const credits = [1, 2, 3, 4].map((n) => aCredit({ transactionId: `BK-${n}`, amountMinor: 10_001 }));
      await Promise.all(credits.map((credit) => applyPayment({ ledger }, credit)));
      expect((await load()).dunningCase.paidMinor).toBe(40_004);
    });

    it('keeps the rest of an over-payment, and money that matches nothing, as unapplied cash', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      await applyPayment({ ledger }, aCredit({ amountMinor: 125_000 }));
      await applyPayment({ ledger }, aCredit({ transactionId: 'BK-2', remittance: 'BONJOUR' }));
      const receipts = await allPages(ledger.listUnappliedCash.bind(ledger), ({ receipts: slice }) => slice);
      const found = receipts.map(({ transactionId, unappliedMinor, unappliedReason }) => [
        transactionId,
        unappliedMinor,
        unappliedReason,
      ]);
      expect(found.sort()).toEqual([
        ['BK-2', 120_000, 'no-match'],
        ['BK-9001', 5_000, 'over-payment'],
      ]);
    });

    it('leaves money to a person when two invoices bear the same number', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const twin = anInvoice({ invoiceId: 'INV-B', customerId: 'C-100', paymentReference: undefined });
      await registerInvoice({ ledger, policy }, aRegistration({ invoice: twin, customer: null }));
      expect(await applyPayment({ ledger }, aCredit())).toEqual({ outcome: 'unapplied', invoiceId: null });
      const receipt = await ledger.loadReceipt('BK-9001');
      expect(receipt?.unappliedReason).toBe('several-matches');
      expect([...(receipt?.suggestedInvoiceIds ?? [])].sort()).toEqual(['INV-2026-0042', 'INV-B']);
    });

    it('files an invoice whose reference reads like its number under one key', async () => {
      const invoice = anInvoice({ number: 'RF18539007547034' });
      await registerInvoice({ ledger, policy }, aRegistration({ invoice }));
      expect(await ledger.findFiledInvoices(['RF18539007547034'])).toEqual([
        { key: 'RF18539007547034', byReference: ['INV-2026-0042'], byNumber: ['INV-2026-0042'] },
      ]);
    });

    it('leaves money of another currency unapplied', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      expect(await applyPayment({ ledger }, aCredit({ currency: 'USD' }))).toMatchObject({ outcome: 'unapplied' });
      expect((await load()).dunningCase.paidMinor).toBe(0);
      expect((await ledger.loadReceipt('BK-9001'))?.unappliedReason).toBe('other-currency');
    });

    it('finds the one of several invoices under a number that is still open', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      await applyPayment({ ledger }, aCredit());
      const twin = anInvoice({ invoiceId: 'INV-B', paymentReference: undefined });
      await registerInvoice({ ledger, policy }, aRegistration({ invoice: twin, customer: null }));
      const second = aCredit({ transactionId: 'BK-2' });
      expect(await applyPayment({ ledger }, second)).toEqual({ outcome: 'applied', invoiceId: 'INV-B' });
    });

    it('refuses other money under an id that was used before, and keeps what it knows', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      await applyPayment({ ledger }, aCredit({ amountMinor: 100 }));
      await expect(applyPayment({ ledger }, aCredit({ amountMinor: 119_900 }))).rejects.toThrow(ContractError);
      expect((await load()).dunningCase.paidMinor).toBe(100);
    });

    it('keeps a payment taken back out of the money at hand', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      await applyPayment({ ledger }, aCredit());
      const back = aCredit({ transactionId: 'BK-BACK', kind: 'return', returnsTransactionId: 'BK-9001' });
      expect(await applyPayment({ ledger }, back)).toEqual({ outcome: 'unapplied', invoiceId: null });
      expect(await applyPayment({ ledger }, back)).toEqual({ outcome: 'duplicate', invoiceId: null });
      expect(await ledger.listUnappliedCash({ limit: 5, cursor: null })).toEqual({ receipts: [], cursor: null });
      expect((await wholeHistory(ledger, 'INV-2026-0042')).at(-1)).toMatchObject({ type: 'TaskRaised' });
      expect(await ledger.loadReceipt('BK-BACK')).toMatchObject({ suggestedInvoiceIds: ['INV-2026-0042'] });
    });

    it('lists a payment taken back of which no case is known', async () => {
      const back = aCredit({ transactionId: 'BK-BACK', kind: 'return', returnsTransactionId: 'BK-UNKNOWN' });
      await applyPayment({ ledger }, back);
      const receipts = await allPages(
        (page) => ledger.listUnappliedCash(page),
        (slice) => slice.receipts,
      );
      expect(receipts.map(({ transactionId, kind }) => [transactionId, kind])).toEqual([['BK-BACK', 'return']]);
    });

    it('leaves a payment that names two invoices to a person', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const other = anInvoice({ invoiceId: 'INV-2', number: '2026-0043', paymentReference: undefined });
      await registerInvoice({ ledger, policy }, aRegistration({ invoice: other, customer: null }));
      const both = aCredit({ amountMinor: 240_000, remittance: 'RF18539007547034 ET FACTURE 2026-0043' });
      expect(await applyPayment({ ledger }, both)).toMatchObject({ outcome: 'unapplied' });
      expect((await load()).dunningCase.paidMinor).toBe(0);
    });

    it('answers duplicate to a known receipt even when the case has moved on since', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const stale = await load();
      await applyPayment({ ledger }, aCredit({ amountMinor: 100 }));
      const receipt = (await ledger.loadReceipt('BK-9001'))!;
      expect(await ledger.commit(changeOf(stale, { receipt }))).toBe('duplicate');
    });

    it('puts no new claim over one that is there, whatever the version', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const file = await reserve(await load());
      const again = changeOf(file, { claims: [{ claim: file.claims[0]!, replaces: null }] });
      await expect(ledger.commit(again)).rejects.toThrow(ConflictError);
    });

    it('tells the claims of two cycles of one step apart', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const file = await reserve(await load());
      const claim = { ...file.claims[0]!, cycle: 2 };
      expect(await ledger.commit(changeOf(file, { claims: [{ claim, replaces: null }] }))).toBe('committed');
      expect((await load()).claims.map(({ cycle }) => cycle).sort()).toEqual([1, 2]);
    });

    it('gives entries in order beyond the tenth', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      for (let n = 1; n <= 11; n += 1) await ledger.commit(changeOf(await load(), {}));
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    });

    it('closes a task that is there, and refuses to close one that is not', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const request = {
        kind: 'attention',
        ...{ invoiceId: 'INV-2026-0042', customerId: 'C-100' },
        ...{ title: 't', reason: 'r', at },
      } as const;
      const { task } = raiseTask(request);
      await ledger.commit(changeOf(await load(), { tasks: [task] }));
      expect(await ledger.commit(changeOf(await load(), { closedTaskIds: [task.taskId] }))).toBe('committed');
      const other = changeOf(await load(), { closedTaskIds: ['attention-unknown'] });
      await expect(ledger.commit(other)).rejects.toThrow(ConflictError);
    });

    it('raises a task once: the transaction that repeats it is refused whole', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const request = {
        kind: 'attention',
        invoiceId: 'INV-2026-0042',
        customerId: 'C-100',
        title: 't',
        reason: 'r',
        at,
      } as const;
      const { task } = raiseTask(request);
      const first = changeOf(await load(), { tasks: [task] });
      await ledger.commit(first);
      const again = await load();
      await expect(ledger.commit(changeOf(again, { tasks: [task] }))).rejects.toThrow(ConflictError);
      expect(await load()).toEqual(again);
    });

    it('pages through a history and through unapplied cash without losing or repeating a line', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      for (const n of [1, 2, 3, 4, 5, 6, 7]) {
        await applyPayment({ ledger }, aCredit({ transactionId: `BK-${n}`, amountMinor: n === 7 ? 100 : 1_000 }));
        await applyPayment({ ledger }, aCredit({ transactionId: `XX-${n}`, remittance: '' }));
      }
      const entries = await allPages(
        (page) => ledger.loadHistory('INV-2026-0042', page),
        (slice) => slice.entries,
      );
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      const receipts = await allPages(
        (page) => ledger.listUnappliedCash(page),
        (slice) => slice.receipts,
      );
      const ids = receipts.map(({ transactionId }) => transactionId);
      expect(ids.sort()).toEqual(['XX-1', 'XX-2', 'XX-3', 'XX-4', 'XX-5', 'XX-6', 'XX-7']);
    });

    it('refuses a cursor it never gave out', async () => {
      await registerInvoice({ ledger, policy }, aRegistration());
      const page = { limit: 3, cursor: 'e30' };
      expect(await ledger.loadHistory('INV-2026-0042', page)).toBe('bad-cursor');
      expect(await ledger.listUnappliedCash(page)).toBe('bad-cursor');
    });

    it('writes a customer over the version that was read only', async () => {
      expect(await replaceCustomer({ ledger }, aCustomer())).toBe('created');
      const record = (await ledger.loadCustomer('C-100'))!;
      expect(await replaceCustomer({ ledger }, aCustomer({ name: 'Autre' }))).toBe('replaced');
      await expect(ledger.saveCustomer({ ...record, version: 2 }, 1)).rejects.toThrow(ConflictError);
      expect((await ledger.loadCustomer('C-100'))?.customer.name).toBe('Autre');
    });
  });
}

function changeOf(file: CaseFile, fields: Partial<CaseChange>): CaseChange {
  const drafts = [{ type: 'TaskRaised', actor: 'test', data: {} }] as const;
  const change = advanceCase(file.dunningCase, { at, drafts, changesPlan: false });
  return { ...change, expectedVersion: file.dunningCase.version, wakes: false, ...fields };
}

async function allPages<Fields, Item>(
  list: (page: Page) => Promise<Slice<Fields>>,
  itemsOf: (slice: Fields) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const slice: Slice<Fields> = await list({ limit: 3, cursor });
    if (slice === 'bad-cursor') throw new Error(`cursor ${cursor} was given out and is refused`);
    expect(itemsOf(slice).length).toBeLessThanOrEqual(3);
    items.push(...itemsOf(slice));
    ({ cursor } = slice);
  } while (cursor !== null);
  return items;
}
