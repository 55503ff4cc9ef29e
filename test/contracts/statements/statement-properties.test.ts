import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takenOf } from './statement-files.ts';

interface Told {
  readonly reference: string;
  readonly cents: readonly number[];
  readonly isReturn: boolean;
}

const told: fc.Arbitrary<Told> = fc.record({
  reference: fc.stringMatching(/^[1-9][0-9A-Z]{9}$/),
  cents: fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 5 }),
  isReturn: fc.boolean(),
});

const distinct = fc.uniqueArray(told, { selector: ({ reference }) => reference, maxLength: 12 });

function decimal(cents: number): string {
  return (cents / 100).toFixed(2);
}

function entryXml({ reference, cents, isReturn }: Told): string {
  const details = cents.map((amount) => `<TxDtls><Amt Ccy="EUR">${decimal(amount)}</Amt></TxDtls>`).join('');
  return (
    `<Ntry><Amt Ccy="EUR">${decimal(sumOf(cents))}</Amt><CdtDbtInd>${isReturn ? 'DBIT' : 'CRDT'}</CdtDbtInd>` +
    `<RvslInd>${isReturn}</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt>` +
    `<AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls>${details}</NtryDtls></Ntry>`
  );
}

function balanceXml(code: string, cents: number): string {
  const direction = cents < 0 ? 'DBIT' : 'CRDT';
  const kind = `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(Math.abs(cents))}</Amt>`;
  return `<Bal>${kind}<CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>`;
}

function statementXml(entries: readonly Told[], openingCents = 0): string {
  const moved = sumOf(entries.map(({ cents, isReturn }) => (isReturn ? -sumOf(cents) : sumOf(cents))));
  return (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>' +
    '<Acct><Id><IBAN>BE72000000001616</IBAN></Id></Acct>' +
    `${balanceXml('OPBD', openingCents)}${balanceXml('CLBD', openingCents + moved)}` +
    `${entries.map(entryXml).join('')}</Stmt></BkToCstmrStmt></Document>`
  );
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function idsOf(xml: string): string[] {
  return takenOf('generated.xml', xml).entries.map(({ transactionId }) => transactionId);
}

describe('a generated statement', () => {
  it('gives every payment, no cent more or less', () => {
    fc.assert(
      fc.property(distinct, fc.integer({ min: -1e9, max: 1e9 }), (entries, openingCents) => {
        const taken = takenOf('generated.xml', statementXml(entries, openingCents)).entries;
        expect(taken.map(({ amountMinor }) => amountMinor)).toEqual(entries.flatMap(({ cents }) => cents));
        expect(taken.map(({ kind }) => kind === 'return')).toEqual(
          entries.flatMap(({ cents, isReturn }) => cents.map(() => isReturn)),
        );
        expect(new Set(taken.map(({ transactionId }) => transactionId)).size).toBe(taken.length);
      }),
      { numRuns: 500, seed: 11_649 },
    );
  });

  it('gives the same ids in whatever order and however many files it comes', () => {
    fc.assert(
      fc.property(distinct, fc.nat({ max: 12 }), (entries, cut) => {
        const whole = idsOf(statementXml(entries)).sort();
        expect(idsOf(statementXml([...entries].reverse())).sort()).toEqual(whole);
        const parts = [entries.slice(0, cut), entries.slice(cut)].flatMap((part) => idsOf(statementXml(part)));
        expect(parts.sort()).toEqual(whole);
      }),
      { numRuns: 300, seed: 11_649 },
    );
  });
});
