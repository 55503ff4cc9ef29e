/** One field of a SWIFT message: its tag without colons, its lines, and where it begins. */
export interface Mt940Field {
  readonly tag: string;
  readonly lines: readonly string[];
  readonly line: number;
}

/** The fields of a file, in its order. */
export interface Mt940Text {
  readonly fields: readonly Mt940Field[];
  /** The first line that belongs to no field, `null` when there is none. */
  readonly stray: number | null;
}

/** What some banks write above a message: their name and the kind of the message. */
const HEADING = /^(?::940:)?[A-Z0-9\s\p{Cc}]*$/u;

const TAG = /^:(\d\d[A-Z]?|[A-Z]{2}):/;

/** Splits a file into the fields of its messages. Envelopes of SWIFT (`{1:…}{4:` before, `-` or `-}` after) are taken off. */
export function mt940Fields(text: string): Mt940Text {
  const fields: { tag: string; lines: string[]; line: number }[] = [];
  let stray: number | null = null;
  let isOpen = false;
  const lines = text.split(/\r\n|\n|\r/).map(withoutEnvelope);
  for (const [index, content] of lines.entries()) {
    const tag = TAG.exec(content);
    if (tag?.[1]) {
      fields.push({ tag: tag[1], lines: [content.slice(tag[0].length)], line: index + 1 });
      isOpen = true;
    } else if (isEnd(content, lines[index + 1])) isOpen = false;
    else if (isOpen) fields.at(-1)?.lines.push(content);
    else if (!HEADING.test(content)) stray ??= index + 1;
  }
  return { fields, stray };
}

function withoutEnvelope(line: string): string {
  return line.replace(/^(?:\{[^:{}]*:(?:[^{}]|\{[^{}]*\})*\})*(?:\{4:)?/, '');
}

/** A dash alone ends a message, unless text goes on behind it: some banks break their lines even there. */
function isEnd(line: string, next: string | undefined): boolean {
  if (/^-\}/.test(line)) return true;
  return /^-\s*$/.test(line) && (next === undefined || HEADING.test(next) || next.startsWith(':20:'));
}
