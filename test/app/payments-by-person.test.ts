import { beforeEach, describe, expect, it } from 'vitest';
import { ContractError } from '../../lib/domain/errors.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-Z';

describe('a payment that a person has seen', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-04T11:00:00Z');
  });

  const theCase = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;

  it('is allocated like the bank’s, in the name of who saw it', async () => {
    expect(await commands.pay(50_000)).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({ standing: 'open', paidMinor: 50_000 });
    expect((await desk.history()).find(({ type }) => type === 'PaymentApplied')).toMatchObject({
      actor: 'anne',
      data: { transactionId: 'CHQ-1', rule: 'by-person', method: 'cheque', amount: { amount: '500.00' } },
    });
    expect(await desk.ledger.loadReceipt('CHQ-1')).toMatchObject({
      ...{ kind: 'credit', amountMinor: 50_000, valueOn: '2026-02-04', unappliedMinor: 0 },
      allocations: [{ invoiceId: A, amountMinor: 50_000 }],
    });
  });

  it('of the whole settles the case, and tells how the debtor pays', async () => {
    await commands.pay(120_000, { receivedOn: '2026-02-02', method: 'direct-debit' });
    expect(await theCase()).toMatchObject({ standing: 'settled' });
    expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toMatchObject([
      { invoiceId: A, paidOn: '2026-02-02', isAutomaticPayment: true },
    ]);
  });

  it('has the debtor’s other cases planned again when it shows another payer in them', async () => {
    for (let index = 0; index < 6; index += 1) {
      await desk.registerSibling(`INV-L${index}`, { issuedOn: '2025-11-01', dueOn: '2025-12-05' });
      await commands.pay(120_000, { invoiceId: `INV-L${index}`, transactionId: `CHQ-L${index}` });
    }
    const told = (await desk.history(B)).filter(({ type }) => type === 'CustomerChanged');
    expect(told).toMatchObject([{ actor: 'relance', data: { changed: ['profile'] } }]);
  });

  it('above the balance leaves the rest as unapplied cash, like the bank’s', async () => {
    const answer = await commands.pay(150_000);
    expect(answer).toEqual({ invoiceId: A, wasThere: false, unapplied: { amountMinor: 30_000, currency: 'EUR' } });
    const rest = { unappliedMinor: 30_000, unappliedReason: 'over-payment', customerId: 'C-100' };
    expect(await desk.ledger.loadReceipt('CHQ-1')).toMatchObject(rest);
    expect(await commands.pay(150_000)).toEqual({ ...(answer as object), wasThere: true });
  });

  it('again has no effect, and neither has the bank’s own report of it', async () => {
    await commands.pay(50_000);
    expect(await commands.pay(50_000)).toEqual({ invoiceId: A, wasThere: true });
    expect(await desk.pay(50_000, 'CHQ-1')).toMatchObject({ outcome: 'duplicate' });
    expect(await theCase()).toMatchObject({ paidMinor: 50_000 });
  });

  it('under an id that came with other money is a conflict, for a person and for the bank', async () => {
    await commands.pay(50_000);
    expect(await commands.pay(50_001)).toHaveProperty('conflict');
    await expect(desk.pay(50_001, 'CHQ-1')).rejects.toThrow(ContractError);
    expect(await commands.pay(50_000, { invoiceId: B })).toHaveProperty('conflict');
    expect(await theCase(B)).toMatchObject({ paidMinor: 0 });
  });

  it('that the bank has reported already, without an invoice, is for the list of unapplied cash', async () => {
    const cash = { amountMinor: 50_000, transactionId: 'BK-7' };
    await desk.payPart(A, { ...cash, amountMinor: 120_000, transactionId: 'BK-6' });
    expect(await desk.payPart(A, cash)).toMatchObject({ outcome: 'unapplied' });
    expect(await commands.pay(50_000, { invoiceId: B, transactionId: 'BK-7' })).toMatchObject({
      conflict: expect.stringContaining('unapplied cash'),
    });
  });

  it('is refused with a date to come or in another currency', async () => {
    expect(await commands.pay(1, { receivedOn: '2026-02-05' })).toEqual({
      refused: { pointer: '/receivedOn', detail: 'must not be after today 2026-02-04, not "2026-02-05"' },
    });
    const amount = { amountMinor: 1, currency: 'USD' };
    expect(await commands.pay(1, { amount })).toMatchObject({ refused: { pointer: '/amount/currency' } });
    expect(await commands.pay(1, { invoiceId: 'nobody' })).toBe('unknown-case');
    expect(await desk.ledger.loadReceipt('CHQ-1')).toBeNull();
  });

  it('reported many times at once has one effect', async () => {
    await Promise.all(Array.from({ length: 4 }, () => commands.pay(70_000)));
    expect(await theCase()).toMatchObject({ paidMinor: 70_000 });
  });
});
