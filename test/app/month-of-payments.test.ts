import { describe, expect, it } from 'vitest';
import { type BankMonth, generateMonth } from '../../bin/bench/bank-month.ts';
import type { TruePayment } from '../../bin/bench/month-payments.ts';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { accountKey } from '../../lib/domain/matching/payer-keys.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import { aCredit, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const MONTHS = [4, 5, 6].map((seed) => ({ payments: 250, invoices: 500, debtors: 90, seed }));

/** Registers what is open at the beginning of a month, with the accounts that were paid from before. */
async function openMonth({ invoices, accounts }: BankMonth): Promise<Desk> {
  const desk = new Desk();
  const names = new Map(invoices.map(({ customerId, customerName }) => [customerId, customerName]));
  for (const { outstandingMinor: totalMinor, customerName: _, ...open } of invoices) {
    const invoice = anInvoice({ paymentReference: undefined, ...open, totalMinor, issuedOn: '2026-08-20' });
    const { customerId } = open;
    await desk.register({ invoice, customer: aReachableCustomer({ customerId, name: names.get(customerId)! }) });
  }
  const filings = [...accounts].flatMap(([iban, ids]) =>
    ids.map((customerId) => ({ key: accountKey(iban), customerId })),
  );
  for (const filing of filings) await desk.ledger.commit({ cases: [], filings: [filing] });
  return desk;
}

/** Books a payment as the bank tells it, and gives what was left of it to the invoices it was for, as a person would. */
async function receive(desk: Desk, { payment, truth }: TruePayment, transactionId: string): Promise<CashReceipt> {
  const { structuredReference, remittance, ...told } = payment;
  const words = [remittance, structuredReference].filter(Boolean).join('\n');
  const cash = { remittance: words || undefined, bookedOn: payment.valueOn!, valueOn: payment.valueOn! };
  const receivedAt = '2026-11-17T08:00:00Z';
  await applyPayment(desk.planning, { ...aCredit({ transactionId, receivedAt }), ...told, ...cash });
  const receipt = (await desk.ledger.loadReceipt(transactionId))!;
  await placeRest(desk, receipt, truth);
  return receipt;
}

async function placeRest(desk: Desk, receipt: CashReceipt, truth: TruePayment['truth']): Promise<void> {
  const { transactionId, currency } = receipt;
  for (const { invoiceId, amountMinor: meantMinor } of truth) {
    if (receipt.allocations.some((taken) => taken.invoiceId === invoiceId)) continue;
    const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
    const amountMinor = Math.min(meantMinor, outstandingMinor(dunningCase));
    const allocations = [{ invoiceId, amount: { amountMinor, currency } }];
    const placed = await allocateCash(desk.planning, {
      transactionId,
      allocations,
      at: '2026-11-17T09:00:00Z',
      actor: 'anne',
    });
    expect(placed).toHaveProperty('receipt');
  }
}

describe.each(MONTHS)('a month of noisy payments through the books, seed $seed', (size) => {
  it('books none of them on an invoice it is not for, and most of them', { timeout: 120_000 }, async () => {
    const month = generateMonth(size);
    const desk = await openMonth(month);
    const wrong: unknown[] = [];
    const rules = new Map<string, number>();
    let matched = 0;
    for (const [index, one] of month.payments.entries()) {
      const receipt = await receive(desk, one, `BK-${index}`);
      const isRight = receipt.allocations.every(({ invoiceId, amountMinor }) =>
        one.truth.some((part) => part.invoiceId === invoiceId && part.amountMinor === amountMinor),
      );
      if (!isRight) wrong.push({ ...one, receipt });
      if (isRight && receipt.allocations.length > 0) matched += 1;
      const [first] = receipt.allocations;
      const payments = first ? (await desk.ledger.loadCaseFile(first.invoiceId))!.payments : [];
      const rule = payments.find(({ transactionId }) => transactionId === receipt.transactionId)?.rule ?? 'unapplied';
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
    expect(wrong).toEqual([]);
    expect(matched / size.payments).toBeGreaterThan(0.8);
    for (const rule of ['payment-reference', 'invoice-number', 'debtor-account', 'open-invoices-sum', 'unapplied']) {
      expect([rule, rules.get(rule) ?? 0]).not.toEqual([rule, 0]);
    }
  });
});
