import { expect } from 'vitest';
import type { Page, Slice } from '../../lib/app/ports.ts';

/** Everything on a list, read three lines at a time. */
export async function allPages<Fields, Item>(
  list: (page: Page) => Promise<Slice<Fields>>,
  itemsOf: (slice: Fields) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const slice: Slice<Fields> = await list({ limit: 3, cursor });
    if (slice === 'bad-cursor') throw new Error(`cursor ${cursor} was given out and is refused`);
    expect(itemsOf(slice).length).toBeLessThanOrEqual(3);
    items.push(...itemsOf(slice));
    ({ cursor } = slice);
  } while (cursor !== null);
  return items;
}
