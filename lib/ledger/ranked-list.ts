import * as z from 'zod/mini';
import type { Page } from '../app/ports.ts';

/**
 * A sorted list over an index of the ledger. `name` marks its cursors. `partitions` are the values of the index's
 * partition attribute that make up the list; `rankAttribute` is what sorts it, and the sort key of the index when
 * `isKeyedByRank`. A rank ends in the id of what it ranks, so no two are equal and a list can go on after any of them.
 */
export interface RankedList {
  readonly name: string;
  readonly indexName: string;
  readonly partitionAttribute: string;
  readonly partitions: readonly string[];
  readonly rankAttribute: string;
  readonly isKeyedByRank: boolean;
  readonly isDescending: boolean;
}

/** A place on a list, and the key of what stands there. */
export interface RankedKey<Key> {
  readonly rank: string;
  readonly key: Key;
}

/**
 * Where a list comes from. `keysAfter` gives the first `count` places after a rank (null: from the start) in the order
 * of the list; `read` gives what stands there now, without what is no longer on the list.
 */
export interface RankedSource<Key, Item> {
  keysAfter(after: string | null, count: number): Promise<RankedKey<Key>[]>;
  read(keys: readonly Key[]): Promise<Item[]>;
}

/** A slice of a list, and where the next begins. */
export interface RankedSlice<Item> {
  readonly items: Item[];
  readonly cursor: string | null;
}

/**
 * Reads a slice of a list. What left the list since its index was written is passed over, so a slice is full unless it
 * is the last.
 *
 * @returns `bad-cursor` when the cursor is none that this list gave out
 */
export async function readRanked<Key, Item>(
  list: RankedList,
  { limit, cursor }: Page,
  source: RankedSource<Key, Item>,
): Promise<RankedSlice<Item> | 'bad-cursor'> {
  let after = cursor === null ? null : rankIn(cursor, list);
  if (cursor !== null && after === null) return 'bad-cursor';
  const items: Item[] = [];
  for (;;) {
    const wanted = limit - items.length;
    const found = await source.keysAfter(after, wanted + 1);
    const taken = found.slice(0, wanted);
    items.push(...(await source.read(taken.map(({ key }) => key))));
    after = taken.at(-1)?.rank ?? after;
    if (found.length <= wanted) return { items, cursor: null };
    if (items.length === limit) return { items, cursor: cursorAt(list, after) };
  }
}

/** Sorts places in the order of a list and cuts it to the first `count` after a rank. */
export function firstPlaces<Key>(
  { isDescending }: RankedList,
  places: readonly RankedKey<Key>[],
  { after, count }: { after: string | null; count: number },
): RankedKey<Key>[] {
  const isBefore = (one: string, other: string) => (isDescending ? one > other : one < other);
  return places
    .filter(({ rank }) => after === null || isBefore(after, rank))
    .sort((one, other) => (isBefore(one.rank, other.rank) ? -1 : 1))
    .slice(0, count);
}

/** A rank as the index holds it: a number or date of fixed width, and the id of what it ranks. */
const RankSchema = z.string().check(z.regex(/^[0-9.-]{10,24}#[A-Za-z0-9._-]{1,64}$/));

const CursorSchema = z.strictObject({ list: z.string(), after: RankSchema });

function cursorAt(list: RankedList, after: string | null): string {
  return Buffer.from(JSON.stringify({ list: list.name, after })).toString('base64url');
}

function rankIn(cursor: string, list: RankedList): string | null {
  try {
    const parsed = z.safeParse(CursorSchema, JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return parsed.success && parsed.data.list === list.name ? parsed.data.after : null;
  } catch {
    return null;
  }
}
