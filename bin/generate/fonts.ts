import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** The quality from which on a font hardly gets smaller, but takes ten times as long. */
const QUALITY = 9;

/**
 * The text of lib/generated/fonts.ts: the fonts of the letters, compressed, inside a module, so that a function carries them wherever it runs. DejaVu Sans is free
 * to embed and covers Latin, Greek, Cyrillic, Hebrew and Arabic.
 *
 * @see https://dejavu-fonts.github.io/License.html
 */
export function fontsModule(): string {
  return (
    '// Written by bin/generate.ts from dejavu-fonts-ttf.\n\n' +
    '/** TrueType fonts, compressed by Brotli, in base64. */\n' +
    `export const FONTS = {\n  regular: '${packed('DejaVuSans.ttf')}',\n  bold: '${packed('DejaVuSans-Bold.ttf')}',\n};\n`
  );
}

function packed(file: string): string {
  const path = fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return brotliCompressSync(readFileSync(path), { params }).toString('base64');
}
