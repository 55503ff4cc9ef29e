import type { Canvas } from './canvas.ts';
import { BODY } from './paper.ts';
import type { Typefaces } from './typefaces.ts';
import { wrapText } from './wrap-text.ts';

/** How lines of text are set. */
export interface LineStyle {
  readonly size: number;
  readonly isBold?: boolean;
  readonly gray?: number;
  /** @default left */
  readonly align?: 'left' | 'right';
  /** @default the left edge of the body */
  readonly left?: number;
  /** @default up to the right edge of the body */
  readonly width?: number;
}

/** What a letter is written on and with; `drawFoot` draws the foot of each page. */
interface LetterPenProps {
  readonly canvas: Canvas;
  readonly typefaces: Typefaces;
  readonly scale: number;
  readonly drawFoot: (pen: LetterPen) => void;
}

/** The height of a line, as a multiple of its type size. */
const LEADING = 1.32;
/** How far below the top of its line the baseline is, as a multiple of the type size. */
const ASCENT = 0.98;

/**
 * Writes down a letter from top to bottom, going on to a new page when one is full. `scale` shrinks the type of the body, never the letterhead and the address.
 */
export class LetterPen {
  readonly canvas: Canvas;
  readonly typefaces: Typefaces;
  readonly scale: number;
  /** How far down the page the pen is, in points from the top. */
  top: number = BODY.top;
  /** The page it writes on, the first being 1. */
  page = 0;

  private readonly drawFoot: (pen: LetterPen) => void;

  constructor({ canvas, typefaces, scale, drawFoot }: LetterPenProps) {
    this.canvas = canvas;
    this.typefaces = typefaces;
    this.scale = scale;
    this.drawFoot = drawFoot;
    this.turnPage();
  }

  /** Goes on at the top of a new page. */
  turnPage(): void {
    if (this.page > 0) this.finish();
    this.canvas.newPage();
    this.page += 1;
    this.top = BODY.top;
  }

  /** Draws the foot of the page, which is read last. */
  finish(): void {
    this.drawFoot(this);
  }

  /** Turns the page unless this much height is left on it; answers whether it did. What is higher than a page begins where the pen is on a fresh one. */
  reserve(height: number): boolean {
    if (this.top + height <= BODY.bottom || this.top === BODY.top) return false;
    this.turnPage();
    return true;
  }

  /** Leaves a blank of this height, except at the top of a page. */
  skip(height: number): void {
    if (this.top > BODY.top) this.top += height;
  }

  /** The lines that a text is set in. */
  linesOf(text: string, style: LineStyle): string[] {
    const typeface = this.typeface(style);
    const width = style.width ?? BODY.right - (style.left ?? BODY.left);
    return wrapText(typeface.printable(text), width, (line) => typeface.widthOf(line, style.size));
  }

  /** Writes a text in as many lines as it needs, page after page. */
  write(text: string, style: LineStyle): void {
    for (const line of this.linesOf(text, style)) {
      this.reserve(lineHeight(style.size));
      this.setLine(line, this.top, style);
      this.top += lineHeight(style.size);
    }
  }

  /** Sets one line that fits, its top at `top`, without moving the pen. */
  setLine(line: string, top: number, style: LineStyle): void {
    const { size, align = 'left', left = BODY.left, width = BODY.right - left, gray = 0 } = style;
    const typeface = this.typeface(style);
    const printable = typeface.printable(line);
    const x = align === 'left' ? left : left + width - typeface.widthOf(printable, size);
    this.canvas.text(printable, { x, y: top + size * ASCENT, size, typeface, gray });
  }

  /** The width of a text on one line. */
  widthOf(text: string, style: Pick<LineStyle, 'size' | 'isBold'>): number {
    const typeface = this.typeface(style);
    return typeface.widthOf(typeface.printable(text), style.size);
  }

  private typeface({ isBold = false }: Pick<LineStyle, 'isBold'>) {
    return isBold ? this.typefaces.bold : this.typefaces.regular;
  }
}

/** The height of a line of this type size. */
export function lineHeight(size: number): number {
  return size * LEADING;
}
