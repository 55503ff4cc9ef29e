import { PDFDocument, type PDFPage, rgb } from 'pdf-lib';
import { PAGE } from './paper.ts';
import type { Typeface } from './typefaces.ts';
import { visualRuns } from './visual-order.ts';

/** How dark something is printed: 0 is black, 1 is paper. */
interface Shade {
  readonly gray?: number;
}

/** A line of text: its baseline starts at `x`, `y`, in points from the top left corner of the page. */
interface PlacedText extends Shade {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly typeface: Typeface;
}

/** A filled rectangle: its top left corner is at `x`, `y`. */
interface PlacedRectangle extends Shade {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a letter is drawn on, page after page. */
export interface Canvas {
  /** Everything drawn from now on stands on a new page. */
  newPage(): void;
  /** Draws a line of text that its typeface can print. */
  text(line: string, place: PlacedText): void;
  rectangle(place: PlacedRectangle): void;
}

/** A canvas on which nothing is drawn, to learn how many pages a letter takes. */
export const BLANK_CANVAS: Canvas = { newPage() {}, text() {}, rectangle() {} };

/** A canvas of A4 pages of a document; it has none until the first is asked for. */
export function pdfCanvas(document: PDFDocument): Canvas {
  let page: PDFPage;
  return {
    newPage() {
      page = document.addPage([PAGE.width, PAGE.height]);
    },
    text(line, { x, y, size, typeface, gray = 0 }) {
      let left = x;
      for (const run of visualRuns(line)) {
        page.drawText(run, { x: left, y: PAGE.height - y, size, font: typeface.font, color: rgb(gray, gray, gray) });
        left += typeface.widthOf(run, size);
      }
    },
    rectangle({ x, y, width, height, gray = 0 }) {
      page.drawRectangle({ x, y: PAGE.height - y - height, width, height, color: rgb(gray, gray, gray) });
    },
  };
}

/** A new document; its dates are set by the caller, so that the same letter has the same bytes. */
export function newDocument(): Promise<PDFDocument> {
  return PDFDocument.create({ updateMetadata: false });
}
