/** A part of a letter's wording: text, or the place of something that is drawn from the facts. */
export type WordingBlock =
  | { readonly kind: 'paragraph' | 'item'; readonly text: string }
  | { readonly kind: 'invoices' | 'charges' | 'payment' | 'signature' };

/** What a letter says: its object in one line, then its blocks in order. */
export interface Wording {
  readonly object: string;
  /** Whether it goes by registered mail, which is said above the address. */
  readonly isRegistered: boolean;
  readonly blocks: readonly WordingBlock[];
}

const REGISTERED = '[registered]';

const PLACES = ['invoices', 'charges', 'payment', 'signature'] as const;

/**
 * Reads the wording out of the text a letter template made. The first line is the object. Then every line is a paragraph of its own, an item of a list when it starts
 * with `- `, or a place: `[invoices]`, `[charges]`, `[payment]`, `[signature]`. Blank lines separate.
 */
export function parseWording(text: string): Wording {
  const [object = '', ...lines] = text.trim().split('\n');
  const said = lines.map((line) => line.trim()).filter((line) => line !== '');
  const blocks = said.filter((line) => line !== REGISTERED).map(blockOf);
  return { object: object.trim(), isRegistered: said.includes(REGISTERED), blocks };
}

function blockOf(line: string): WordingBlock {
  const place = PLACES.find((name) => line === `[${name}]`);
  if (place) return { kind: place };
  return line.startsWith('- ') ? { kind: 'item', text: line.slice(2).trim() } : { kind: 'paragraph', text: line };
}
