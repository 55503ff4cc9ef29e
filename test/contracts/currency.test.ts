import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { exponentOf } from '../../lib/contracts/currency.ts';

describe('the exponent of a currency', () => {
  it.each([
    ['JPY', 0],
    ['XOF', 0],
    ['XPF', 0],
    ['EUR', 2],
    ['USD', 2],
    ['XCG', 2],
    ['TND', 3],
    ['KWD', 3],
  ])('of %s is %i', (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
  });

  it.each(['XXX', 'XTS', 'XAU', 'XAG', 'XDR', 'XUA', 'CHW', 'CLF', 'USN', 'ZZZ', 'eur', 'EURO', '', 'toString'])(
    'does not exist for %s',
    (code) => {
      expect(exponentOf(code)).toBeNull();
    },
  );

  it('is the one of ISO 4217 list one, for all that is money there, the pension unit of Uruguay apart', () => {
    for (const [, entry = ''] of isoListOne().matchAll(/<CcyNtry>([\s\S]*?)<\/CcyNtry>/g)) {
      const code = /<Ccy>(\w+)/.exec(entry)?.[1];
      const decimals = /<CcyMnrUnts>([^<]+)/.exec(entry)?.[1];
      if (!code || code === 'UYW') continue;
      const isMoney = decimals !== 'N.A.' && !/IsFund="true"/i.test(entry);
      expect([code, exponentOf(code)]).toEqual([code, isMoney ? Number(decimals) : null]);
    }
  });
});

/** The list as ISO publishes it; the library carries it beside its own data. */
function isoListOne(): string {
  const path = createRequire(import.meta.url).resolve('currency-codes/iso-4217-list-one.xml');
  return readFileSync(path, 'utf8');
}
