import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { policyBook } from '../../lib/app/policy-book.ts';
import type { Ledger } from '../../lib/app/ports.ts';
import { registerInvoice } from '../../lib/app/register-invoice.ts';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import type { CaseFile } from '../../lib/domain/case-file.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { ContractError, ReplanError } from '../../lib/domain/errors.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { RATES } from '../../lib/generated/rates.ts';
import { aCredit, aCustomer, anInvoice, aReachableCustomer, aRegistration } from '../support/builders.ts';
import { Desk, wholeHistory } from '../support/desk.ts';
import { allPages } from '../support/pages.ts';

/**
 * What registering and paying do on every ledger, also when many do it at once. Run it over each implementation.
 *
 * @param openLedger an empty ledger for one test
 */
export function describeUseCases(name: string, openLedger: () => Promise<Ledger>): void {
  describe(`registering and paying over the ledger ${name}`, () => {
    let ledger: Ledger;
    const deps = () => ({
      ...{ ledger, policies: policyBook(ledger, POLICIES), rates: RATES },
      ...{ creditorTimeZone: 'Europe/Paris', creditorCountry: 'FR' },
      taskOwner: 'compta@vendeur.example',
    });
    const load = async (): Promise<CaseFile> => (await ledger.loadCaseFile('INV-2026-0042'))!;

    beforeEach(async () => {
      ledger = await openLedger();
    });

    it('registers the same body once, and refuses another body under the same id', async () => {
      await registerInvoice(deps(), aRegistration());
      expect(await registerInvoice(deps(), aRegistration())).toBe('unchanged');
      expect(await registerInvoice(deps(), aRegistration({ bodyHash: 'hash-2' }))).toBe('different-body');
      expect((await load()).dunningCase.version).toBe(1);
    });

    it('refuses an invoice for a customer it does not know', async () => {
      expect(await registerInvoice(deps(), aRegistration({ customer: null }))).toBe('unknown-customer');
      expect(await ledger.loadCaseFile('INV-2026-0042')).toBeNull();
      await replaceCustomer(deps(), { customer: aCustomer(), at: '2026-01-05T08:00:00Z' });
      expect(await registerInvoice(deps(), aRegistration({ customer: null }))).toBe('registered');
    });

    it('tells the first invoice of a customer from the next', async () => {
      await registerInvoice(deps(), aRegistration());
      const invoice = anInvoice({ invoiceId: 'INV-2', number: '2026-0043' });
      await registerInvoice(deps(), aRegistration({ invoice, customer: null }));
      expect((await ledger.loadCaseFile('INV-2'))?.dunningCase.isFirstInvoice).toBe(false);
    });

    it('pins a case to the policy its customer names, or to that of its kind, and refuses one there is none of', async () => {
      const named = aCustomer({ policy: 'velvet-glove' });
      expect(await registerInvoice(deps(), aRegistration({ customer: named }))).toBe('unknown-policy');
      expect(await ledger.loadCaseFile('INV-2026-0042')).toBeNull();
      await registerInvoice(deps(), aRegistration({ customer: aCustomer({ kind: 'public' }) }));
      expect((await load()).dunningCase.policy).toEqual({ name: 'public-buyer', version: 1 });
    });

    it('has the open cases of a customer planned again when it changes', async () => {
      await registerInvoice(deps(), aRegistration());
      const customer = aCustomer({ profile: 'good-payer' });
      await replaceCustomer(deps(), { customer, at: '2026-01-06T08:00:00Z' });
      expect((await load()).dunningCase).toMatchObject({ version: 2, planRevision: 2 });
    });

    it('opens one case when the same invoice is registered many times at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => registerInvoice(deps(), aRegistration())));
      expect(outcomes.sort()).toEqual(['registered', 'unchanged', 'unchanged', 'unchanged', 'unchanged']);
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries).toHaveLength(1);
    });

    it('finds the invoice by its number or its reference, and applies a payment once', async () => {
      await registerInvoice(deps(), aRegistration());
      const credit = aCredit({ remittance: 'VIREMENT RF18 5390 0754 7034 MERCI' });
      expect(await applyPayment(deps(), credit)).toMatchObject({ outcome: 'applied', invoiceId: 'INV-2026-0042' });
      expect(await applyPayment(deps(), credit)).toEqual({ outcome: 'duplicate', invoiceId: null });
      const { dunningCase } = await load();
      expect(dunningCase).toMatchObject({ paidMinor: 120_000, standing: 'settled' });
      expect(await ledger.loadReceipt('BK-9001')).toMatchObject({ unappliedMinor: 0 });
    });

    it('has one effect when the same transaction is delivered many times at once', async () => {
      await registerInvoice(deps(), aRegistration());
      const credit = aCredit({ amountMinor: 40_000 });
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => applyPayment(deps(), credit)));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['applied', ...Array(4).fill('duplicate')]);
      expect(outstandingMinor((await load()).dunningCase)).toBe(80_000);
    });

    it('takes several payments at once without losing a cent', async () => {
      await registerInvoice(deps(), aRegistration());
      const credits = [1, 2, 3, 4].map((n) => aCredit({ transactionId: `BK-${n}`, amountMinor: 10_001 }));
      await Promise.all(credits.map((credit) => applyPayment(deps(), credit)));
      expect((await load()).dunningCase.paidMinor).toBe(40_004);
    });

    it('keeps the rest of an over-payment, and money that matches nothing, as unapplied cash', async () => {
      await registerInvoice(deps(), aRegistration());
      await applyPayment(deps(), aCredit({ amountMinor: 125_000 }));
      await applyPayment(deps(), aCredit({ transactionId: 'BK-2', remittance: 'BONJOUR' }));
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
      await registerInvoice(deps(), aRegistration());
      const twin = anInvoice({ invoiceId: 'INV-B', customerId: 'C-100', paymentReference: undefined });
      await registerInvoice(deps(), aRegistration({ invoice: twin, customer: null }));
      expect(await applyPayment(deps(), aCredit())).toEqual({ outcome: 'unapplied', invoiceId: null });
      const receipt = await ledger.loadReceipt('BK-9001');
      expect(receipt?.unappliedReason).toBe('several-matches');
      expect([...(receipt?.suggestedInvoiceIds ?? [])].sort()).toEqual(['INV-2026-0042', 'INV-B']);
    });

    it('files an invoice whose reference reads like its number under one key', async () => {
      const invoice = anInvoice({ number: 'RF18539007547034' });
      await registerInvoice(deps(), aRegistration({ invoice }));
      expect(await ledger.findFiledInvoices(['RF18539007547034'])).toEqual([
        { key: 'RF18539007547034', byReference: ['INV-2026-0042'], byNumber: ['INV-2026-0042'] },
      ]);
    });

    it('knows an account that has paid, and finds by it what one more payment is for', async () => {
      await registerInvoice(deps(), aRegistration());
      const next = { invoiceId: 'INV-B', number: 'INV-B', paymentReference: undefined, totalMinor: 4_711 };
      await registerInvoice(deps(), aRegistration({ invoice: anInvoice(next), customer: null }));
      const from = { debtorIban: 'FR7630006000011234567890189' };
      await applyPayment(deps(), aCredit({ ...from, source: 'event' }));
      const bare = { ...from, remittance: undefined, amountMinor: 4_711 };
      expect(await applyPayment(deps(), aCredit({ ...bare, transactionId: 'BK-2', source: 'event' }))).toMatchObject({
        ...{ outcome: 'applied', invoiceId: 'INV-B', rule: 'debtor-account' },
      });
      const again = aCredit({ ...bare, transactionId: 'S-2', source: 'statement' });
      expect(await applyPayment(deps(), again)).toMatchObject({ outcome: 'unapplied' });
      expect(await ledger.loadReceipt('S-2')).toMatchObject({ possibleDuplicateOf: 'BK-2' });
    });

    it('finds by its name what a payment may be for', async () => {
      await registerInvoice(deps(), aRegistration());
      const cash = aCredit({ remittance: undefined, debtorName: 'BOULANGERIE MARTIN' });
      expect(await applyPayment(deps(), cash)).toMatchObject({ outcome: 'unapplied' });
      expect((await ledger.loadReceipt('BK-9001'))?.suggestions).toMatchObject([{ rule: 'name-and-amount' }]);
    });

    it('leaves money of another currency unapplied', async () => {
      await registerInvoice(deps(), aRegistration());
      expect(await applyPayment(deps(), aCredit({ currency: 'USD' }))).toMatchObject({ outcome: 'unapplied' });
      expect((await load()).dunningCase.paidMinor).toBe(0);
      expect((await ledger.loadReceipt('BK-9001'))?.unappliedReason).toBe('other-currency');
    });

    it('finds the one of several invoices under a number that is still open', async () => {
      await registerInvoice(deps(), aRegistration());
      await applyPayment(deps(), aCredit());
      const twin = anInvoice({ invoiceId: 'INV-B', paymentReference: undefined });
      await registerInvoice(deps(), aRegistration({ invoice: twin, customer: null }));
      const second = aCredit({ transactionId: 'BK-2' });
      expect(await applyPayment(deps(), second)).toMatchObject({ outcome: 'applied', invoiceId: 'INV-B' });
    });

    it('refuses other money under an id that was used before, and keeps what it knows', async () => {
      await registerInvoice(deps(), aRegistration());
      await applyPayment(deps(), aCredit({ amountMinor: 100 }));
      await expect(applyPayment(deps(), aCredit({ amountMinor: 119_900 }))).rejects.toThrow(ContractError);
      expect((await load()).dunningCase.paidMinor).toBe(100);
    });

    it('takes a payment back from its invoice, once', async () => {
      await registerInvoice(deps(), aRegistration());
      await applyPayment(deps(), aCredit());
      const back = aCredit({ transactionId: 'BK-BACK', kind: 'return', returnsTransactionId: 'BK-9001' });
      expect(await applyPayment(deps(), back)).toEqual({ outcome: 'applied', invoiceId: 'INV-2026-0042' });
      expect(await applyPayment(deps(), back)).toEqual({ outcome: 'duplicate', invoiceId: null });
      expect(await ledger.listUnappliedCash({ limit: 5, cursor: null })).toEqual({ receipts: [], cursor: null });
      expect((await wholeHistory(ledger, 'INV-2026-0042')).at(-1)).toMatchObject({ type: 'TaskRaised' });
      expect(await ledger.loadReceipt('BK-BACK')).toMatchObject({ unappliedMinor: 0, returnedMinor: 120_000 });
      const { dunningCase, payments } = await load();
      expect(dunningCase).toMatchObject({ standing: 'open', cycle: 2, paidMinor: 0 });
      expect(payments).toMatchObject([{ amountMinor: 120_000, returnedMinor: 120_000, returnedOn: '2026-02-02' }]);
    });

    it('lists a payment taken back of which no case is known', async () => {
      const back = aCredit({ transactionId: 'BK-BACK', kind: 'return', returnsTransactionId: 'BK-UNKNOWN' });
      await applyPayment(deps(), back);
      const receipts = await allPages(
        (page) => ledger.listUnappliedCash(page),
        (slice) => slice.receipts,
      );
      expect(receipts.map(({ transactionId, kind }) => [transactionId, kind])).toEqual([['BK-BACK', 'return']]);
    });

    it('leaves a payment that names two invoices to a person', async () => {
      await registerInvoice(deps(), aRegistration());
      const other = anInvoice({ invoiceId: 'INV-2', number: '2026-0043', paymentReference: undefined });
      await registerInvoice(deps(), aRegistration({ invoice: other, customer: null }));
      const both = aCredit({ amountMinor: 240_000, remittance: 'RF18539007547034 ET FACTURE 2026-0043' });
      expect(await applyPayment(deps(), both)).toMatchObject({ outcome: 'unapplied' });
      expect((await load()).dunningCase.paidMinor).toBe(0);
    });

    it('gives a payment that names two numbers, and is what both owe, to both, and a later one by hand', async () => {
      const desk = new Desk(ledger);
      await desk.register({ customer: aReachableCustomer() });
      for (const id of ['INV-2026-0043', 'INV-2026-0044', 'INV-2026-0045']) await desk.registerSibling(id);
      await desk.runUntil('2026-02-04T11:00:00Z');
      const both = aCredit({ amountMinor: 240_000, remittance: 'FACTURES INV-2026-0043 ET INV-2026-0044' });
      expect(await applyPayment(deps(), both)).toMatchObject({ outcome: 'applied', rule: 'invoice-number' });
      await applyPayment(deps(), aCredit({ transactionId: 'BK-2', amountMinor: 200_000, remittance: 'merci' }));
      const allocations = ['INV-2026-0042', 'INV-2026-0045'].map((invoiceId) => ({
        invoiceId,
        amount: { amountMinor: 90_000, currency: 'EUR' },
      }));
      const command = { transactionId: 'BK-2', allocations, at: desk.now, actor: 'anne' };
      const left = { receipt: { unappliedMinor: 20_000 } };
      expect(await allocateCash(desk.planning, command)).toMatchObject(left);
      expect(await allocateCash(desk.planning, command)).toMatchObject(left);
      for (const [id, paidMinor] of [
        ['INV-2026-0042', 90_000],
        ['INV-2026-0043', 120_000],
        ['INV-2026-0044', 120_000],
        ['INV-2026-0045', 90_000],
      ] as const) {
        expect((await ledger.loadCaseFile(id))?.dunningCase, id).toMatchObject({ paidMinor });
      }
      expect(await ledger.listUnappliedOf('C-100')).toMatchObject([{ transactionId: 'BK-2', unappliedMinor: 20_000 }]);
    });

    it('sends one message for thirty invoices of a debtor, whoever wakes first', async () => {
      const desk = new Desk(ledger);
      await desk.register({ customer: aReachableCustomer() });
      const siblings = Array.from({ length: 29 }, (_, index) => `INV-${100 + index}`);
      for (const invoiceId of siblings) await desk.registerSibling(invoiceId);
      const at = '2026-02-02T16:30:00.000Z';
      const woken = ['INV-2026-0042', 'INV-100', 'INV-128'];
      for (const invoiceId of woken) await desk.plan(at, { invoiceId });
      // Who finds the others being served already is told to plan again, as the workflow would.
      const unlessServed = (fault: unknown) => expect(fault).toBeInstanceOf(ReplanError);
      await Promise.all(woken.map((invoiceId) => desk.send('A1', at, 1, { invoiceId }).catch(unlessServed)));
      expect(desk.departures.map(({ serves }) => serves.length)).toEqual([30]);
      const claims = await Promise.all([...woken, ...siblings].map((invoiceId) => desk.claim('A1', invoiceId)));
      expect(new Set(claims.map((claim) => claim?.state))).toEqual(new Set(['sent']));
    });

    it('takes the outcome of a call for all its invoices, and leaves them when they are paid', async () => {
      const desk = new Desk(ledger);
      await desk.register({ customer: aReachableCustomer() });
      await desk.registerSibling('INV-Z');
      await desk.runUntil('2026-02-05T11:00:00Z');
      const call = await desk.taskOf('call');
      await desk.report(call.taskId, { result: 'dispute', category: 'price' });
      await desk.runUntil('2026-02-05T11:00:00Z');
      expect(desk.departures.at(-1)).toMatchObject({ stepId: 'confirmation-1', invoiceIds: call.invoiceIds });
      const dispute = await desk.taskOf('dispute');
      await desk.payInvoice('INV-Z');
      expect(await ledger.loadTask(dispute.taskId)).toMatchObject({ state: 'open', invoiceIds: ['INV-2026-0042'] });
      await desk.payInvoice('INV-2026-0042');
      expect(await ledger.loadTask(dispute.taskId)).toMatchObject({ state: 'done', outcome: 'case-settled' });
      expect((await ledger.loadCustomer('C-100'))?.closedInvoices).toHaveLength(2);
    });

    it('raises planRevision with a payment', async () => {
      await registerInvoice(deps(), aRegistration());
      expect((await load()).dunningCase).toMatchObject({ version: 1, planRevision: 1 });
      await applyPayment(deps(), aCredit({ amountMinor: 50_000 }));
      expect((await load()).dunningCase).toMatchObject({ version: 2, planRevision: 2 });
    });
  });
}
