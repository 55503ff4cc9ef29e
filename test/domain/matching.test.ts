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
    ['FACTURE 2026-1102', '20261102'],
    ['VIREMENT 2026-1102', '20261102'],
    ['Rechnungsnr. 42', '42'],
    ['FACTURES 42', '42'],
    ['Facture No 42', '42'],
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
    ['VIREMENT DU 2026-11-02 LOYER', '20261102'], // a day
    ['VIREMENT DU 02/11/2026', '02112026'],
    ['UEBERWEISUNG VOM 02.11.2026', '02112026'],
    ['20261102', '20261102'],
    ['PO-2026-0042', '20260042'], // another document's number
    ['CONTRAT-1234', '1234'],
    ['COVID-19', '19'],
    ['CLIENT N° 1042 LOYER', '1042'],
    ['COMMANDE NO 1042', '1042'],
    ['N° 42 RUE DE LA PAIX', '42'],
    ['MONTANT 1.234,56 EUR', '123456'], // an amount
    ['SOLDE 1234.56 EUR', '123456'],
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
          // Short ones, and figures alone, count only where they cannot be a day or a quantity.
          fc.pre(invoiceNumber !== null && invoiceNumber.length >= 4 && /[A-Z]/.test(invoiceNumber));
          expect(lookupKeys([`PAIEMENT DE ${parts.join(separator)} MERCI`])).toContain(invoiceNumber);
        },
      ),
    );
  });
});

describe('the choice among what was found', () => {
  const filed = (key: string, byNumber: string[], byReference: string[] = []) => ({ key, byNumber, byReference });

  it('is one invoice, however often it is named', () => {
    expect(chooseMatch([filed('20260042', ['A']), filed('RF18', [], ['A'])])).toMatchObject({
      rule: 'payment-reference',
      invoiceIds: ['A'],
    });
  });

  it('leaves it to a person when reference and number name different invoices', () => {
    const match = chooseMatch([filed('20260043', ['B']), filed('RF18', [], ['A'])]);
    expect(match).toEqual({ rule: 'payment-reference', invoiceIds: ['A', 'B'], isOneKey: false });
  });

  it('names both when one number is a part of the other', () => {
    expect(chooseMatch([filed('INV100', ['A']), filed('INV1001', ['B'])])?.invoiceIds).toEqual(['A', 'B']);
  });

  it('knows when several were found under the same words', () => {
    expect(chooseMatch([filed('20260042', ['A', 'B'])])).toMatchObject({ invoiceIds: ['A', 'B'], isOneKey: true });
  });

  it('finds nothing in nothing', () => {
    expect(chooseMatch([{ key: 'AAAA1', byReference: [], byNumber: [] }])).toBeNull();
  });
});
