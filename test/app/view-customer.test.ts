import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { viewCustomer } from '../../lib/app/view-customer.ts';
import { viewStatement } from '../../lib/app/view-statement.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const AT = '2026-02-04T11:00:00Z';

describe('a customer as finance sees them', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(AT);
  });

  it('is who they are, how they pay, and which kinds of their addresses do not work', async () => {
    const record = (await desk.ledger.loadCustomer('C-100'))!;
    const postal = '3 rue des Lices\n35000 Rennes';
    const phones = { '+33612345678': 'wrong' } as const;
    const addressMarks = { 'compta@martin.example': 'bounced', ...phones, [postal]: 'wrong' } as const;
    const version = record.version + 1;
    await desk.ledger.commit({
      cases: [],
      customer: { record: { ...record, addressMarks, version }, expectedVersion: record.version },
    });
    await desk.payInvoice(A);
    const facts = await viewCustomer(desk.ledger, 'C-100');
    expect(facts).toMatchObject({
      customer: { customerId: 'C-100' },
      insolventSince: null,
      marks: [
        { channel: 'email', mark: 'bounced' },
        { channel: 'phone', mark: 'wrong' },
        { channel: 'letter', mark: 'wrong' },
      ],
      payer: { closedInvoices: 1, averageDaysLate: 5 },
    });
    expect(await viewCustomer(desk.ledger, 'nobody')).toBeNull();
  });

  it('owes what is outstanding today, by currency, earliest due date first, beside the money no invoice took', async () => {
    await desk.registerSibling('INV-LATE', { dueOn: '2026-01-15' });
    await desk.registerSibling('INV-USD', { currency: 'USD', dueOn: '2026-03-15' });
    await desk.registerSibling('INV-PAID');
    await desk.payInvoice('INV-PAID');
    await desk.payPart(A, { amountMinor: 20_000, transactionId: 'BK-1' });
    await new CaseCommands(desk).pay(1_000_000, { transactionId: 'CHQ-9', invoiceId: 'INV-LATE' });
    await applyPayment(desk.planning, aCredit({ transactionId: 'BK-X', remittance: 'of somebody' }));
    const statement = (await viewStatement(desk.planning, 'C-100', AT))!;
    expect(statement).toMatchObject({
      ...{ customerId: 'C-100', on: '2026-02-04' },
      currencies: [
        { currency: 'EUR', items: [{ invoiceId: A, outstandingMinor: 100_000, daysLate: 5 }], totalMinor: 100_000 },
        { currency: 'USD', items: [{ invoiceId: 'INV-USD', daysLate: 0 }], totalMinor: 120_000 },
      ],
      unapplied: [{ transactionId: 'CHQ-9', amountMinor: 880_000, currency: 'EUR' }],
    });
    expect(await viewStatement(desk.planning, 'nobody', AT)).toBeNull();
  });

  it('is not told that they paid what was taken back, though nobody knows yet of which payment', async () => {
    const back = aCredit({ kind: 'return', transactionId: 'S-1', source: 'statement', amountMinor: 777 });
    await applyPayment(desk.planning, { ...back, remittance: 'RETOUR FACTURE 2026-0042' });
    expect(await desk.ledger.loadReceipt('S-1')).toMatchObject({ unappliedMinor: 777, customerId: 'C-100' });
    expect(await viewStatement(desk.planning, 'C-100', AT)).toMatchObject({ unapplied: [] });
  });
});
