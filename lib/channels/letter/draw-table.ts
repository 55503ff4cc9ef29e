import { type LetterPen, lineHeight } from './letter-pen.ts';
import { hasHeader, type LetterTable, type TableRow } from './letter-table.ts';
import { BODY } from './paper.ts';

/** Type sizes in points: what a table is set in, and the smallest it is shrunk to so that its amounts stay on one line. */
const SIZE = 7.8;
const SIZE_MIN = 4;
/** The blank between columns, and above and below a row, as multiples of the type size. */
const GAP = 1.2;
const PADDING = 0.11;
/** The first column keeps at least this part of the width; a long invoice number is broken in it. */
const FIRST_COLUMN_MIN = 0.13;

interface Layout {
  readonly size: number;
  readonly widths: readonly number[];
}

/** Draws a table over the width of the body. Its header is repeated on each page; a row never breaks. */
export function drawTable(pen: LetterPen, table: LetterTable): void {
  const layout = layoutOf(pen, table);
  const header = { cells: table.columns.map(({ title }) => title), isTotal: true };
  const drawHeader = () => {
    if (!hasHeader(table)) return;
    drawRow(pen, table, layout, header);
    drawRule(pen, 0.3);
  };
  const [first] = table.rows;
  pen.reserve(rowHeight(pen, layout, header) + (first ? rowHeight(pen, layout, first) : 0));
  drawHeader();
  for (const row of table.rows) {
    if (pen.reserve(rowHeight(pen, layout, row))) drawHeader();
    if (row.isTotal) drawRule(pen, 0.3);
    drawRow(pen, table, layout, row);
    if (!row.isTotal) drawRule(pen, 0.85);
  }
}

/** The largest type in which every column but the first holds its cells on one line. What width is left is shared out. */
function layoutOf(pen: LetterPen, table: LetterTable): Layout {
  for (let size = SIZE * pen.scale; ; size *= 0.95) {
    const available = BODY.right - BODY.left - (table.columns.length - 1) * GAP * size;
    const [first = 0, ...others] = table.columns.map((_, column) => columnWidth(pen, table, column, size));
    const left = available - others.reduce((sum, width) => sum + width, 0);
    const firstMin = Math.min(first, available * FIRST_COLUMN_MIN);
    if (left < firstMin && size >= SIZE_MIN) continue;
    const share = Math.max(0, left - first) / table.columns.length;
    return { size, widths: [Math.max(firstMin, Math.min(first, left)), ...others].map((width) => width + share) };
  }
}

/** The width of the widest cell, and of the widest word of the title. */
function columnWidth(pen: LetterPen, { columns, rows }: LetterTable, column: number, size: number): number {
  const titleWords = (columns[column]?.title ?? '').split(' ');
  const cells = rows.map(({ cells, isTotal = false }) => pen.widthOf(cells[column] ?? '', { size, isBold: isTotal }));
  return Math.max(...titleWords.map((word) => pen.widthOf(word, { size, isBold: true })), ...cells) + 0.1;
}

function cellLines(pen: LetterPen, { size, widths }: Layout, { cells, isTotal = false }: TableRow): string[][] {
  return cells.map((cell, column) => pen.linesOf(cell, { size, isBold: isTotal, width: widths[column] ?? 0 }));
}

function rowHeight(pen: LetterPen, layout: Layout, row: TableRow): number {
  const lines = Math.max(...cellLines(pen, layout, row).map(({ length }) => length));
  return lines * lineHeight(layout.size) + 2 * PADDING * layout.size;
}

function drawRow(pen: LetterPen, table: LetterTable, layout: Layout, row: TableRow): void {
  const { size, widths } = layout;
  let left: number = BODY.left;
  for (const [column, lines] of cellLines(pen, layout, row).entries()) {
    const width = widths[column] ?? 0;
    const style = { size, isBold: row.isTotal ?? false, left, width, align: table.columns[column]?.align ?? 'left' };
    for (const [index, line] of lines.entries()) {
      pen.setLine(line, pen.top + PADDING * size + index * lineHeight(size), style);
    }
    left += width + GAP * size;
  }
  pen.top += rowHeight(pen, layout, row);
}

function drawRule(pen: LetterPen, gray: number): void {
  pen.canvas.rectangle({ x: BODY.left, y: pen.top - 0.2, width: BODY.right - BODY.left, height: 0.4, gray });
}
