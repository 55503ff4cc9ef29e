import { exponentOf } from '../../currency.ts';
import { shown } from '../../fault.ts';
import type { Reading } from '../statement.ts';
import { statementAmount } from '../statement-amount.ts';
import type { ColumnFinder } from './csv-columns.ts';
import type { CsvMapping } from './csv-mapping.ts';
import type { CsvRow } from './csv-rows.ts';

/** Longer than any amount: what is cut there is refused. */
const LENGTH_MAX = 60;

type SignedAmount = { ok: true; signedMinor: number } | { ok: false; detail: string };

/** What a line moved: above zero when it came in. Of a column for credits and one for debits, exactly one is filled. */
export function rowMoney(
  row: CsvRow,
  columns: ColumnFinder,
  mapping: CsvMapping,
): Reading<{ signedMinor: number; currency: string }> {
  const currency = mapping.currency ?? columns.textOf(row, 'currency').toUpperCase();
  const column = filledColumn(row, columns, mapping);
  const read: SignedAmount =
    column === null
      ? { ok: false, detail: 'must have an amount in one of the columns of credits and debits' }
      : signedAmount(columns.textOf(row, column), currency, mapping);
  if (!read.ok) {
    return {
      ok: false,
      fault: { line: row.line, column: columns.positionOf(column ?? 'credit'), detail: read.detail },
    };
  }
  // A column of debits holds them with or without their sign, depending on the bank.
  const signedMinor = column === 'debit' ? -Math.abs(read.signedMinor) : read.signedMinor;
  if (column !== 'credit' || signedMinor >= 0) return { ok: true, value: { signedMinor, currency } };
  return {
    ok: false,
    fault: { line: row.line, column: columns.positionOf('credit'), detail: 'must be no negative amount' },
  };
}

/** Reads an amount as the mapping says it is written, with all decimals of its currency: `1 234,50`, `-12,00`, `12,00-`, `+3,00`. */
export function signedAmount(text: string, currency: string, mapping: CsvMapping): SignedAmount {
  const { decimalSeparator, groupSeparator } = mapping;
  const [, before = '', figure = '', after = ''] =
    /^([+-]?)\s*(\d.*?)\s*(-?)$/s.exec(text.slice(0, LENGTH_MAX).replace('−', '-')) ?? [];
  const groups = groupSeparator === ' ' ? '[ \\u00A0\\u202F]' : `[${groupSeparator ?? ''}]`;
  const exponent = exponentOf(currency) ?? 0;
  const decimals = exponent === 0 ? '' : `[${decimalSeparator}]\\d{${exponent}}`;
  const whole = groupSeparator === undefined ? '\\d+' : `(?:\\d{1,3}(?:${groups}\\d{3})+|\\d+)`;
  if (!new RegExp(`^${whole}${decimals}$`).test(figure) || (before !== '' && after !== '')) {
    const example = exponent === 0 ? '1234' : `1234${decimalSeparator}${'5'.padEnd(exponent, '0')}`;
    return { ok: false, detail: `must be an amount such as ${example} ${currency}, not ${shown(text)}` };
  }
  const [wholeDigits = '', decimalDigits = ''] = figure.split(exponent === 0 ? '\n' : decimalSeparator);
  const amount = statementAmount(`${wholeDigits.replace(/\D/g, '')}.${decimalDigits}`, currency);
  if (!amount.ok) return amount;
  return { ok: true, signedMinor: before === '-' || after === '-' ? -amount.amountMinor : amount.amountMinor };
}

function filledColumn(row: CsvRow, columns: ColumnFinder, mapping: CsvMapping): 'amount' | 'credit' | 'debit' | null {
  if (mapping.columns.amount !== undefined) return 'amount';
  const [hasCredit, hasDebit] = [columns.textOf(row, 'credit') !== '', columns.textOf(row, 'debit') !== ''];
  if (hasCredit === hasDebit) return null;
  return hasCredit ? 'credit' : 'debit';
}
