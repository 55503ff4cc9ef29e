import { data } from 'currency-codes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf } from '../../lib/contracts/currency.ts';
import { amountText, moneyFaults, moneyFromText, moneyText } from '../../lib/contracts/money-text.ts';

const CODES = data.map(({ code }) => code).filter((code) => exponentOf(code) !== null);

describe('money on the wire', () => {
  it('comes back as the same minor units in every currency', () => {
    const amountMinor = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    for (const currency of CODES) {
      fc.assert(
        fc.property(amountMinor, (minor) => {
          expect(moneyFromText(moneyText({ amountMinor: minor, currency }))).toEqual({ amountMinor: minor, currency });
        }),
        { numRuns: 50, examples: [[0], [1], [Number.MAX_SAFE_INTEGER]] },
      );
    }
  });

  it('comes back as the same text when it is written as its currency is', () => {
    const money = fc.constantFrom(...CODES).chain((currency) => {
      const exponent = exponentOf(currency) ?? 0;
      const decimals = fc.stringMatching(new RegExp(`^[0-9]{${exponent}}$`));
      return fc
        .tuple(fc.stringMatching(/^[1-9][0-9]{0,10}$/), decimals)
        .map(([whole, part]) => ({ amount: exponent === 0 ? whole : `${whole}.${part}`, currency }));
    });
    fc.assert(
      fc.property(money, (text) => {
        expect(moneyFaults(text, '/total')).toEqual([]);
        expect(moneyText(moneyFromText(text))).toEqual(text);
      }),
    );
  });

  it('is refused with any other number of decimals', () => {
    const wrong = fc
      .record({ currency: fc.constantFrom(...CODES), decimals: fc.nat({ max: 6 }) })
      .filter(({ currency, decimals }) => decimals !== exponentOf(currency));
    fc.assert(
      fc.property(wrong, ({ currency, decimals }) => {
        const amount = decimals === 0 ? '1' : `1.${'0'.repeat(decimals)}`;
        expect(moneyFaults({ amount, currency }, '/total').map(({ pointer }) => pointer)).toEqual(['/total/amount']);
      }),
    );
  });

  it.each([
    [1200, 'JPY', '1200'],
    [0, 'JPY', '0'],
    [5, 'EUR', '0.05'],
    [1234, 'TND', '1.234'],
    [-5, 'TND', '-0.005'],
  ])('writes %i minor units of %s as %s', (amountMinor, currency, text) => {
    expect(amountText(amountMinor, currency)).toBe(text);
  });

  it.each([
    ['12', 'must have 2 decimals as EUR does, not "12"'],
    ['-1.00', 'must be greater than zero, not "-1.00"'],
    ['0.00', 'must be greater than zero, not "0.00"'],
    ['01.00', 'must have no superfluous leading zero, not "01.00"'],
    ['1e3', 'must be a decimal string such as "1200.00", not "1e3"'],
    ['90071992547409.92', 'must be at most 90071992547409.91, not "90071992547409.92"'],
  ])('says what is wrong with %s', (amount, detail) => {
    expect(moneyFaults({ amount, currency: 'EUR' }, '/total')).toEqual([{ pointer: '/total/amount', detail }]);
  });
});
