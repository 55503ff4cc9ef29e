import type { NoticeFacts } from '../../domain/notice.ts';
import { oneLine } from '../printable.ts';
import { type ChargesTables, chargesTables } from './charges-table.ts';
import { drawLetterhead } from './draw-letterhead.ts';
import { drawPayment } from './draw-payment.ts';
import { drawTable } from './draw-table.ts';
import { invoiceTable } from './invoice-table.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import { type LetterPen, lineHeight } from './letter-pen.ts';
import { BODY, points } from './paper.ts';
import { paymentRequest } from './payment-request.ts';
import type { Wording, WordingBlock } from './wording.ts';

/** The type size of the body, in points. */
const SIZE = 9.2;
/** The blank above a paragraph, a table or a box, as a multiple of the type size. */
const BLANK = 0.62;
const BLANK_ABOVE_ITEM = 0.15;
/** The blank to sign in, in points. */
const SIGNATURE_HEIGHT = points(13);

/** How many pages a letter takes: without its annex, and in all. */
export interface LetterExtent {
  readonly bodyPages: number;
  readonly pages: number;
}

/** Draws a letter from the letterhead to the annex. */
export function drawLetter(pen: LetterPen, wording: Wording, facts: NoticeFacts): LetterExtent {
  const size = SIZE * pen.scale;
  const labels = LETTER_LABELS[facts.language];
  drawLetterhead(pen, facts, wording.isRegistered);
  pen.write(`${labels.object} ${wording.object}`, { size, isBold: true });
  pen.skip(BLANK * size);
  const charges = chargesTables(facts);
  for (const block of wording.blocks) drawBlock(pen, block, facts, charges);
  const bodyPages = pen.page;
  if (charges?.isAnnexed) {
    pen.turnPage();
    pen.write(labels.annex, { size, isBold: true });
    pen.skip(BLANK * size);
    drawTable(pen, charges.detail);
  }
  pen.finish();
  return { bodyPages, pages: pen.page };
}

function drawBlock(pen: LetterPen, block: WordingBlock, facts: NoticeFacts, charges: ChargesTables | null): void {
  const size = SIZE * pen.scale;
  if (block.kind === 'charges') {
    drawCharges(pen, charges, size);
    return;
  }
  if (block.kind === 'signature') {
    drawSignature(pen, facts, size);
    return;
  }
  pen.skip((block.kind === 'item' ? BLANK_ABOVE_ITEM : BLANK) * size);
  if (block.kind === 'paragraph') pen.write(block.text, { size });
  else if (block.kind === 'item') drawItem(pen, block.text, size);
  else if (block.kind === 'invoices') drawTable(pen, invoiceTable(facts));
  else drawPayment(pen, paymentRequest(facts), facts.language);
}

function drawItem(pen: LetterPen, text: string, size: number): void {
  pen.reserve(lineHeight(size));
  pen.setLine('–', pen.top, { size, left: BODY.left + size * 0.4 });
  pen.write(text, { size, left: BODY.left + size * 1.5 });
}

/** How the interest was worked out, unless an annex says it, then what is due in all. */
function drawCharges(pen: LetterPen, charges: ChargesTables | null, size: number): void {
  if (charges === null) return;
  if (!charges.isAnnexed && charges.detail.rows.length > 0) {
    pen.skip(BLANK * size);
    drawTable(pen, charges.detail);
  }
  pen.skip(BLANK * size);
  drawTable(pen, charges.summary);
}

/** Room to sign above the name and the function of who signs, on the right; never parted. */
function drawSignature(pen: LetterPen, { creditor }: NoticeFacts, size: number): void {
  const left = points(110);
  const lines = [oneLine(creditor.signatory.name), oneLine(creditor.signatory.title)].flatMap((text, index) => {
    const style = { size, isBold: index === 0, left };
    return pen.linesOf(text, style).map((line) => ({ line, style }));
  });
  pen.reserve(SIGNATURE_HEIGHT * pen.scale + lines.length * lineHeight(size));
  pen.skip(SIGNATURE_HEIGHT * pen.scale);
  for (const { line, style } of lines) {
    pen.setLine(line, pen.top, style);
    pen.top += lineHeight(size);
  }
}
