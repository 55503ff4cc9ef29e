import { decodeText } from '../decode-statement.ts';
import type { AccountStatement, Booking, Reading, StatementFault } from '../statement.ts';
import { givenReference, oneLine, severalLines, soundIban } from '../statement-text.ts';
import { type ColumnFinder, columnFinder } from './csv-columns.ts';
import { csvDate } from './csv-date.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { rowMoney, signedAmount } from './csv-money.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { runningBalanceFault } from './running-balance.ts';

/** Reads the CSV of a bank as its mapping declares it. A line with more or fewer fields than the first is where the file is broken. */
export function readCsv(bytes: Uint8Array, mapping: CsvMapping): Reading<readonly AccountStatement[]> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const read = readCsvRows(withoutFirstLines(decoded.value, mapping.skippedLines ?? 0), mapping.delimiter);
  if (!read.ok) return read;
  const rows = mapping.footerLines ? read.value.slice(0, -mapping.footerLines) : read.value;
  const [first] = rows;
  if (first === undefined) return { ok: false, fault: { line: 1, detail: 'holds no line of the declared kind' } };
  const uneven = rows.find(({ fields }) => fields.length !== first.fields.length);
  if (uneven) return { ok: false, fault: unevenFault(uneven, first.fields.length) };
  const finder = columnFinder(first, mapping);
  if (!finder.ok) return finder;
  return statementOf(mapping.hasHeader ? rows.slice(1) : rows, finder.value, mapping);
}

function statementOf(
  rows: readonly CsvRow[],
  columns: ColumnFinder,
  mapping: CsvMapping,
): Reading<readonly AccountStatement[]> {
  const faults: StatementFault[] = [];
  const read = rows.map((row) => bookingOf(row, { columns, mapping }, faults));
  const bookings = read.filter((booking) => booking !== null);
  const [fault = runningBalanceFault(balancesOf(rows, { columns, mapping }, faults), bookings)] = faults;
  if (fault !== null) return { ok: false, fault };
  const throughOn =
    bookings
      .map(({ bookedOn }) => bookedOn)
      .sort()
      .at(-1) ?? null;
  const statement = {
    line: 1,
    account: soundIban(mapping.account) ?? mapping.account,
    statementId: '',
    opening: null,
    closing: null,
  };
  return { ok: true, value: [{ ...statement, bookings, notBooked: 0, throughOn }] };
}

interface CsvReader {
  readonly columns: ColumnFinder;
  readonly mapping: CsvMapping;
}

function bookingOf(row: CsvRow, { columns, mapping }: CsvReader, faults: StatementFault[]): Booking | null {
  const money = rowMoney(row, columns, mapping);
  const bookedOn = csvDate(columns.textOf(row, 'bookedOn'), mapping.dateFormat);
  const valueText = columns.textOf(row, 'valueOn');
  const valueOn = valueText === '' ? bookedOn : csvDate(valueText, mapping.dateFormat);
  if (!money.ok) faults.push(money.fault);
  if (bookedOn === null) faults.push(dateFault(row, columns, mapping, 'bookedOn'));
  else if (valueOn === null) faults.push(dateFault(row, columns, mapping, 'valueOn'));
  if (!money.ok || bookedOn === null || valueOn === null) return null;
  const words = wordsOf(row, columns);
  const movement = money.value.signedMinor < 0 ? 'debit' : 'credit';
  return {
    movement,
    nature: movement === 'debit' && isTakenBack(words.remittance, mapping) ? 'return' : 'payment',
    amountMinor: Math.abs(money.value.signedMinor),
    chargesMinor: 0,
    currency: money.value.currency,
    bookedOn,
    valueOn,
    ...words,
    // All that is written but the balance, so that another mapping of the same file makes no other transactions.
    identity: ['csv', ...row.fields.filter((_, index) => index + 1 !== columns.positionOf('balance'))],
  };
}

function wordsOf(row: CsvRow, columns: ColumnFinder) {
  const words = {
    debtorName: oneLine(columns.textOf(row, 'debtorName'), 140),
    debtorIban: soundIban(columns.textOf(row, 'debtorIban')),
    remittance: severalLines(columns.remittanceOf(row), 1000),
    endToEndId: givenReference(columns.textOf(row, 'endToEndId')),
    structuredReference: givenReference(columns.textOf(row, 'structuredReference')),
    bankReference: givenReference(columns.textOf(row, 'bankReference')),
  };
  const given = Object.entries(words).filter(([, text]) => text !== undefined);
  return Object.fromEntries(given) as { [Word in keyof typeof words]?: string };
}

function isTakenBack(remittance: string | undefined, { returnWords = [] }: CsvMapping): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  return returnWords.some((word) => plain(remittance ?? '').includes(plain(word)));
}

function balancesOf(rows: readonly CsvRow[], { columns, mapping }: CsvReader, faults: StatementFault[]) {
  if (mapping.columns.balance === undefined) return [];
  return rows.map((row) => {
    const currency = mapping.currency ?? columns.textOf(row, 'currency').toUpperCase();
    const amount = signedAmount(columns.textOf(row, 'balance'), currency, mapping);
    if (amount.ok) return { line: row.line, balanceMinor: amount.signedMinor };
    faults.push({ line: row.line, column: columns.positionOf('balance'), detail: amount.detail });
    return { line: row.line, balanceMinor: 0 };
  });
}

function dateFault(
  row: CsvRow,
  columns: ColumnFinder,
  { dateFormat }: CsvMapping,
  column: 'bookedOn' | 'valueOn',
): StatementFault {
  return { line: row.line, column: columns.positionOf(column), detail: `must be a day written as ${dateFormat}` };
}

function unevenFault({ line, fields }: CsvRow, expected: number): StatementFault {
  return { line, detail: `has ${fields.length} fields where the first line has ${expected}` };
}

/** Blanks the first lines, so that those after keep their numbers. */
function withoutFirstLines(text: string, count: number): string {
  let start = 0;
  for (let skipped = 0; skipped < count; skipped += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return '';
    start = end + 1;
  }
  return '\n'.repeat(count) + text.slice(start);
}
