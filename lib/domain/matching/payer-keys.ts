import { tellingWords } from './name-similarity.ts';

/** Words of a name that are paired into keys: the longest ones tell most. */
const WORDS_MAX = 3;

/** Of a paired word so many letters count, so that one that the bank cut off finds the whole one. */
const WORD_LETTERS = 4;

/** The key under which who pays from an account is filed. */
export function accountKey(iban: string): string {
  return `ACCOUNT ${iban.replace(/\s/g, '').toUpperCase()}`;
}

/**
 * The keys under which a customer is filed by name, and a payer looked up: the beginnings of each two of the three longest words, without accents, case, legal forms or their order; a name
 * of one word is its own key. Nearly the same names have a key in common; what has a key in common need not be alike.
 *
 * @returns at most 3 keys; none of a name without a Latin letter or digit
 */
export function nameKeys(name: string): string[] {
  const words = [...new Set(tellingWords(name))].toSorted(longestFirst).slice(0, WORDS_MAX);
  const [only, ...others] = words;
  if (only === undefined) return [];
  if (others.length === 0) return [`NAME ${only}`];
  const beginnings = words.map((word) => word.slice(0, WORD_LETTERS));
  const pairs = beginnings.flatMap((one, place) => beginnings.slice(place + 1).map((other) => [one, other].toSorted()));
  return [...new Set(pairs.map((pair) => `NAME ${pair.join(' ')}`))];
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length || (one < other ? -1 : 1);
}
