import type { Page } from '../app/ports.ts';
import { firstPlaces, type RankedList, type RankedSlice, readRanked } from './ranked-list.ts';

/** A slice of a list over rows that are listed by the same attributes as in an index. */
export function sliceOf<Item>(
  list: RankedList,
  page: Page,
  { rows, attributesOf }: { rows: Iterable<Item>; attributesOf: (item: Item) => Record<string, string> },
): Promise<RankedSlice<Item> | 'bad-cursor'> {
  const places = [...rows].flatMap((row) => {
    const attributes = attributesOf(row);
    const isListed = list.partitions.includes(attributes[list.partitionAttribute] ?? '');
    return isListed ? [{ rank: attributes[list.rankAttribute] ?? '', key: row }] : [];
  });
  return readRanked<Item, Item>(list, page, {
    keysAfter: async (after, count) => firstPlaces(list, places, { after, count }),
    read: async (items) => structuredClone([...items]),
  });
}
