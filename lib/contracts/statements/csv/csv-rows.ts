import type { Reading } from '../statement.ts';

/** One record of a CSV file and the line it begins on. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Splits CSV as RFC 4180 has it: a field in quotes may hold delimiters, line breaks and doubled quotes. A quote that is not closed, or text beside a quoted
 * field, refuses the file. Blank lines are left out.
 */
export function readCsvRows(text: string, delimiter: string): Reading<CsvRow[]> {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let [at, line, begun] = [0, 1, 1];
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter);
    if (field === null) return { ok: false, fault: { line, detail: 'has a quote that is never closed' } };
    line += linesIn(field.value);
    fields.push(field.value);
    const end = endAt(text, field.end, delimiter);
    if (end === null) return { ok: false, fault: { line, detail: 'has text beside a field in quotes' } };
    at = end.next;
    if (end.kind === 'field' && at < text.length) continue;
    if (end.kind === 'field') fields.push('');
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: begun, fields });
    fields = [];
    line += 1;
    begun = line;
  }
  return { ok: true, value: rows };
}

function quotedField(text: string, start: number): { value: string; end: number } | null {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end === -1 ? null : { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
}

function plainField(text: string, start: number, delimiter: string): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function endAt(text: string, at: number, delimiter: string): { kind: 'field' | 'row'; next: number } | null {
  if (text[at] === delimiter) return { kind: 'field', next: at + 1 };
  if (text[at] === '\r') return { kind: 'row', next: text[at + 1] === '\n' ? at + 2 : at + 1 };
  return at >= text.length || text[at] === '\n' ? { kind: 'row', next: at + 1 } : null;
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
