/** Legal forms, courtesy titles and words for "company": they tell no debtor from another, and payers and banks leave them out. */
const EMPTY_WORDS = new Set([
  ...['SARL', 'SAS', 'SASU', 'SA', 'EURL', 'EI', 'EIRL', 'SCI', 'SCP', 'SNC', 'SELARL', 'SCOP', 'GIE', 'GAEC', 'EARL'],
  ...['GMBH', 'AG', 'KG', 'OHG', 'UG', 'EK', 'MBH', 'CO', 'LTD', 'LIMITED', 'PLC', 'LLP', 'LLC', 'INC', 'SPA', 'SRL'],
  ...['BV', 'NV', 'SL', 'SLU', 'BVBA', 'SC', 'STE', 'SOCIETE', 'ETS', 'ETABLISSEMENTS', 'COMPANY', 'FIRMA'],
  ...['M', 'MR', 'MME', 'MRS', 'MS', 'MLLE', 'HERR', 'FRAU', 'MONSIEUR', 'MADAME'],
  ...['ET', 'OU', 'AND', 'UND', 'DE', 'DU', 'DES', 'LA', 'LE', 'LES', 'L', 'D', 'THE'],
]);

/** Banks cut names at 27, 35 or 70 characters; a cut name shorter than this tells too little. */
const CUT_NAME_MIN = 12;

/**
 * Measures how alike other names are to one, from 0 to 1: the share of letter pairs they have in common (Dice), without accents, case,
 * punctuation, legal forms
 * or the order of words. A name that the bank cut off counts as the whole one. Null when one of the two has no Latin letter or digit to compare.
 */
export function likenessTo(name: string): (other: string) => number | null {
  const own = spell(name);
  const known = new Map<string, number | null>();
  return (other) => {
    const likeness = known.has(other) ? known.get(other) : likenessOf(own, spell(other));
    known.set(other, likeness ?? null);
    return likeness ?? null;
  };
}

interface SpelledName {
  readonly letters: string;
  readonly pairs: readonly string[];
}

function spell(name: string): SpelledName {
  const words = tellingWords(name);
  return { letters: words.join(''), pairs: letterPairs(words) };
}

function likenessOf(one: SpelledName, other: SpelledName): number | null {
  const [shorter, longer] =
    one.letters.length <= other.letters.length ? [one.letters, other.letters] : [other.letters, one.letters];
  if (shorter === '') return null;
  const isCut = shorter.length >= CUT_NAME_MIN && longer.startsWith(shorter);
  return shorter === longer || isCut ? 1 : dice(one.pairs, other.pairs);
}

/** The words of a name that tell a debtor from another, in capitals without accents; all of them when none does. */
export function tellingWords(name: string): string[] {
  const words = name
    .normalize('NFD')
    .toUpperCase()
    .replace(/\p{M}/gu, '')
    // S.A.R.L. and SARL are one word.
    .replace(/\b(?:[A-Z]\.){2,}/g, (initials) => initials.replaceAll('.', ''))
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

function letterPairs(words: readonly string[]): string[] {
  return words.flatMap((word) => Array.from(`${word} `, (letter, place) => (` ${word}`[place] ?? '') + letter));
}

function dice(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const pair of one) left.set(pair, (left.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of other) {
    const ways = left.get(pair) ?? 0;
    if (ways > 0) shared += 1;
    left.set(pair, ways - 1);
  }
  return (2 * shared) / (one.length + other.length);
}
