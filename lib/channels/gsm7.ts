// GSM 03.38 (3GPP TS 23.038 §6.2.1): the default alphabet, one septet each, and its extension table, two septets each.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

/**
 * The septets of one message: 140 bytes. A longer text, or one with a character outside the alphabet, is split or sent
 * at 70 characters a part, and billed so.
 */
export const SMS_SEPTETS_MAX = 160;

/**
 * How many septets a text takes in the alphabet of text messages: one per character, two for those of the extension
 * table such as `€`.
 *
 * @returns the septets, or `null` when a character is not in the alphabet; see {@link charactersOutsideGsm7}
 */
export function gsm7Septets(text: string): number | null {
  let septets = 0;
  for (const character of text) {
    const size = septetsOf(character);
    if (size === null) return null;
    septets += size;
  }
  return septets;
}

/** The characters of a text that its message alphabet does not have, each once, in the order they appear. */
export function charactersOutsideGsm7(text: string): string[] {
  return [...new Set(text)].filter((character) => septetsOf(character) === null);
}

/**
 * A text in the alphabet of text messages: accents it lacks are dropped (`ê` → `e`), ligatures and typographic signs
 * are spelled out (`œ` → `oe`, `’` → `'`), spaces of any kind become plain, and what has no likeness becomes `?`.
 */
export function toGsm7(text: string): string {
  return [...text.normalize('NFC')].map(transliterated).join('');
}

/**
 * The longest beginning of a text that fits in so many septets, without a space at its end. The text is in the alphabet
 * already.
 */
export function truncatedToSeptets(text: string, septetsMax: number): string {
  let kept = '';
  let septets = 0;
  for (const character of text) {
    septets += septetsOf(character) ?? 1;
    if (septets > septetsMax) break;
    kept += character;
  }
  return kept.trimEnd();
}

const LIKENESSES: Readonly<Record<string, string>> = {
  ...{ œ: 'oe', Œ: 'OE', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ı: 'i', ẞ: 'SS' },
  ...{ '’': "'", '‘': "'", '`': "'", '´': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"' },
  ...{
    '–': '-',
    '—': '-',
    '‑': '-',
    '−': '-',
    '…': '...',
    '•': '-',
    '·': '.',
    '°': 'o',
    '×': 'x',
    '©': '(c)',
    '®': '(r)',
  },
};

function septetsOf(character: string): 1 | 2 | null {
  if (BASIC.includes(character)) return 1;
  return EXTENSION.includes(character) ? 2 : null;
}

function transliterated(character: string): string {
  if (/\s/u.test(character)) return ' ';
  if (septetsOf(character) !== null) return character;
  const likeness = LIKENESSES[character];
  if (likeness !== undefined) return likeness;
  const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
  return bare !== '' && gsm7Septets(bare) !== null ? bare : '?';
}
