/** The subsets that sum to a target: how many there are, exactly, and some of the smallest as ascending places in the list given. */
export interface SubsetSums {
  readonly count: number;
  readonly examples: readonly (readonly number[])[];
}

const EXAMPLES_MAX = 5;

/** Sums and sizes are kept in one number, `sum × 16 + size`, so that they sort by sum in a typed array. */
const SIZE_BASE = 16;

/**
 * Counts the subsets of positive amounts that sum exactly to a target, by meeting in the middle: each half of the list is enumerated once,
 * so 40 amounts
 * and subsets of up to 10 cost 2 × 616 666 sums instead of 10⁹.
 *
 * @param sizeMax amounts in a subset at most; at most 15
 * @returns null when the target is too large to be counted exactly
 */
export function findSubsetSums(amounts: readonly number[], target: number, sizeMax: number): SubsetSums | null {
  if (target > Number.MAX_SAFE_INTEGER / SIZE_BASE - 1) return null;
  const usable = amounts.flatMap((amount, place) => (amount > 0 && amount <= target ? [{ amount, place }] : []));
  if (target <= 0 || usable.reduce((sum, { amount }) => sum + amount, 0) < target) return { count: 0, examples: [] };
  const middle = Math.ceil(usable.length / 2);
  const [left, right] = [usable.slice(0, middle), usable.slice(middle)];
  const { count, splits } = meet(sumsOf(left, target, sizeMax), sumsOf(right, target, sizeMax), { target, sizeMax });
  const examples = splits.flatMap((split) =>
    subsetsOf(left, split.left).flatMap((first) =>
      subsetsOf(right, split.right).map((second) => [...first, ...second]),
    ),
  );
  return { count, examples: examples.slice(0, EXAMPLES_MAX) };
}

interface PlacedAmount {
  readonly amount: number;
  readonly place: number;
}

/** A sum reached with a number of amounts. */
interface SizedSum {
  readonly sum: number;
  readonly size: number;
}

function sumsOf(half: readonly PlacedAmount[], target: number, sizeMax: number): Float64Array {
  const reached: number[] = [];
  const extend = (from: number, sum: number, size: number) => {
    reached.push(sum * SIZE_BASE + size);
    if (size === sizeMax) return;
    for (let next = from; next < half.length; next += 1) {
      const extended = sum + (half[next]?.amount ?? 0);
      if (extended <= target) extend(next + 1, extended, size + 1);
    }
  };
  extend(0, 0, 0);
  return Float64Array.from(reached).sort();
}

interface Split {
  readonly left: SizedSum;
  readonly right: SizedSum;
}

/** Walks the left sums upwards and the right ones downwards, and counts the pairs that make the target with few enough amounts. */
function meet(
  left: Float64Array,
  right: Float64Array,
  { target, sizeMax }: { target: number; sizeMax: number },
): { count: number; splits: Split[] } {
  let count = 0;
  let splits: Split[] = [];
  let high = right.length - 1;
  for (let low = 0; low < left.length; ) {
    const { sum, sizes, next } = groupFrom(left, low, 1);
    low = next;
    while (high >= 0 && sumAt(right, high) > target - sum) high -= 1;
    if (high < 0) break;
    if (sumAt(right, high) < target - sum) continue;
    const matching = groupFrom(right, high, -1);
    high = matching.next;
    for (const [size, ways] of sizes) {
      for (const [otherSize, otherWays] of matching.sizes) {
        if (size + otherSize > sizeMax) continue;
        count += ways * otherWays;
        splits = withSmallest(splits, { left: { sum, size }, right: { sum: matching.sum, size: otherSize } });
      }
    }
  }
  return { count, splits };
}

/** The entries of equal sum that begin at a place, counted by size. */
function groupFrom(sums: Float64Array, start: number, step: 1 | -1) {
  const sum = sumAt(sums, start);
  const sizes = new Map<number, number>();
  let next = start;
  while (next >= 0 && next < sums.length && sumAt(sums, next) === sum) {
    const size = (sums[next] ?? 0) % SIZE_BASE;
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
    next += step;
  }
  return { sum, sizes, next };
}

function sumAt(sums: Float64Array, place: number): number {
  return Math.floor((sums[place] ?? 0) / SIZE_BASE);
}

function withSmallest(splits: Split[], split: Split): Split[] {
  const sizeOf = (one: Split) => one.left.size + one.right.size;
  const worst = splits[EXAMPLES_MAX - 1];
  if (worst && sizeOf(worst) <= sizeOf(split)) return splits;
  return [...splits, split].sort((one, other) => sizeOf(one) - sizeOf(other)).slice(0, EXAMPLES_MAX);
}

/** Some subsets of a half with a given sum and size; the sum is known to be reached. */
function subsetsOf(half: readonly PlacedAmount[], { sum, size }: SizedSum): number[][] {
  const found: number[][] = [];
  const search = (from: number, rest: number, chosen: readonly number[]) => {
    if (found.length === EXAMPLES_MAX) return;
    if (chosen.length === size) {
      if (rest === 0) found.push([...chosen]);
      return;
    }
    for (let next = from; next < half.length; next += 1) {
      const { amount = 0, place = 0 } = half[next] ?? {};
      if (amount <= rest) search(next + 1, rest - amount, [...chosen, place]);
    }
  };
  search(0, sum, []);
  return found;
}
