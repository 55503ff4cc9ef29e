import { electronicFormatIBAN, isValidIBAN } from 'ibantools';

/** What banks write where there is no reference. */
const NO_REFERENCE = /^(?:NOT\s?PROVIDED|NON\s?REF|NO\s?REF|NONE|KREF\+?|N\/?A|0+|-+)$/i;

/** A text on one line without control characters, cut to what may be kept; `undefined` when nothing is left. */
export function oneLine(text: string | undefined, lengthMax: number): string | undefined {
  const clean = (text ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return cut(clean, lengthMax);
}

/** Texts below each other, each on one line and each once. */
export function severalLines(texts: readonly (string | undefined)[], lengthMax: number): string | undefined {
  const lines = texts.map((text) => oneLine(text, lengthMax)).filter((line) => line !== undefined);
  return cut([...new Set(lines)].join('\n'), lengthMax);
}

/** A reference, or `undefined` when the bank says that there is none. */
export function givenReference(text: string | undefined): string | undefined {
  const reference = oneLine(text, 35);
  return reference === undefined || NO_REFERENCE.test(reference) ? undefined : reference;
}

/** The IBAN without spaces, or `undefined` when it is none: it helps to match and is no reason to refuse money. */
export function soundIban(text: string | undefined): string | undefined {
  const iban = electronicFormatIBAN(text ?? '') ?? '';
  return isValidIBAN(iban) ? iban : undefined;
}

/**
 * Puts together what a bank broke into pieces of a fixed width: a full piece goes on in the next, in the middle of a word as may be, and a shorter one has
 * ended.
 */
export function joinedPieces(pieces: readonly string[], width: number, separator: string): string {
  return pieces.reduce(
    (text, piece, index) =>
      index === 0 ? piece : `${text}${(pieces[index - 1]?.length ?? 0) >= width ? '' : separator}${piece}`,
    '',
  );
}

function cut(text: string, lengthMax: number): string | undefined {
  // Half a surrogate pair at the cut could not be stored.
  const short = text
    .slice(0, lengthMax)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
  return short === '' ? undefined : short;
}
