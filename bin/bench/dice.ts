/** A stream of numbers from 0 to 1 that is the same for the same seed. */
export interface Dice {
  (): number;
  /** One of some. */
  of<Item>(items: readonly Item[]): Item;
}

/** Dice that a seed determines. */
export function throwDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const of = <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)] as Item;
  return Object.assign(next, { of });
}
