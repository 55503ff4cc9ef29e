import type { Reading } from './statement.ts';

/** What an XML declaration may name, in lower case, and what it is decoded with. */
const XML_ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
};

/** Decodes an XML file by its byte order mark, else by its declaration, else as UTF-8. What does not fit is refused. */
export function decodeXml(bytes: Uint8Array): Reading<string> {
  const marked = markedEncoding(bytes);
  if (marked !== null) return decodeStrictly(bytes, marked);
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  const encoding = XML_ENCODINGS[declared.toLowerCase()];
  if (encoding !== undefined) return decodeStrictly(bytes, encoding);
  return { ok: false, fault: { line: 1, detail: `is in the encoding ${declared}, which is not read here: use UTF-8` } };
}

/** Decodes a text file, which does not say its encoding: UTF-8 when it is that, else what Windows writes in western Europe. */
export function decodeText(bytes: Uint8Array): Reading<string> {
  const strict = decodeStrictly(bytes, markedEncoding(bytes) ?? 'utf-8');
  return strict.ok || markedEncoding(bytes) !== null ? strict : decodeStrictly(bytes, 'windows-1252');
}

function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb ? 'utf-8' : null;
}

function decodeStrictly(bytes: Uint8Array, encoding: string): Reading<string> {
  const text = textOrNull(bytes, encoding);
  if (text !== null) return { ok: true, value: text };
  return {
    ok: false,
    fault: { line: encoding === 'utf-8' ? brokenLine(bytes) : 1, detail: `holds bytes that are no ${encoding}` },
  };
}

function textOrNull(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function brokenLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (textOrNull(bytes.subarray(start, end), 'utf-8') === null) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}
