import { brotliDecompressSync } from 'node:zlib';
import fontkit from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';
import { FONTS } from '../../generated/fonts.ts';
import { visualRuns } from './visual-order.ts';

/** A font of a letter, with what is needed to set lines in it. */
export interface Typeface {
  readonly font: PDFFont;
  /** The text with only what the font can print: another character becomes a question mark, a character without a shape of its own goes. */
  printable(text: string): string;
  /** The width in points of a printable text. */
  widthOf(text: string, size: number): number;
}

/** The fonts of a letter. */
export interface Typefaces {
  readonly regular: Typeface;
  readonly bold: Typeface;
}

const REGULAR = unpacked(FONTS.regular);
const BOLD = unpacked(FONTS.bold);

/** Embeds the fonts in a document, which will carry only the characters it uses. */
export async function embedTypefaces(document: PDFDocument): Promise<Typefaces> {
  document.registerFontkit(fontkit);
  return { regular: await embedded(document, REGULAR), bold: await embedded(document, BOLD) };
}

async function embedded(document: PDFDocument, bytes: Uint8Array): Promise<Typeface> {
  // Without ligatures each character of a reference can be found and copied.
  const font = await document.embedFont(bytes, { subset: true, features: { liga: false } });
  const known = new Set(font.getCharacterSet());
  const widths = new Map<string, number>();
  const measure = (word: string) => {
    const width = widths.get(word) ?? visualRuns(word).reduce((sum, run) => sum + font.widthOfTextAtSize(run, 1), 0);
    widths.set(word, width);
    return width;
  };
  return {
    font,
    printable: (text) =>
      [...text.normalize('NFC').replace(/\p{Cf}/gu, '')]
        .map((character) => (known.has(character.codePointAt(0) ?? 0) ? character : '?'))
        .join(''),
    widthOf: (text, size) => {
      // The font is not kerned, so a line is as wide as its words; a word is measured once.
      const words = text.split(' ');
      return size * (words.reduce((sum, word) => sum + measure(word), 0) + (words.length - 1) * measure(' '));
    },
  };
}

function unpacked(font: string): Uint8Array {
  return brotliDecompressSync(Buffer.from(font, 'base64'));
}
