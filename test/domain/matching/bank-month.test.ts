import { describe, expect, it } from 'vitest';
import { measureMatching } from '../../../bin/bench/matching.ts';

describe('a month of a bank account', () => {
  const month = measureMatching();

  it('finds the invoices of at least 85 of 100 payments', () => {
    expect(month.payments).toBe(10_000);
    expect(month.invoices).toBe(20_000);
    expect(month.matchedPercent).toBeGreaterThanOrEqual(85);
  });

  it('sends no payment to an invoice it is not for', () => {
    expect(month.wrong).toEqual([]);
  });

  it('leaves money to a person that is for no invoice known', () => {
    expect(month.byNoise['paid twice']?.[0]).toBe(0);
    expect(month.byNoise['not registered']?.[0]).toBe(0);
  });
});
