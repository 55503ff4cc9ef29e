import { beforeEach, describe, expect, it } from 'vitest';
import { importStatement } from '../../lib/app/import-statement.ts';
import type { StatementImport } from '../../lib/contracts/statements/statement-import-view.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';
import { allPages } from '../support/pages.ts';

const A = 'INV-2026-0042';

const MAPPING = {
  ...{ delimiter: ';', decimalSeparator: ',', dateFormat: 'YYYY-MM-DD', hasHeader: true, currency: 'EUR' },
  account: 'FR7630006000011234567890189',
  columns: { bookedOn: 'Date', amount: 'Montant', remittance: ['Libellé'] },
  returnWords: ['impaye'],
} as const;

/** A statement with these bookings: date, amount, words. */
const csv = (...rows: readonly string[]) => ({
  format: 'csv' as const,
  bytes: new TextEncoder().encode(['Date;Montant;Libellé', ...rows, ''].join('\n')),
  csvMapping: {
    ...MAPPING,
    columns: { ...MAPPING.columns, remittance: ['Libellé'] },
    returnWords: ['impaye'],
  } as never,
});

describe('a statement of the bank', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B');
  });

  const upload = async (...rows: readonly string[]) =>
    (await importStatement(desk.planning, { file: csv(...rows), at: desk.now })) as StatementImport;
  const theCase = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const unapplied = () =>
    allPages(
      (page) => desk.ledger.listUnappliedCash(page),
      ({ receipts }) => receipts,
    );

  it('is booked entry by entry, as the webhook books, and says by which rule each found its invoice', async () => {
    const { entries, ignored } = await upload(
      '2026-01-05;200,00;FACTURE INV-B',
      '2026-01-05;80,00;sans rien',
      '2026-01-05;-12,00;frais',
    );
    const why = 'The payment names invoice INV-B by number ("INV-B") and pays a part of what is owed.';
    const transactionId = expect.any(String);
    expect(entries).toEqual([
      { transactionId, result: 'matched', rule: 'invoice-number', why, invoiceIds: ['INV-B'] },
      { transactionId, result: 'unapplied', rule: null, why: null, invoiceIds: [] },
    ]);
    expect(ignored).toMatchObject({ debits: 1 });
    expect(await theCase('INV-B')).toMatchObject({ paidMinor: 20_000 });
    expect(await unapplied()).toMatchObject([{ amountMinor: 8_000, remittance: 'sans rien' }]);
  });

  it('uploaded twice changes nothing', async () => {
    const rows = ['2026-01-05;200,00;INV-B', '2026-01-05;200,00;INV-B', '2026-01-05;80,00;sans rien'];
    const first = await upload(...rows);
    expect(first.entries.map(({ result }) => result)).toEqual(['matched', 'matched', 'unapplied']);
    const before = await theCase('INV-B');
    const again = await upload(...rows);
    expect(again.entries.map(({ result }) => result)).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await theCase('INV-B')).toEqual(before);
    expect(before).toMatchObject({ paidMinor: 40_000 });
  });

  it('that is broken in the middle takes nothing, and says where', async () => {
    const answer = await importStatement(desk.planning, {
      file: csv('2026-01-05;200,00;INV-B', '2026-01-05;20x;INV-B', '2026-01-05;10,00;INV-B'),
      at: desk.now,
    });
    expect(answer).toMatchObject({ fault: { line: 3 } });
    expect(await theCase('INV-B')).toMatchObject({ paidMinor: 0, version: 1 });
    expect(await unapplied()).toEqual([]);
  });

  it('tells the ledger through which day the bank has told, once all of it is booked and never backwards', async () => {
    await upload('2026-01-02;200,00;INV-B');
    expect(await desk.ledger.loadBankDataOn()).toBe('2026-01-02');
    await upload('2025-12-30;80,00;sans rien');
    expect(await desk.ledger.loadBankDataOn()).toBe('2026-01-02');
    await importStatement(desk.planning, { file: csv('2026-01-05;20x;INV-B'), at: desk.now });
    expect(await desk.ledger.loadBankDataOn()).toBe('2026-01-02');
  });

  it('dated in the future is news of today', async () => {
    await upload('2099-01-02;200,00;INV-B');
    expect(await desk.ledger.loadBankDataOn()).toBe('2026-01-05');
  });

  it('that was interrupted is finished by the same file again', async () => {
    const ledger = new FlakyLedger();
    desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B');
    const rows = Array.from({ length: 20 }, (_, n) => `2026-01-05;10,0${n % 10};INV-B n° ${n}`);
    ledger.crashAt({ write: 11, when: 'before' });
    await expect(upload(...rows)).rejects.toThrow('the function died');
    expect(await ledger.loadBankDataOn()).toBeNull();
    ledger.crashAt(null);
    await upload(...rows);
    expect(await ledger.loadBankDataOn()).toBe('2026-01-05');
    const paid = Array.from({ length: 20 }, (_, n) => 1_000 + (n % 10)).reduce((sum, minor) => sum + minor, 0);
    expect(await theCase('INV-B')).toMatchObject({ paidMinor: paid });
  });

  it('with many payments of one debtor at once books them all', async () => {
    const many = Array.from({ length: 30 }, (_, n) => `INV-M${n}`);
    for (const invoiceId of many) await desk.registerSibling(invoiceId);
    const { entries } = await upload(...many.map((invoiceId) => `2026-01-05;1200,00;${invoiceId}`));
    expect(new Set(entries.map(({ result }) => result))).toEqual(new Set(['matched']));
    for (const invoiceId of many) expect(await theCase(invoiceId)).toMatchObject({ standing: 'settled' });
    expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toHaveLength(30);
  });

  it('that takes a payment back has the invoice owed again and asks a person, whether it is in the same file or came before', async () => {
    await upload('2026-01-05;200,00;INV-B');
    const { entries } = await upload('2026-01-07;-200,00;IMPAYE INV-B', '2026-01-07;-55,00;IMPAYE inconnu');
    expect(entries).toMatchObject([{ result: 'matched', invoiceIds: ['INV-B'] }, { result: 'unapplied' }]);
    expect(await desk.taskOf('attention')).toMatchObject({
      title: 'A payment of invoice INV-B was taken back: call',
      invoiceIds: ['INV-B'],
    });
    expect(await unapplied()).toMatchObject([{ kind: 'return', amountMinor: 5_500 }]);
  });
});
