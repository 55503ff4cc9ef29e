import { describe, expect, it } from 'vitest';
import { tableText } from '../../../lib/channels/letter/letter-table.ts';
import { visualRuns } from '../../../lib/channels/letter/visual-order.ts';
import { parseWording } from '../../../lib/channels/letter/wording.ts';
import { wrapText } from '../../../lib/channels/letter/wrap-text.ts';

describe('the wording of a letter', () => {
  it('is an object, then paragraphs, items and the places of what is drawn', () => {
    const text =
      'Unpaid invoice\n\n[registered]\n\nDear Sir,\n\n- one\n- two\n\n\n[invoices]\nSee [payment] below.\n[payment]\n';
    expect(parseWording(text)).toEqual({
      object: 'Unpaid invoice',
      isRegistered: true,
      blocks: [
        { kind: 'paragraph', text: 'Dear Sir,' },
        { kind: 'item', text: 'one' },
        { kind: 'item', text: 'two' },
        { kind: 'invoices' },
        { kind: 'paragraph', text: 'See [payment] below.' },
        { kind: 'payment' },
      ],
    });
  });
});

describe('lines of text', () => {
  const widthOf = (text: string) => [...text].length;

  it.each([
    { text: 'one two three', lines: ['one two', 'three'] },
    { text: 'a abcdefghijkl b', lines: ['a', 'abcdefgh', 'ijkl b'] },
    { text: '1\u00A0234,50\u00A0€ due', lines: ['1\u00A0234,50', '\u00A0€ due'] },
    { text: '😀😀😀😀😀😀😀😀😀', lines: ['😀😀😀😀😀😀😀😀', '😀'] },
    { text: '', lines: [''] },
  ])('break "$text" at spaces, and inside a word only when it is wider than a line', ({ text, lines }) => {
    expect(wrapText(text, 8, widthOf)).toEqual(lines);
  });
});

describe('the order on paper', () => {
  it.each([
    { line: 'Bonjour', runs: ['Bonjour'] },
    { line: 'Société שלום עולם SARL', runs: ['Société ', 'שלום עולם', ' SARL'] },
    { line: 'שלום 12', runs: ['12 ', 'שלום'] },
    { line: '12 شارع الحرية', runs: ['شارع الحرية', ' 12'] },
    { line: '', runs: [] },
  ])('of "$line" is that of its first letter', ({ line, runs }) => {
    expect(visualRuns(line)).toEqual(runs);
  });
});

describe('a table in plain text', () => {
  it('stands in columns, amounts on the right', () => {
    const columns = [
      { title: 'Invoice', align: 'left' as const },
      { title: 'Due', align: 'right' as const },
    ];
    const rows = [{ cells: ['A', '1 000'] }, { cells: ['Total', '1 000'], isTotal: true }];
    expect(tableText({ columns, rows })).toBe('Invoice    Due\nA        1 000\nTotal    1 000');
  });

  it('has no header when its columns have no titles', () => {
    const columns = [
      { title: '', align: 'left' as const },
      { title: '', align: 'right' as const },
    ];
    expect(tableText({ columns, rows: [{ cells: ['Interest', '5'] }] })).toBe('Interest  5');
  });
});
