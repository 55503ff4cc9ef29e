import { expect, it } from 'vitest';
import { parseStatement } from '../../../lib/contracts/statements/parse-statement.ts';
import { STATEMENT_BYTES_MAX, STATEMENT_ENTRIES_MAX } from '../../../lib/contracts/statements/statement-limits.ts';
import { COMMA_CSV } from './statement-files.ts';

/** A CSV with so many payments, and as many debits, which are not booked and do not count. */
function csvOf(payments: number) {
  const rows = Array.from({ length: payments }, (_, n) => [
    `2026-01-05,1.00,EUR,A,,no ${n},,`,
    '2026-01-05,-1.00,EUR,,,fee,,',
  ]);
  const bytes = new TextEncoder().encode(rows.flat().join('\n'));
  return parseStatement({ format: 'csv', bytes, csvMapping: COMMA_CSV });
}

it('takes as many payments as one call can book', () => {
  const parsed = csvOf(STATEMENT_ENTRIES_MAX);
  expect(parsed.ok && parsed.entries.length).toBe(STATEMENT_ENTRIES_MAX);
});

it('refuses one payment more, and says to split the file', () => {
  const detail =
    'holds 10001 payments; at most 10000 are taken at once: send it in parts, each of whole days of an account';
  expect(csvOf(STATEMENT_ENTRIES_MAX + 1)).toEqual({ ok: false, fault: { line: 1, detail } });
});

it('refuses a file of too many bytes unread, and says to split it', () => {
  const bytes = new Uint8Array(STATEMENT_BYTES_MAX + 1);
  const detail = 'is larger than 5 MiB: send it in parts, each of whole days of an account';
  expect(parseStatement({ format: 'mt940', bytes })).toEqual({ ok: false, fault: { line: 1, detail } });
});
