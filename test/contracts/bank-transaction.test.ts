import { describe, expect, it } from 'vitest';
import { detailTypeOf, parseBankTransaction } from '../../lib/contracts/bank-transaction.ts';
import { type Json, transactionBody } from './wire-bodies.ts';

describe('a bank transaction', () => {
  it('is read in minor units', () => {
    const { amount: _, ...fields } = transactionBody();
    expect(parseBankTransaction(transactionBody())).toEqual({
      ok: true,
      transaction: { ...fields, amountMinor: 120_000, currency: 'EUR' },
    });
  });

  it('keeps the IBAN without spaces', () => {
    const parsed = parseBankTransaction(transactionBody({ debtor: { iban: 'fr76 3000 6000 0112 3456 7890 189' } }));
    expect(parsed.ok && parsed.transaction.debtor).toEqual({ iban: 'FR7630006000011234567890189' });
  });

  it('may say nothing of the debtor, and pass on a remittance of several lines', () => {
    const body = transactionBody({ debtor: undefined, endToEndId: undefined, remittance: 'FACTURE\n2026-0042' });
    expect(parseBankTransaction(body)).toMatchObject({ ok: true, transaction: { remittance: 'FACTURE\n2026-0042' } });
  });

  it('of kind return names the transaction it takes back', () => {
    const body = transactionBody({ kind: 'return', transactionId: 'BK-9002', returnsTransactionId: 'BK-9001' });
    const parsed = parseBankTransaction(body);
    expect(parsed).toMatchObject({ ok: true, transaction: { returnsTransactionId: 'BK-9001' } });
    expect(parsed.ok && detailTypeOf(parsed.transaction)).toBe('PaymentReturned');
  });

  it.each<[string, Json, string[]]>([
    ['a return of nothing', { kind: 'return' }, ['/returnsTransactionId']],
    ['a credit that returns', { returnsTransactionId: 'BK-1' }, ['/returnsTransactionId']],
    ['a return of itself', { kind: 'return', returnsTransactionId: 'BK-9001' }, ['/returnsTransactionId']],
    ['an unknown kind', { kind: 'debit' }, ['/kind']],
    ['an amount of zero', { amount: { amount: '0.00', currency: 'EUR' } }, ['/amount/amount']],
    ['an amount in a float', { amount: { amount: 12.5, currency: 'EUR' } }, ['/amount/amount']],
    ['a wrong IBAN', { debtor: { iban: 'FR7630006000011234567890188' } }, ['/debtor/iban']],
    ['no dates', { bookedOn: undefined, valueOn: undefined }, ['/bookedOn', '/valueOn']],
    ['a control character', { remittance: 'A\u0000B' }, ['/remittance']],
    ['half a surrogate pair', { remittance: '\ud83d' }, ['/remittance']],
    ['an end-to-end id of 36 characters', { endToEndId: 'E'.repeat(36) }, ['/endToEndId']],
    ['unknown fields', { fee: '1.00', debtor: { bic: 'X' } }, ['/debtor/bic', '/fee']],
  ])('is refused for %s', (_, changes, pointers) => {
    const parsed = parseBankTransaction(transactionBody(changes));
    expect(!parsed.ok && parsed.errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
  });
});
