import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseMatch, filingKeys, lookupKeys } from '../../lib/domain/matching.ts';

describe('the keys of an invoice', () => {
  it.each([
    // number          reference              filed under
    ['2026-0042', 'RF18 5390 0754 7034', ['RF18539007547034', '20260042']],
    ['fa/2026/7', undefined, [null, 'FA20267']],
    ['42', undefined, [null, '42']],
    ['7', undefined, [null, null]], // could be any figure
    ['FACTURE', undefined, [null, null]], // could be any word
    ['INV-PAID', undefined, [null, 'INVPAID']],
  ])('files number %s with reference %s under %j', (number, paymentReference, keys) => {
    const filed = filingKeys({ number, paymentReference });
    expect([filed.paymentReference, filed.invoiceNumber]).toEqual(keys);
  });
});

describe('what a payer wrote', () => {
  it.each([
    ['FACTURE 2026-0042', '20260042'],
    ['Facture n°2026 0042 merci', '20260042'],
    ['/INV/2026-0042/EUR', '20260042'],
    ['INV-2026-0042', '20260042'],
    ['Facture n° 42.017', '42017'],
    ['FACTURE 0042', '0042'],
    ['FACTURE 42', '42'],
    ['PAIEMENT P-2 MERCI', 'P2'],
    ['RÈGLEMENT FACTURÉ-2026-0042', '20260042'],
    ['RF18 5390 0754 7034', 'RF18539007547034'],
    ['rf18-5390-0754-7034.', 'RF18539007547034'],
    ['VIR RF47 1450 8655 4228 64 BOULANGERIE', 'RF4714508655422864'],
    ['RF14 X2HU 4TC2 8XTY LHAS YWT9 1', 'RF14X2HU4TC28XTYLHASYWT91'],
    ['inv-paid', 'INVPAID'],
  ])('finds in "%s" the key %s', (text, key) => {
    expect(lookupKeys([text])).toContain(key);
  });

  it('finds nothing in plain words and small figures', () => {
    expect(lookupKeys(['MERCI', '12', undefined])).toEqual([]);
  });

  it.each([
    ['FACTURE 2026-0042', '0042'], // half of another number
    ['FACTURE 2026-0042', '2026'],
    ['LOYER JANVIER 2026', '2026'], // a year
    ['FACTURE 2026 0042', '2026'],
    ['COMMANDE 1234 LIVREE', '1234'], // not said to be an invoice
    ['LOT 42', '42'],
    ['BATIMENT A 1', 'A1'],
  ])('does not take "%s" for invoice %s', (text, key) => {
    expect(lookupKeys([text])).not.toContain(key);
  });

  it('looks up at most 100 keys, those with a digit first', () => {
    const words = Array.from(
      { length: 80 },
      (_, index) => `WORD${'ABCDEFGHIJ'[index % 10]}${'KLMNOPQR'[Math.floor(index / 10)]}`,
    );
    const keys = lookupKeys([`${words.join(' ')} 2026-0042`]);
    expect(keys).toHaveLength(100);
    expect(keys).toContain('20260042');
  });

  it('finds any number it would file, wherever it stands in the text and however it is set', () => {
    const part = fc.stringMatching(/^[A-Z0-9]{2,6}$/);
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('-', ' ', '/', '. '),
        (parts, separator) => {
          const { invoiceNumber } = filingKeys({ number: parts.join('-') });
          // Shorter ones, and short ones of digits alone, count only where the payer says that it is an invoice.
          fc.pre(invoiceNumber !== null && invoiceNumber.length >= 4 && !/^\d{1,5}$/.test(invoiceNumber));
          expect(lookupKeys([`PAIEMENT DE ${parts.join(separator)} MERCI`])).toContain(invoiceNumber);
        },
      ),
    );
  });
});

describe('the choice among what was found', () => {
  it('trusts a reference more than a number', () => {
    const found = [
      { key: 'AAAA1', byReference: [], byNumber: ['A', 'B'] },
      { key: 'RF18', byReference: ['C'], byNumber: [] },
    ];
    expect(chooseMatch(found)).toEqual({ rule: 'payment-reference', invoiceIds: ['C'] });
  });

  it('names every invoice found under the same rule, once', () => {
    const found = [
      { key: 'AAAA1', byReference: [], byNumber: ['A'] },
      { key: 'BBBB2', byReference: [], byNumber: ['A', 'B'] },
    ];
    expect(chooseMatch(found)).toEqual({ rule: 'invoice-number', invoiceIds: ['A', 'B'] });
  });

  it('does not count a number that is only a part of a longer one that was found', () => {
    const found = [
      { key: '20260042', byReference: [], byNumber: ['A'] },
      { key: '260042', byReference: [], byNumber: ['B'] },
    ];
    expect(chooseMatch(found)).toEqual({ rule: 'invoice-number', invoiceIds: ['A'] });
  });

  it('finds nothing in nothing', () => {
    expect(chooseMatch([{ key: 'AAAA1', byReference: [], byNumber: [] }])).toBeNull();
  });
});
