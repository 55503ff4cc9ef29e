import type { NoticeFacts } from '../../domain/notice.ts';
import { formatDate } from '../format.ts';
import { oneLine } from '../printable.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import { type LetterPen, lineHeight } from './letter-pen.ts';
import { addressWindow, BODY, points } from './paper.ts';

/** The place and size of a block of lines. */
interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const SIZE = 9;
const SIZE_MIN = 3;

/**
 * Draws what stands above the text of the first page: who writes, to whom, where an envelope's window shows it, how it is sent, where and when. Leaves the pen where the
 * text begins.
 */
export function drawLetterhead(pen: LetterPen, facts: NoticeFacts, isRegistered: boolean): void {
  const { creditor, customer, language } = facts;
  const labels = LETTER_LABELS[language];
  const window = addressWindow(customer.address?.country ?? '');
  const [name, ...below] = senderLines(facts);
  const head = { left: BODY.left, top: points(13), width: points(85), height: points(28) };
  const nameHeight = drawFitted(pen, [name ?? ''], { ...head, height: points(11) }, { size: 11.5, isBold: true });
  drawFitted(pen, below, { ...head, top: head.top + nameHeight, height: head.height - nameHeight }, { size: 7.8 });
  if (isRegistered) {
    const top = window.top - points(9);
    pen.setLine(labels.registered, top, { size: 7.8, isBold: true, left: window.left, width: window.width });
  }
  drawFitted(pen, recipientLines(facts), window, { size: SIZE });
  const date = formatDate(facts.today, language);
  const place = placeOf(creditor.addressLines);
  const written = place === null ? date : `${place}, ${language === 'fr' ? 'le ' : ''}${date}`;
  pen.top = window.textTop;
  pen.setLine(written, pen.top, { size: SIZE * pen.scale, align: 'right' });
  pen.top += lineHeight(SIZE * pen.scale) * 1.6;
}

function senderLines({ creditor, language }: NoticeFacts): string[] {
  const { phone, email } = LETTER_LABELS[language];
  const reached = [`${phone} ${oneLine(creditor.phone)}`, `${email} ${oneLine(creditor.replyToAddress)}`];
  return [oneLine(creditor.name), ...creditor.addressLines.map(oneLine), ...reached].filter((line) => line !== '');
}

/** The address as it is known, its second line the person it is meant for at a company. */
function recipientLines({ customer, contactName, language }: NoticeFacts): string[] {
  const known = (customer.address?.lines ?? []).map(oneLine).filter((line) => line !== '');
  const [name = oneLine(customer.name), ...lines] = known;
  const person = oneLine(contactName ?? '');
  const isNamed = person === '' || customer.kind === 'consumer' || known.some((line) => line.includes(person));
  return [name, ...(isNamed ? [] : [`${LETTER_LABELS[language].attention} ${person}`]), ...lines];
}

/** Draws lines in the largest type in which they fit the area, at most `size`; answers the height they took. */
function drawFitted(
  pen: LetterPen,
  texts: readonly string[],
  { left, top, width, height }: Area,
  { size: sizeMax, isBold = false }: { size: number; isBold?: boolean },
): number {
  for (let size = sizeMax; ; size *= 0.95) {
    const style = { size, isBold, left, width };
    const lines = texts.flatMap((text) => pen.linesOf(text, style));
    if (lines.length * lineHeight(size) > height && size > SIZE_MIN) continue;
    for (const [index, line] of lines.entries()) pen.setLine(line, top + index * lineHeight(size), style);
    return lines.length * lineHeight(size);
  }
}

/** The town the creditor writes from: what follows the postcode in its address, without the mention of special delivery. */
function placeOf(addressLines: readonly string[]): string | null {
  const towns = addressLines.map((line) => /^(?:[A-Z]{1,2}-)?\d{4,5}\s+(\p{L}.*)$/u.exec(oneLine(line))?.[1]);
  return towns.findLast((town) => town !== undefined)?.replace(/\s+cedex(?:\s+\d+)?$/i, '') ?? null;
}
