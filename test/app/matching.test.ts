import { beforeEach, describe, expect, it } from 'vitest';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { ReceivedCash } from '../../lib/app/pay-into.ts';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import { unappliedItemOf } from '../../lib/app/unapplied-item.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import { accountKey } from '../../lib/domain/matching/payer-keys.ts';
import { aCredit, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const IBAN = 'FR7630006000011234567890189';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

const MARTIN = { customerId: 'C-M', name: 'Boulangerie Martin SARL' };
const DURAND = { customerId: 'C-D', name: 'Garage Durand Nantes' };

/** Registers an invoice of a customer; its number is its id. */
const owe = (customer: Partial<Customer>, invoiceId: string, totalMinor: number) => {
  const own = { customerId: customer.customerId!, invoiceId, number: invoiceId, paymentReference: undefined };
  return desk.register({
    invoice: anInvoice({ ...own, totalMinor }),
    customer: aReachableCustomer(customer),
    at: desk.now,
  });
};

let transactions = 0;
const arrive = (amountMinor: number, told: Partial<ReceivedCash> = {}) => {
  transactions += 1;
  const transactionId = `BK-${transactions}`;
  return applyPayment(desk.planning, aCredit({ transactionId, amountMinor, remittance: undefined, ...told }));
};
const lastReceipt = async () => (await desk.ledger.loadReceipt(`BK-${transactions}`))!;
const suggestions = async () =>
  unappliedItemOf(await lastReceipt()).suggestions.map(({ rule, invoiceIds }) => `${rule} ${invoiceIds.join('+')}`);
const knowAccount = (...customerIds: readonly string[]) =>
  desk.ledger.commit({ cases: [], filings: customerIds.map((customerId) => ({ key: accountKey(IBAN), customerId })) });
const holders = () => desk.ledger.findFiledCustomers(accountKey(IBAN), 50);

describe('an account', () => {
  beforeEach(async () => {
    await owe(MARTIN, 'INV-M1', 50_000);
    await owe(MARTIN, 'INV-M2', 31_415);
  });

  it('is known once it has paid an invoice by its number, and pays the next by its amount', async () => {
    expect(await arrive(31_415, { debtorIban: IBAN })).toEqual({ outcome: 'unapplied', invoiceId: null });
    await arrive(50_000, { debtorIban: IBAN, remittance: 'INV-M1' });
    expect(await holders()).toEqual(['C-M']);
    expect(await arrive(31_415, { debtorIban: IBAN })).toEqual({
      ...{ outcome: 'applied', invoiceId: 'INV-M2', rule: 'debtor-account' },
      why: 'Boulangerie Martin SARL has paid from this account before, and the amount is what invoice INV-M2 owes.',
    });
    const { payments, dunningCase } = (await desk.ledger.loadCaseFile('INV-M2'))!;
    expect(payments).toMatchObject([{ rule: 'debtor-account', amountMinor: 31_415 }]);
    expect(dunningCase.standing).toBe('settled');
    const applied = (await desk.history('INV-M2')).find(({ type }) => type === 'PaymentApplied');
    expect(applied?.data).toMatchObject({ rule: 'debtor-account' });
    expect(JSON.stringify(applied?.data)).not.toContain('Martin');
  });

  it('is known once a person has placed what came from it', async () => {
    await arrive(7_777, { debtorIban: IBAN });
    const allocations = [{ invoiceId: 'INV-M1', amount: { amountMinor: 7_777, currency: 'EUR' } }];
    const transactionId = `BK-${transactions}`;
    await allocateCash(desk.planning, { transactionId, allocations, at: desk.now, actor: 'anne' });
    expect(await arrive(31_415, { debtorIban: IBAN })).toMatchObject({ rule: 'debtor-account' });
  });

  it('pays several invoices by their exact sum, in one transaction', async () => {
    await knowAccount('C-M');
    await owe(MARTIN, 'INV-M3', 12_001);
    expect(await arrive(43_416, { debtorIban: IBAN })).toMatchObject({
      ...{ outcome: 'applied', rule: 'open-invoices-sum', invoiceIds: ['INV-M2', 'INV-M3'] },
      why: expect.stringContaining('invoices INV-M2 and INV-M3 sum to the amount'),
    });
    expect((await desk.ledger.loadCaseFile('INV-M1'))?.dunningCase.paidMinor).toBe(0);
  });

  it('pays nothing by an amount that two invoices owe: both are suggested', async () => {
    await knowAccount('C-M');
    await owe(MARTIN, 'INV-M3', 31_415);
    expect(await arrive(31_415, { debtorIban: IBAN })).toMatchObject({ outcome: 'unapplied' });
    const [first, second, third] = await suggestions();
    expect([first, second].toSorted()).toEqual(['debtor-account INV-M2', 'debtor-account INV-M3']);
    expect(third).toBe('debtor-account INV-M1');
  });

  it('pays nothing by its amount when the words name another invoice', async () => {
    await knowAccount('C-M');
    expect(await arrive(31_415, { debtorIban: IBAN, remittance: 'INV-M1' })).toMatchObject({ outcome: 'unapplied' });
    expect((await lastReceipt()).unappliedReason).toBe('doubtful-match');
    expect(await suggestions()).toEqual(['invoice-number INV-M1', 'debtor-account INV-M2']);
  });

  it('of a group pays for each of its customers, unless two could be meant', async () => {
    await knowAccount('C-M', 'C-D');
    await owe(DURAND, 'INV-D1', 9_900);
    await owe(DURAND, 'INV-D2', 50_000);
    expect(await arrive(9_900, { debtorIban: IBAN })).toMatchObject({ invoiceId: 'INV-D1', rule: 'debtor-account' });
    expect(await arrive(50_000, { debtorIban: IBAN })).toMatchObject({ outcome: 'unapplied' });
    expect(await suggestions()).toEqual(expect.arrayContaining(['debtor-account INV-M1', 'debtor-account INV-D2']));
  });

  it('known for more customers than are looked at pays nothing by an amount', async () => {
    await knowAccount('C-M', ...Array.from({ length: 20 }, (_, n) => `C-${n}`));
    expect(await arrive(31_415, { debtorIban: IBAN })).toMatchObject({ outcome: 'unapplied' });
  });

  it('of a customer with more open invoices than are looked at pays nothing by an amount', async () => {
    await knowAccount('C-M');
    for (let n = 0; n < 99; n += 1) await owe(MARTIN, `INV-X${n}`, 1_000_000 + n);
    expect(await arrive(31_415, { debtorIban: IBAN })).toMatchObject({ outcome: 'unapplied' });
    expect(await suggestions()).toContain('debtor-account INV-M2');
  });

  it('pays nothing by an amount for a payer of another known name', async () => {
    await knowAccount('C-M');
    await owe(DURAND, 'INV-D1', 77_700);
    const told = { debtorIban: IBAN, debtorName: 'GARAGE DURAND NANTES' };
    expect(await arrive(31_415, told)).toMatchObject({ outcome: 'unapplied' });
    expect((await lastReceipt()).customerId).toBeUndefined();
  });

  it('that stays unknown because its payment was not written is not remembered', async () => {
    const ledger = new FlakyLedger();
    desk = new Desk(ledger);
    await owe(MARTIN, 'INV-M1', 50_000);
    ledger.crashAt({ write: 1, when: 'before' });
    await expect(arrive(50_000, { debtorIban: IBAN, remittance: 'INV-M1' })).rejects.toThrow('died');
    expect(await holders()).toEqual([]);
  });

  it('of one customer says whose money it is that no invoice took', async () => {
    await knowAccount('C-M');
    await arrive(4_242, { debtorIban: IBAN });
    expect(await lastReceipt()).toMatchObject({ unappliedReason: 'no-match', customerId: 'C-M' });
    expect(await desk.ledger.listUnappliedOf('C-M')).toHaveLength(1);
    await knowAccount('C-D');
    await arrive(4_243, { debtorIban: IBAN });
    expect((await lastReceipt()).customerId).toBeUndefined();
  });
});

describe('a name', () => {
  it('and the amount are a suggestion, the likeliest name first', async () => {
    await owe({ customerId: 'C-N', name: 'Garage Durand Nancy' }, 'INV-N1', 9_900);
    await owe(DURAND, 'INV-D1', 9_900);
    await owe({ customerId: 'C-X', name: 'Plomberie Lefèvre' }, 'INV-X1', 9_900);
    expect(await arrive(9_900, { debtorName: 'GARAGE DURAND NANTES' })).toMatchObject({ outcome: 'unapplied' });
    expect(await suggestions()).toEqual(['name-and-amount INV-D1', 'name-and-amount INV-N1']);
    const [best] = unappliedItemOf(await lastReceipt()).suggestions;
    expect(best?.why).toBe(
      'The payer\'s name "GARAGE DURAND NANTES" is 100 % like Garage Durand Nantes, and invoice INV-D1 is of that amount.',
    );
  });

  it('that a customer takes later is found', async () => {
    await owe({ customerId: 'C-N', name: 'Ancien Nom' }, 'INV-N1', 9_900);
    const customer = aReachableCustomer({ customerId: 'C-N', name: 'Menuiserie Rousseau' });
    await replaceCustomer(desk.planning, { customer, at: desk.now });
    await arrive(9_900, { debtorName: 'Menuiserie Rousseau SAS' });
    expect(await suggestions()).toEqual(['name-and-amount INV-N1']);
    await arrive(9_900, { debtorName: 'Ancien Nom' });
    expect(await suggestions()).toEqual([]);
  });

  it('that comes with an invoice of a known customer is found', async () => {
    await owe({ customerId: 'C-N', name: 'Ancien Nom' }, 'INV-N1', 9_900);
    await owe({ customerId: 'C-N', name: 'Menuiserie Rousseau' }, 'INV-N2', 8_800);
    await arrive(9_900, { debtorName: 'Menuiserie Rousseau SAS' });
    expect(await suggestions()).toEqual(['name-and-amount INV-N1']);
  });

  it('of more customers than are looked at lets no account match by an amount', async () => {
    await owe(MARTIN, 'INV-M1', 50_000);
    await knowAccount('C-M');
    for (let n = 0; n < 21; n += 1) await owe({ customerId: `C-J${n}`, name: 'Jean Petit' }, `INV-J${n}`, 1_000 + n);
    const told = { debtorIban: IBAN, debtorName: 'M. Jean Petit' };
    expect(await arrive(50_000, told)).toMatchObject({ outcome: 'unapplied' });
    expect(await suggestions()).toContain('debtor-account INV-M1');
  });
});

it('words that name invoices of two customers are suggested, even where the sum is exact', async () => {
  await owe(MARTIN, 'INV-M1', 50_000);
  await owe(DURAND, 'INV-D1', 9_900);
  expect(await arrive(59_900, { remittance: 'INV-M1 INV-D1' })).toMatchObject({ outcome: 'unapplied' });
  expect(await suggestions()).toEqual(['invoice-number INV-D1+INV-M1']);
});
