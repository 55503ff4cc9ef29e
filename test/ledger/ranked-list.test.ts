import { expect, it } from 'vitest';
import { caseList } from '../../lib/ledger/case-lists.ts';
import { firstPlaces, readRanked } from '../../lib/ledger/ranked-list.ts';

const list = caseList({ isOpen: true, sort: 'overdue' });
const places = ['a', 'b', 'c', 'd', 'e', 'f'].map((key, n) => ({ rank: `2026-01-0${n + 1}#${key}`, key }));

/** A list whose index still has those that are gone. */
function slice(gone: readonly string[], page: { limit: number; cursor: string | null }) {
  return readRanked<string, string>(list, page, {
    keysAfter: async (after, count) => firstPlaces(list, places, { after, count }),
    read: async (keys) => keys.filter((key) => !gone.includes(key)),
  });
}

it('passes over what left the list since its index was written, and still fills the slice', async () => {
  const first = await slice(['b', 'c'], { limit: 2, cursor: null });
  expect(first).toMatchObject({ items: ['a', 'd'] });
  const cursor = first === 'bad-cursor' ? null : first.cursor;
  expect(await slice(['b', 'c'], { limit: 2, cursor })).toEqual({ items: ['e', 'f'], cursor: null });
});

it('ends when all the rest left the list', async () => {
  expect(await slice(['e', 'f'], { limit: 4, cursor: null })).toMatchObject({ items: ['a', 'b', 'c', 'd'] });
  expect(await slice(['d', 'e', 'f'], { limit: 4, cursor: null })).toEqual({ items: ['a', 'b', 'c'], cursor: null });
});
