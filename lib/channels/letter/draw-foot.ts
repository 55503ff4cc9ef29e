import type { NoticeFacts } from '../../domain/notice.ts';
import { oneLine, webAddress } from '../printable.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import { type LetterPen, lineHeight } from './letter-pen.ts';
import { BODY, PAGE, points } from './paper.ts';

const SIZE = 6.2;
const SIZE_MIN = 3;
const HEIGHT = points(11);
const TOP = PAGE.height - points(7.5) - HEIGHT;

/** Draws the foot of the page: who the creditor is by law, where to read about personal data, and which page it is when there are several. */
export function drawFoot(pen: LetterPen, { creditor, language }: NoticeFacts, pageCount: number): void {
  const labels = LETTER_LABELS[language];
  const privacyUrl = webAddress(creditor.privacyUrl);
  const texts = [oneLine(creditor.legalNotice), ...(privacyUrl === null ? [] : [`${labels.privacy} ${privacyUrl}`])];
  const width = BODY.right - BODY.left - points(20);
  for (let size = SIZE; ; size *= 0.95) {
    const lines = texts.flatMap((text) => pen.linesOf(text, { size, width }));
    if (lines.length * lineHeight(size) > HEIGHT && size > SIZE_MIN) continue;
    for (const [index, line] of lines.entries()) {
      pen.setLine(line, TOP + index * lineHeight(size), { size, gray: 0.3 });
    }
    break;
  }
  if (pageCount === 1) return;
  pen.setLine(`${labels.page} ${pen.page} / ${pageCount}`, TOP, { size: SIZE, align: 'right', gray: 0.3 });
}
