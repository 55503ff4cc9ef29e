import { describe, expect, it } from 'vitest';
import {
  canBeSamePayer,
  receiptFingerprints,
  type ToldCash,
} from '../../../lib/domain/matching/receipt-fingerprint.ts';

const IBAN = 'FR7630006000011234567890189';

const told = (fields: Partial<ToldCash>): ToldCash => ({
  ...{ kind: 'credit', amountMinor: 12_000, currency: 'EUR', valueOn: '2026-11-02' },
  ...fields,
});

describe('the fingerprints of a credit', () => {
  const start = '12000 EUR 2026-11-02';

  it.each<[Partial<ToldCash>, string[]]>([
    [{ endToEndId: 'e2e-42', remittance: 'Facture n° 7' }, ['ID E2E42', 'WORDS FACTUREN7']],
    [{ endToEndId: 'NOTPROVIDED', remittance: 'FACTURE\n7' }, ['WORDS FACTURE7']],
    [{ debtorIban: IBAN }, [`WORDS ${IBAN}`]],
    [{}, []],
    [{ debtorName: 'MARTIN' }, []],
    [{ kind: 'return', endToEndId: 'e2e-42' }, []],
  ])('of %j are %j', (fields, marks) => {
    expect(receiptFingerprints(told(fields))).toEqual(marks.map((mark) => `${start} ${mark}`));
  });

  it('differ with the amount, the currency and the value date', () => {
    const marks = [{}, { amountMinor: 12_001 }, { currency: 'CHF' }, { valueOn: '2026-11-03' }].flatMap((fields) =>
      receiptFingerprints(told({ remittance: 'FACTURE 7', ...fields })),
    );
    expect(new Set(marks).size).toBe(4);
  });
});

describe('two credits with a fingerprint in common', () => {
  it.each<[string, Partial<ToldCash>, Partial<ToldCash>, boolean]>([
    ['of one account', { debtorIban: IBAN }, { debtorIban: IBAN, debtorName: 'X' }, true],
    ['of two accounts', { debtorIban: IBAN }, { debtorIban: 'DE89370400440532013000' }, false],
    ['of which one tells no account', { debtorIban: IBAN }, {}, true],
    ['of one name', { debtorName: 'Boulangerie Martin SARL' }, { debtorName: 'BOULANGERIE MARTIN' }, true],
    ['of two names', { debtorName: 'Boulangerie Martin' }, { debtorName: 'Garage Noël' }, false],
  ])('%s are told apart by who pays', (_, one, other, isSame) => {
    expect(canBeSamePayer(told(one), told(other))).toBe(isSame);
  });
});
