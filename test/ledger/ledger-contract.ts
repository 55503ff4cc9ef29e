import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseWrite, ClaimWrite, Ledger } from '../../lib/app/ports.ts';
import { CASES_PER_CHANGE_MAX } from '../../lib/app/ports.ts';
import type { CaseFile } from '../../lib/domain/case-file.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { ConflictError } from '../../lib/domain/errors.ts';
import { firstBrokenLink, sealEntries } from '../../lib/domain/history.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { aCustomer, anInvoice } from '../support/builders.ts';
import { wholeHistory } from '../support/desk.ts';
import {
  AT,
  aCreditNote,
  aPayment,
  aPolicy,
  aReceipt,
  aRecord,
  aReservation,
  aTask,
  changing,
  opening,
} from '../support/ledger-writes.ts';
import { allPages } from '../support/pages.ts';

const firstPage = { limit: 5, cursor: null };

/**
 * What every ledger promises of its reads and writes. Run it over each implementation.
 *
 * @param openLedger an empty ledger for one test
 */
export function describeLedger(name: string, openLedger: () => Promise<Ledger>): void {
  describe(`the ledger ${name}`, () => {
    let ledger: Ledger;
    const load = async (invoiceId = 'INV-2026-0042'): Promise<CaseFile> => (await ledger.loadCaseFile(invoiceId))!;
    const commit = (...cases: CaseWrite[]) => ledger.commit({ cases });
    const change = async (write: Partial<CaseWrite> = {}, fields: Partial<DunningCase> = {}) =>
      commit({ ...changing((await load()).dunningCase, fields), ...write });
    const claim = (write: ClaimWrite) => change({ claims: [write] });

    beforeEach(async () => {
      ledger = await openLedger();
      await commit(opening());
    });

    it('gives back the case and the history that were written', async () => {
      const { dunningCase, claims } = await load();
      expect(dunningCase).toEqual(opening().dunningCase);
      expect(claims).toEqual([]);
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries).toEqual(opening().entries);
    });

    it('knows nothing of what was never written', async () => {
      expect(await ledger.loadCaseFile('nobody')).toBeNull();
      expect(await ledger.loadCustomer('nobody')).toBeNull();
      expect(await ledger.loadReceipt('nothing')).toBeNull();
      expect(await ledger.loadCreditNote('INV-2026-0042', 'nothing')).toBeNull();
      expect(await ledger.loadTask('nothing')).toBeNull();
      expect(await ledger.loadPolicy('standard', 1)).toBeNull();
      expect(await ledger.findFiledInvoices(['20260042'])).toEqual([]);
      expect(await ledger.findFiledCustomers('ACCOUNT FR76', 5)).toEqual([]);
      expect(await ledger.findReceiptsLike('100 EUR 2026-02-02 ID E2E1', 5)).toEqual([]);
      expect(await ledger.loadBankDataOn()).toBeNull();
      expect(await ledger.loadHistory('nobody', firstPage)).toEqual({ entries: [], cursor: null });
      expect(await ledger.listUnappliedCash(firstPage)).toEqual({ receipts: [], cursor: null });
      expect(await ledger.listTasks({ state: 'open' }, firstPage)).toEqual({ tasks: [], cursor: null });
      expect(await ledger.listOpenCaseIds('nobody')).toEqual([]);
      expect(await ledger.listUnappliedOf('nobody')).toEqual([]);
      expect(await ledger.listPolicies()).toEqual([]);
      expect(await ledger.listPolicyVersions('standard')).toEqual([]);
    });

    it('writes whatever a case is after a change', async () => {
      const hold = { reason: 'promise', since: '2026-02-02', until: '2026-02-09' } as const;
      const invoice = anInvoice({ dueOn: '2026-02-15' });
      const promised = { promisedOn: '2026-02-09', amountMinor: null, paidBeforeMinor: 0, at: AT };
      const promises = [{ ...promised, promiseId: '1', state: 'open' as const }];
      await change({}, { hold, lastAnsweredOn: '2026-02-02', promises, invoice });
      const held = (await load()).dunningCase;
      expect(held).toMatchObject({ hold, lastAnsweredOn: '2026-02-02', promises, invoice });
      await commit({ ...changing({ ...held, hold: null }), expectedVersion: held.version });
      expect((await load()).dunningCase).toMatchObject({ version: 3, hold: null, promises });
    });

    it('writes a field that is given as undefined as one that is not there', async () => {
      await change({ claims: [{ claim: aReservation({ taskId: undefined }), replaces: null }] });
      expect(await load()).toEqual({
        dunningCase: expect.objectContaining({ version: 2 }),
        claims: [aReservation()],
        payments: [],
      });
    });

    it('refuses a change made on a version that is no longer the newest, and writes nothing of it', async () => {
      const stale = changing((await load()).dunningCase);
      await commit(stale);
      const before = await load();
      const rest = { tasks: [{ task: aTask(), expectedVersion: null }], receipt: aReceipt() };
      const again = { ...stale, claims: [{ claim: aReservation(), replaces: null }] };
      await expect(ledger.commit({ cases: [again], ...rest })).rejects.toThrow(ConflictError);
      expect(await load()).toEqual(before);
      expect(await ledger.loadTask('call-1')).toBeNull();
      expect(await ledger.loadReceipt('BK-9001')).toBeNull();
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries).toHaveLength(2);
      expect(firstBrokenLink('INV-2026-0042', entries)).toBeNull();
    });

    it('opens a case once', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => commit(anOpening('INV-B'))));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(commit(anOpening('INV-B'))).rejects.toThrow(ConflictError);
    });

    it('refuses a history entry in a place that is taken', async () => {
      const entry = opening().entries[0]!;
      await expect(change({ entries: [entry] })).rejects.toThrow(ConflictError);
    });

    it('lets one of many claim a step', async () => {
      const write = changing((await load()).dunningCase);
      const claims = [{ claim: aReservation(), replaces: null }];
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => commit({ ...write, claims })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await load()).claims).toEqual([aReservation()]);
    });

    it('replaces a claim only in the state it was read in', async () => {
      await claim({ claim: aReservation(), replaces: null });
      const sent = aReservation({ state: 'sent', messageId: 'm-1' });
      const wrongState = claim({ claim: sent, replaces: { state: 'released', attempt: 1 } });
      await expect(wrongState).rejects.toThrow(ConflictError);
      const wrongAttempt = claim({ claim: sent, replaces: { state: 'reserved', attempt: 2 } });
      await expect(wrongAttempt).rejects.toThrow(ConflictError);
      expect(await claim({ claim: sent, replaces: { state: 'reserved', attempt: 1 } })).toBe('committed');
      expect((await load()).claims).toEqual([sent]);
    });

    it('puts no new claim over one that is there, whatever the version', async () => {
      await claim({ claim: aReservation(), replaces: null });
      await expect(claim({ claim: aReservation(), replaces: null })).rejects.toThrow(ConflictError);
    });

    it('tells the claims of two cycles of one step apart', async () => {
      await claim({ claim: aReservation(), replaces: null });
      await claim({ claim: aReservation({ cycle: 2 }), replaces: null });
      expect((await load()).claims.map(({ cycle }) => cycle).sort()).toEqual([1, 2]);
    });

    it('keeps a claim that serves the steps of other cases, and theirs that name it', async () => {
      await commit(anOpening('INV-B'));
      const step = { invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'A1' };
      const sibling = { invoiceId: 'INV-B', cycle: 1, stepId: 'A3' };
      const serving = aReservation({ serves: [sibling] });
      const served = aReservation({ ...sibling, servedBy: step });
      await commit(
        { ...changing((await load()).dunningCase), claims: [{ claim: serving, replaces: null }] },
        { ...changing((await load('INV-B')).dunningCase), claims: [{ claim: served, replaces: null }] },
      );
      expect((await load()).claims).toEqual([serving]);
      expect((await load('INV-B')).claims).toEqual([served]);
    });

    it('changes several cases at once or none of them', async () => {
      await commit(anOpening('INV-B'));
      const [one, other] = [(await load()).dunningCase, (await load('INV-B')).dunningCase];
      const stale = { ...changing(other), expectedVersion: 7 };
      await expect(commit(changing(one), stale)).rejects.toThrow(ConflictError);
      expect((await load()).dunningCase.version).toBe(1);
      expect(await commit(changing(one), changing(other))).toBe('committed');
      expect((await load()).dunningCase.version).toBe(2);
      expect((await load('INV-B')).dunningCase.version).toBe(2);
    });

    it('lets one of two claim the steps of two cases, whichever of them each comes from', async () => {
      await commit(anOpening('INV-B'));
      const [one, other] = [(await load()).dunningCase, (await load('INV-B')).dunningCase];
      const writes = [one, other].map((dunningCase) => ({
        ...changing(dunningCase),
        claims: [{ claim: aReservation({ invoiceId: dunningCase.invoice.invoiceId }), replaces: null }],
      }));
      const outcomes = await Promise.allSettled([commit(...writes), commit(...writes.toReversed())]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
      await commit(...writes).catch(() => undefined);
      expect((await load()).claims).toHaveLength(1);
      expect((await load('INV-B')).claims).toHaveLength(1);
    });

    it('takes as many cases in one change as a message may serve, beside a customer and tasks', async () => {
      const ids = Array.from({ length: CASES_PER_CHANGE_MAX }, (_, n) => `INV-${n}`);
      for (const invoiceId of ids) await commit(anOpening(invoiceId));
      const cases = await Promise.all(ids.map(async (invoiceId) => twoEntriesAndAClaim(await load(invoiceId))));
      const tasks = ['a', 'b', 'c'].map((taskId) => ({ task: aTask({ taskId }), expectedVersion: null }));
      const customer = { record: aRecord(), expectedVersion: null };
      expect(await ledger.commit({ cases, tasks, customer })).toBe('committed');
      expect((await load('INV-22')).claims).toHaveLength(1);
    });

    it('crashes over a change that one transaction does not hold, and over one that writes nothing or a row twice', async () => {
      const tooMany = Array.from({ length: 101 }, (_, n) => ({
        task: aTask({ taskId: `t-${n}` }),
        expectedVersion: null,
      }));
      const write = async (tasks: typeof tooMany) => ledger.commit({ cases: [], tasks });
      await expect(write(tooMany)).rejects.toThrow('invariant: a change of 101 actions');
      await expect(write([])).rejects.toThrow('invariant: a change of 0 actions');
      await expect(write([tooMany[0]!, tooMany[0]!])).rejects.toThrow('invariant: a change writes a row twice');
      expect(await write(tooMany.slice(0, 100))).toBe('committed');
    });

    it('answers duplicate to a known receipt or payment even when the case has moved on since', async () => {
      const stale = changing((await load()).dunningCase);
      await ledger.commit({ cases: [{ ...stale, payment: aPayment() }], receipt: aReceipt() });
      expect(await ledger.commit({ cases: [stale], receipt: aReceipt() })).toBe('duplicate');
      expect(await commit({ ...stale, payment: aPayment() })).toBe('duplicate');
      expect(await ledger.keepUnapplied(aReceipt())).toBe('duplicate');
      expect((await load()).dunningCase.version).toBe(2);
      expect(await ledger.loadReceipt('BK-9001')).toEqual(aReceipt());
    });

    it('takes a credit note of an invoice once, and gives it back, whatever else is in its change', async () => {
      const stale = changing((await load()).dunningCase);
      const note = aCreditNote({ amountMinor: 250, unappliedTransactionId: 'credit-note-1' });
      const rest = aReceipt({ transactionId: 'credit-note-1', amountMinor: 150, allocations: [], unappliedMinor: 150 });
      const unapplied = { ...rest, unappliedReason: 'credit-note', customerId: 'C-100' } as const;
      const write = { ...stale, creditNote: note };
      expect(await ledger.commit({ cases: [write], receipt: unapplied })).toBe('committed');
      expect(await ledger.loadCreditNote('INV-2026-0042', 'CN-1')).toEqual(note);
      expect(await ledger.loadReceipt('credit-note-1')).toEqual(unapplied);
      expect(await commit({ ...stale, creditNote: aCreditNote({ amountMinor: 7 }) })).toBe('duplicate');
      expect(await ledger.loadCreditNote('INV-2026-0042', 'CN-1')).toEqual(note);
      expect(await load()).toMatchObject({ dunningCase: { version: 2 }, claims: [] });
    });

    it('keeps credit notes of one id apart by invoice', async () => {
      await commit(anOpening('INV-B'));
      const write = async (invoiceId: string) =>
        commit({ ...changing((await load(invoiceId)).dunningCase), creditNote: aCreditNote({ invoiceId }) });
      expect(await write('INV-2026-0042')).toBe('committed');
      expect(await ledger.loadCreditNote('INV-B', 'CN-1')).toBeNull();
      expect(await write('INV-B')).toBe('committed');
    });

    it('keeps what a person put on a case and why, until it is taken off', async () => {
      const block = { reason: 'wait', since: '2026-02-02', until: null, actor: 'anne' };
      const remarks = [{ type: 'CaseBlocked', reason: 'wait', actor: 'anne', at: AT } as const];
      await change({}, { standing: 'blocked', block, remarks });
      expect((await load()).dunningCase).toMatchObject({ standing: 'blocked', block, remarks });
      const ended = { standing: 'handed-over', block: null, handedOverTo: 'Cabinet Durand' } as const;
      await change({}, ended);
      expect((await load()).dunningCase).toMatchObject({ ...ended, remarks });
    });

    it('gives back every payment of a case, and none of another', async () => {
      await commit(anOpening('INV-B'));
      const second = aPayment({ transactionId: 'BK-9002', valueOn: '2026-02-10' });
      await change({ payment: aPayment() });
      await change({ payment: second });
      await commit({ ...changing((await load('INV-B')).dunningCase), payment: aPayment({ invoiceId: 'INV-B' }) });
      const { payments } = await load();
      expect(payments.toSorted((one, other) => (one.transactionId < other.transactionId ? -1 : 1))).toEqual([
        aPayment(),
        second,
      ]);
      expect((await load('INV-B')).payments).toEqual([aPayment({ invoiceId: 'INV-B' })]);
    });

    it('keeps with a claim what a formal notice demanded', async () => {
      const line = { from: '2026-01-31', to: '2026-02-02', days: 3, baseMinor: 120_000, amountMinor: 120 };
      const lines = [{ ...line, annualRatePercent: '12.15' }];
      const demanding = aReservation({ charges: { interestMinor: 120, compensationMinor: 4_000, lines } });
      await claim({ claim: demanding, replaces: null });
      expect((await load()).claims).toEqual([demanding]);
    });

    it('files an invoice under its reference and its number', async () => {
      await commit({ ...anOpening('INV-B'), filing: { paymentReference: 'RF18', invoiceNumber: '20260042' } });
      await commit({ ...anOpening('INV-C'), filing: { paymentReference: null, invoiceNumber: '20260042' } });
      await commit({ ...anOpening('INV-D'), filing: { paymentReference: 'SAME1', invoiceNumber: 'SAME1' } });
      const filed = await ledger.findFiledInvoices(['20260042', 'NOTHING', 'RF18', 'SAME1']);
      const sorted = filed.map(({ byNumber, ...rest }) => ({ ...rest, byNumber: [...byNumber].sort() }));
      expect(sorted).toEqual([
        { key: '20260042', byReference: [], byNumber: ['INV-B', 'INV-C'] },
        { key: 'RF18', byReference: ['INV-B'], byNumber: [] },
        { key: 'SAME1', byReference: ['INV-D'], byNumber: ['INV-D'] },
      ]);
    });

    it('finds the customers filed under a key, each once, and no more of them than are asked for', async () => {
      const file = (key: string, ...ids: readonly string[]) =>
        ledger.commit({ cases: [], filings: ids.map((customerId) => ({ key, customerId })) });
      await file('ACCOUNT FR76', 'C-2', 'C-1');
      await file('ACCOUNT FR76', 'C-1', 'C-3');
      await file('NAME BOUL MART', 'C-9');
      expect(await ledger.findFiledCustomers('ACCOUNT FR76', 5)).toEqual(['C-1', 'C-2', 'C-3']);
      expect(await ledger.findFiledCustomers('ACCOUNT FR76', 2)).toEqual(['C-1', 'C-2']);
      expect(await ledger.findFiledCustomers('NAME BOUL MART', 5)).toEqual(['C-9']);
      expect(await ledger.findFiledCustomers('ACCOUNT FR7', 5)).toEqual([]);
    });

    it('files nobody by a change that is refused or was written before', async () => {
      const filings = [{ key: 'ACCOUNT FR76', customerId: 'C-1' }];
      const stale = { ...changing((await load()).dunningCase), expectedVersion: 7 };
      await expect(ledger.commit({ cases: [stale], filings })).rejects.toThrow(ConflictError);
      await ledger.keepUnapplied(aReceipt());
      expect(await ledger.commit({ cases: [], receipt: aReceipt(), filings })).toBe('duplicate');
      expect(await ledger.findFiledCustomers('ACCOUNT FR76', 5)).toEqual([]);
    });

    it('finds receipts of one source of bank data by what they tell, applied or not, and no others', async () => {
      const told: Partial<CashReceipt> = { allocations: [], unappliedMinor: 100, endToEndId: 'E2E-1', source: 'event' };
      const [byId, byWords] = ['100 EUR 2026-02-02 ID E2E1', '100 EUR 2026-02-02 WORDS FACTURE7'];
      await ledger.keepUnapplied(aReceipt({ ...told, transactionId: 'W-2' }));
      const receipt = aReceipt({ ...told, transactionId: 'W-1', remittance: 'Facture\n7' });
      expect(await ledger.commit({ cases: [changing((await load()).dunningCase)], receipt })).toBe('committed');
      await ledger.keepUnapplied(aReceipt({ ...told, transactionId: 'P-1', source: undefined }));
      await ledger.keepUnapplied(aReceipt({ ...told, transactionId: 'R-1', kind: 'return' }));
      expect(await ledger.findReceiptsLike(byId, 5)).toEqual(['W-1', 'W-2']);
      expect(await ledger.findReceiptsLike(byId, 1)).toEqual(['W-1']);
      expect(await ledger.findReceiptsLike(byWords, 5)).toEqual(['W-1']);
      expect(await ledger.loadReceipt('W-1')).toEqual(receipt);
    });

    it('moves the day through which the bank has told forward only', async () => {
      await ledger.keepBankDataOn('2026-02-02');
      await ledger.keepBankDataOn('2026-01-30');
      await ledger.keepBankDataOn('2026-02-02');
      expect(await ledger.loadBankDataOn()).toBe('2026-02-02');
      await ledger.keepBankDataOn('2026-02-03');
      expect(await ledger.loadBankDataOn()).toBe('2026-02-03');
    });

    it('gives back a task as it was last written, and writes it over the version that was read only', async () => {
      const write = (task: ReturnType<typeof aTask>, expectedVersion: number | null) =>
        ledger.commit({ cases: [], tasks: [{ task, expectedVersion }] });
      await write(aTask(), null);
      await expect(write(aTask(), null)).rejects.toThrow(ConflictError);
      const done = aTask({ state: 'done', version: 2, outcome: 'no-contact', closedAt: AT });
      await expect(write(done, 2)).rejects.toThrow(ConflictError);
      await write(done, 1);
      expect(await ledger.loadTask('call-1')).toEqual(done);
      await expect(write(aTask({ taskId: 'call-2', version: 2 }), 1)).rejects.toThrow(ConflictError);
    });

    it('gives back all it knows of a customer, and writes it over the version that was read only', async () => {
      const write = (record: ReturnType<typeof aRecord>, expectedVersion: number | null) =>
        ledger.commit({ cases: [], customer: { record, expectedVersion } });
      await write(aRecord(), null);
      expect(await ledger.loadCustomer('C-100')).toEqual(aRecord());
      await expect(write(aRecord(), null)).rejects.toThrow(ConflictError);
      const step = { invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'A1' };
      const known = aRecord({
        version: 2,
        customer: aCustomer({ name: 'Autre' }),
        firstInvoiceId: 'INV-2026-0042',
        contacts: [{ on: '2026-02-02', channel: 'email', step }],
        addressMarks: { 'compta@martin.example': 'bounced', '+33612345678': 'wrong' },
        closedInvoices: [aClosedInvoice],
        derivedProfile: { profile: 'negligent', reasons: ['12 days late'], on: '2026-02-02' },
      });
      await expect(write(known, 2)).rejects.toThrow(ConflictError);
      await write(known, 1);
      expect(await ledger.loadCustomer('C-100')).toEqual(known);
    });

    it('keeps every version of a policy, each written once', async () => {
      const versions = [1, 2, 10].map((version) => aPolicy({ version }));
      for (const version of versions) await ledger.savePolicy(version, AT);
      await ledger.savePolicy(aPolicy({ name: 'another' }), AT);
      await expect(ledger.savePolicy(versions[1]!, AT)).rejects.toThrow(ConflictError);
      expect(await ledger.loadPolicy('ours', 2)).toEqual(versions[1]);
      expect(await ledger.loadPolicy('ours', 3)).toBeNull();
      expect(await ledger.listPolicyVersions('ours')).toEqual(versions.toReversed());
      const newest = (await ledger.listPolicies()).map(({ name, version }) => [name, version]);
      expect(newest).toEqual([
        ['another', 1],
        ['ours', 10],
      ]);
    });

    it('gives entries in order beyond the tenth', async () => {
      for (let n = 1; n <= 11; n += 1) await change();
      const entries = await wholeHistory(ledger, 'INV-2026-0042');
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    });

    it('pages through a history and through unapplied cash without losing or repeating a line', async () => {
      for (const n of [1, 2, 3, 4, 5, 6, 7]) {
        await change();
        const unapplied = { transactionId: `XX-${n}`, allocations: [], unappliedMinor: 100 };
        await ledger.keepUnapplied(aReceipt(unapplied));
        await ledger.keepUnapplied(aReceipt({ transactionId: `BK-${n}` }));
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

    it('replaces a receipt only over what was left of it, and then lists what is left', async () => {
      const money = { allocations: [], customerId: 'C-100' };
      const before = aReceipt({ ...money, unappliedMinor: 100 });
      await ledger.keepUnapplied(before);
      await ledger.keepUnapplied(
        aReceipt({ ...money, transactionId: 'BK-0', bookedOn: '2026-02-01', unappliedMinor: 7 }),
      );
      await ledger.keepUnapplied(aReceipt({ transactionId: 'BK-X', allocations: [], unappliedMinor: 100 }));
      const left = async () => (await ledger.listUnappliedOf('C-100')).map(({ transactionId }) => transactionId);
      expect(await left()).toEqual(['BK-0', 'BK-9001']);
      const part = aReceipt({ ...money, unappliedMinor: 40 });
      const replace = async (receipt: CashReceipt, unappliedMinor: number) =>
        ledger.commit({
          cases: [changing((await load()).dunningCase)],
          replacedReceipt: { receipt, over: { unappliedMinor } },
        });
      await expect(replace(part, 99)).rejects.toThrow(ConflictError);
      expect((await load()).dunningCase.version).toBe(1);
      expect(await ledger.loadReceipt('BK-9001')).toEqual(before);
      expect(await replace(part, 100)).toBe('committed');
      await expect(replace(part, 100)).rejects.toThrow(ConflictError);
      expect(await ledger.loadReceipt('BK-9001')).toEqual(part);
      expect(await left()).toEqual(['BK-0', 'BK-9001']);
      await replace(aReceipt({ customerId: 'C-100' }), 40);
      expect(await left()).toEqual(['BK-0']);
      const unknown = { receipt: aReceipt({ transactionId: 'never' }), over: { unappliedMinor: 0 } };
      const write = changing((await load()).dunningCase);
      await expect(ledger.commit({ cases: [write], replacedReceipt: unknown })).rejects.toThrow(ConflictError);
    });

    it('refuses a cursor it never gave out', async () => {
      const page = { limit: 3, cursor: 'e30' };
      expect(await ledger.loadHistory('INV-2026-0042', page)).toBe('bad-cursor');
      expect(await ledger.listUnappliedCash(page)).toBe('bad-cursor');
    });
  });
}

function anOpening(invoiceId: string): CaseWrite {
  return opening({ invoice: { invoiceId } });
}

/** The largest write of a case that shares a message. */
function twoEntriesAndAClaim({ dunningCase }: CaseFile): CaseWrite {
  const { invoiceId } = dunningCase.invoice;
  const { historySeq: seq, historyHash: hash } = dunningCase;
  const draft = { type: 'NoticeReserved', actor: 'test', data: {} } as const;
  const entries = sealEntries(invoiceId, { seq, hash }, AT, [draft, draft]);
  return { ...changing(dunningCase), entries, claims: [{ claim: aReservation({ invoiceId }), replaces: null }] };
}

const aClosedInvoice = {
  ...{ invoiceId: 'INV-1', closedOn: '2026-01-20', dueOn: '2026-01-08', paidOn: '2026-01-20' },
  ...{ amountMinor: 100, currency: 'EUR', noticesAfterDue: 1, promisesKept: 0, promisesBroken: 1 },
  ...{ disputes: 0, disputesUnfounded: 0, isAutomaticPayment: false },
};
