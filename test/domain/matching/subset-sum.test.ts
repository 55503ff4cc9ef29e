import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSubsetSums } from '../../../lib/domain/matching/subset-sum.ts';

function countOneByOne(amounts: readonly number[], target: number, sizeMax: number): number {
  let count = 0;
  for (let mask = 1; mask < 2 ** amounts.length; mask += 1) {
    const chosen = amounts.filter((_, place) => mask & (1 << place));
    const isUsable = chosen.length <= sizeMax && chosen.every((amount) => amount > 0);
    if (isUsable && chosen.reduce((sum, amount) => sum + amount, 0) === target) count += 1;
  }
  return count;
}

describe('the subsets that make up a sum', () => {
  it.each([
    [[100, 40, 60], 100, 10, 2],
    [[100, 40, 60], 140, 10, 1],
    [[100, 100, 50], 150, 10, 2], // which of the two equal ones is not known
    [[1, 2, 4, 8], 15, 3, 0],
    [[5], 6, 10, 0],
    [[], 6, 10, 0],
    [[5, 0], 5, 10, 1],
  ])('of %j to %d with at most %d are %d', (amounts, target, sizeMax, count) => {
    expect(findSubsetSums(amounts, target, sizeMax)?.count).toBe(count);
  });

  it('are counted exactly, and the examples are such subsets and among the smallest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 11 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 10 }),
        (amounts, target, sizeMax) => {
          const sums = findSubsetSums(amounts, target, sizeMax);
          expect(sums?.count).toBe(countOneByOne(amounts, target, sizeMax));
          expect(sums?.examples).toHaveLength(Math.min(5, sums?.count ?? 0));
          for (const places of sums?.examples ?? []) {
            expect(new Set(places).size).toBe(places.length);
            expect(places.reduce((sum, place) => sum + (amounts[place] ?? 0), 0)).toBe(target);
          }
          const size = sums?.examples[0]?.length;
          if (size !== undefined) expect(countOneByOne(amounts, target, size - 1)).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are counted among forty amounts within seconds', () => {
    const amounts = Array.from({ length: 40 }, (_, place) => 100_000 + place * 500);
    const startedAt = performance.now();
    expect(findSubsetSums(amounts, 1_090_000, 10)?.count).toBeGreaterThan(1);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('are not counted when the sum is beyond what can be counted exactly', () => {
    expect(findSubsetSums([1], Number.MAX_SAFE_INTEGER, 10)).toBeNull();
  });
});
