import type { NoticeFacts } from '../../domain/notice.ts';
import { oneLine } from '../printable.ts';
import { BLANK_CANVAS, type Canvas, newDocument, pdfCanvas } from './canvas.ts';
import { drawFoot } from './draw-foot.ts';
import { drawLetter } from './draw-letter.ts';
import { LetterPen } from './letter-pen.ts';
import { embedTypefaces } from './typefaces.ts';
import type { Wording } from './wording.ts';

/** How far the type of the body may shrink so that a letter fits one page. */
const SCALES = [1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.77, 0.74, 0.72];

/**
 * Prints a letter on A4, as a PDF: in type that is a little smaller where that makes it one page, else in full size on as many pages as it needs. An annex begins on a
 * page of its own. The same letter always has the same bytes.
 */
export async function printLetter(wording: Wording, facts: NoticeFacts): Promise<Uint8Array> {
  const document = await newDocument();
  const typefaces = await embedTypefaces(document);
  const draw = (canvas: Canvas, scale: number, pageCount: number) => {
    const foot = (pen: LetterPen) => drawFoot(pen, facts, pageCount);
    return drawLetter(new LetterPen({ canvas, typefaces, scale, drawFoot: foot }), wording, facts);
  };
  const scale = SCALES.find((smaller) => draw(BLANK_CANVAS, smaller, 1).bodyPages === 1) ?? 1;
  draw(pdfCanvas(document), scale, draw(BLANK_CANVAS, scale, 1).pages);
  const writtenAt = new Date(`${facts.today}T00:00:00Z`);
  document.setTitle(wording.object);
  document.setAuthor(oneLine(facts.creditor.name));
  document.setLanguage(facts.language);
  document.setCreationDate(writtenAt);
  document.setModificationDate(writtenAt);
  return document.save();
}
