import { beforeEach, describe, expect, it } from 'vitest';
import { importStatement } from '../../lib/app/import-statement.ts';
import { CsvMappingSchema } from '../../lib/contracts/statements/csv/csv-mapping.ts';
import type { StatementImport } from '../../lib/contracts/statements/statement-import-view.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { allPages } from '../support/pages.ts';

const MAPPING = CsvMappingSchema.parse({
  ...{ delimiter: ';', decimalSeparator: ',', dateFormat: 'YYYY-MM-DD', hasHeader: true, currency: 'EUR' },
  account: 'FR7630006000011234567890189',
  columns: { bookedOn: 'Date', amount: 'Montant', remittance: ['Libellé'] },
});

const SENT_TWICE = Array.from({ length: 40 }, (_, n) => `INV-M${n}`);

describe('a statement that takes longer than anybody waits for its answer', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of SENT_TWICE) await desk.registerSibling(invoiceId);
  });

  const upload = async () => {
    const rows = SENT_TWICE.map(
      (invoiceId, n) => `2026-01-05;${n % 4 === 0 ? '1300' : '1200'},00;FACTURE ${invoiceId}`,
    );
    const bytes = new TextEncoder().encode(['Date;Montant;Libellé', ...rows, '2026-01-05;80,00;MERCI', ''].join('\n'));
    const file = { format: 'csv', bytes, csvMapping: MAPPING } as const;
    return (await importStatement(desk.planning, { file, at: desk.now })) as StatementImport;
  };

  it('may be sent again while it is still being booked: every entry has one effect', async () => {
    const both = await Promise.allSettled([upload(), upload()]);
    // Where the two meet too often one of them is to be sent once more (503); neither loses or doubles anything.
    const last = await upload();
    expect(new Set(last.entries.map(({ result }) => result))).toEqual(new Set(['duplicate']));
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const invoiceId of SENT_TWICE) {
      expect((await desk.ledger.loadCaseFile(invoiceId))?.dunningCase).toMatchObject({
        standing: 'settled',
        paidMinor: 120_000,
      });
    }
    const left = await allPages(
      (page) => desk.ledger.listUnappliedCash(page),
      ({ receipts }) => receipts,
    );
    expect(left.map(({ unappliedMinor }) => unappliedMinor).toSorted()).toEqual([...Array(10).fill(10_000), 8_000]);
    expect(await desk.ledger.loadBankDataOn()).toBe('2026-01-05');
  });
});
