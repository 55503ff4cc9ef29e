import jsqr from 'jsqr';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

// The library is CommonJS: Node gives its function where its typings promise a namespace.
const decode = jsqr as unknown as typeof jsqr.default;

/** A page of a PDF as a reader finds it. */
export interface PdfPage {
  readonly widthMillimetres: number;
  readonly heightMillimetres: number;
  /** What is written on it, with plain spaces. */
  readonly text: string;
  /** Where each piece of text begins, in millimetres from the top left corner. */
  readonly pieces: readonly { readonly text: string; readonly x: number; readonly y: number; readonly right: number }[];
}

const POINTS_PER_MILLIMETRE = 72 / 25.4;

/** The pages of a PDF, opened by a library that did not write it. */
export async function pdfPages(pdf: Uint8Array): Promise<PdfPage[]> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const pages: PdfPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [
            {
              text: plain(item.str),
              x: item.transform[4] / POINTS_PER_MILLIMETRE,
              y: (height - item.transform[5]) / POINTS_PER_MILLIMETRE,
              right: (item.transform[4] + item.width) / POINTS_PER_MILLIMETRE,
            },
          ]
        : [],
    );
    pages.push({
      widthMillimetres: width / POINTS_PER_MILLIMETRE,
      heightMillimetres: height / POINTS_PER_MILLIMETRE,
      text: plain(items.map((item) => ('str' in item ? item.str : '')).join(' ')),
      pieces,
    });
  }
  return pages;
}

/** What the QR code on the first page says, read from the rectangles that are drawn there; null when there is none. */
export async function qrOnFirstPage(pdf: Uint8Array): Promise<string | null> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const page = await document.getPage(1);
  const modules = rectanglesOf(await page.getOperatorList()).filter(({ height }) => height > 0.6 && height < 3);
  if (modules.length === 0) return null;
  const pixelsPerPoint = 6;
  const margin = 10;
  const left = Math.min(...modules.map(({ x }) => x)) - margin;
  const bottom = Math.min(...modules.map(({ y }) => y)) - margin;
  const side = Math.ceil((Math.max(...modules.map(({ x, width }) => x + width)) - left + margin) * pixelsPerPoint);
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { x, y, width, height } of modules) {
    for (let row = pixel(y - bottom); row < pixel(y + height - bottom); row += 1) {
      for (let column = pixel(x - left); column < pixel(x + width - left); column += 1) {
        // A PDF counts from the bottom, a picture from the top.
        pixels.fill(0, ((side - 1 - row) * side + column) * 4, ((side - 1 - row) * side + column) * 4 + 3);
      }
    }
  }
  const found = decode(pixels, side, side);
  return found === null ? null : Buffer.from(found.binaryData).toString('utf8');

  function pixel(points: number): number {
    return Math.round(points * pixelsPerPoint);
  }
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The filled rectangles of a page; each is drawn at the origin, between a move of the paper and its undoing. */
function rectanglesOf({ fnArray, argsArray }: { fnArray: number[]; argsArray: unknown[] }): Rectangle[] {
  let x = 0;
  let y = 0;
  return fnArray.flatMap((operation, index) => {
    const args = argsArray[index] as number[];
    if (operation === OPS.restore) {
      x = 0;
      y = 0;
    }
    if (operation === OPS.transform) {
      x += args[4] ?? 0;
      y += args[5] ?? 0;
    }
    if (operation !== OPS.constructPath) return [];
    const [, , box] = argsArray[index] as [number, unknown, ArrayLike<number>];
    return [{ x, y, width: box[2] ?? 0, height: box[3] ?? 0 }];
  });
}

function plain(text: string): string {
  return text.replace(/[\u00A0\u202F]/g, ' ');
}
