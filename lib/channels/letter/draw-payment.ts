import type { Language } from '../../domain/customer.ts';
import { qrModules } from '../qr-code.ts';
import { darkRuns } from './dark-runs.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import { type LetterPen, lineHeight } from './letter-pen.ts';
import { BODY, points } from './paper.ts';
import type { PaymentRequest } from './payment-request.ts';

const SIZE = 8.8;
/** The width of the column of labels, as a multiple of the type size. */
const LABELS_WIDTH = 11;
/** The white space that a reader needs around a code, in modules. */
const QUIET_ZONE = 4;
/** The side of a code with its quiet zone: a module of the largest payment code, of version 13, is then 0.35 mm. */
const QR_SIDE = points(27);

/** Draws the box that says how to pay, its QR code on the right. It never breaks over two pages. */
export function drawPayment(pen: LetterPen, request: PaymentRequest, language: Language): void {
  const size = SIZE * pen.scale;
  const padding = size * 0.6;
  const qrSide = request.qrPayload === null ? 0 : QR_SIDE;
  const labelLeft = BODY.left + padding;
  const left = labelLeft + LABELS_WIDTH * size;
  const value = { size, isBold: true, left, width: BODY.right - padding - qrSide - left };
  const scan = { size: size * 0.8, gray: 0.3, left: labelLeft, width: BODY.right - padding - qrSide - labelLeft };
  const rows = request.lines.map((line) => ({ label: line.label, lines: pen.linesOf(line.value, value) }));
  const hints = request.qrPayload === null ? [] : pen.linesOf(LETTER_LABELS[language].scan, scan);
  const rowsHeight = rows.reduce((sum, { lines }) => sum + lines.length, 0) * lineHeight(size);
  const height = Math.max(rowsHeight + hints.length * lineHeight(scan.size) + 2 * padding, qrSide);
  pen.reserve(height);
  const top = pen.top;
  drawFrame(pen, height);
  if (request.qrPayload !== null) drawQr(pen, request.qrPayload, BODY.right - qrSide, top + (height - qrSide) / 2);
  pen.top = top + padding;
  for (const { label, lines } of rows) {
    pen.setLine(label, pen.top, { size, left: labelLeft });
    for (const line of lines) {
      pen.setLine(line, pen.top, value);
      pen.top += lineHeight(size);
    }
  }
  for (const [index, hint] of hints.entries()) {
    pen.setLine(hint, pen.top + index * lineHeight(scan.size) + padding / 2, scan);
  }
  pen.top = top + height;
}

function drawFrame({ canvas, top }: LetterPen, height: number): void {
  const width = BODY.right - BODY.left;
  const horizontal = { x: BODY.left, width, height: 0.5, gray: 0.5 };
  const vertical = { y: top, width: 0.5, height, gray: 0.5 };
  canvas.rectangle({ ...horizontal, y: top });
  canvas.rectangle({ ...horizontal, y: top + height - 0.5 });
  canvas.rectangle({ ...vertical, x: BODY.left });
  canvas.rectangle({ ...vertical, x: BODY.right - 0.5 });
}

function drawQr({ canvas }: LetterPen, payload: string, left: number, top: number): void {
  const modules = qrModules(payload);
  const side = QR_SIDE / (modules.length + 2 * QUIET_ZONE);
  for (const { row, column, length } of darkRuns(modules)) {
    const x = left + (column + QUIET_ZONE) * side;
    canvas.rectangle({ x, y: top + (row + QUIET_ZONE) * side, width: length * side, height: side });
  }
}
