import { readCamt } from './camt/read-camt.ts';
import { balanceFault } from './check-balance.ts';
import type { CsvMapping } from './csv/csv-mapping.ts';
import { readCsv } from './csv/read-csv.ts';
import { readMt940 } from './mt940/read-mt940.ts';
import type { AccountStatement, Reading, StatementFault } from './statement.ts';
import { type IgnoredMovements, type StatementEntry, statementEntries } from './statement-entries.ts';
import { STATEMENT_BYTES_MAX, STATEMENT_ENTRIES_MAX, STATEMENT_SPLIT_CURE } from './statement-limits.ts';

/** A file of the bank; a camt file says itself whether it is a statement (053) or a notification (054). */
export type StatementFile =
  | { readonly format: 'camt' | 'mt940'; readonly bytes: Uint8Array }
  | { readonly format: 'csv'; readonly bytes: Uint8Array; readonly csvMapping: CsvMapping };

/** What a file says. `throughOn`: the last day of which it tells all that was booked, `null` for a notification. */
export interface StatementContent {
  readonly entries: readonly StatementEntry[];
  readonly ignored: IgnoredMovements;
  readonly statements: readonly { readonly account: string; readonly throughOn: string | null }[];
}

/**
 * Reads a file of the bank: camt.053 and camt.054 of every version, MT940, or CSV as declared. It is taken whole or not at all: what cannot be read, or does
 * not add up, refuses the file and says where.
 */
export function parseStatement(
  file: StatementFile,
): ({ ok: true } & StatementContent) | { ok: false; fault: StatementFault } {
  const read = readStatements(file);
  if (!read.ok) return read;
  const faults = read.value.map(balanceFault);
  const fault = faults.find((found) => found !== null);
  if (fault) return { ok: false, fault };
  const statements = read.value.map(({ account, throughOn }) => ({ account, throughOn }));
  const taken = statementEntries(read.value);
  const { length } = taken.entries;
  if (length > STATEMENT_ENTRIES_MAX) {
    return tooLarge(`holds ${length} payments; at most ${STATEMENT_ENTRIES_MAX} are taken at once`);
  }
  return { ok: true, ...taken, statements };
}

function tooLarge(problem: string): { ok: false; fault: StatementFault } {
  return { ok: false, fault: { line: 1, detail: `${problem}: ${STATEMENT_SPLIT_CURE}` } };
}

function readStatements(file: StatementFile): Reading<readonly AccountStatement[]> {
  const { bytes } = file;
  if (bytes.length > STATEMENT_BYTES_MAX) return tooLarge(`is larger than ${STATEMENT_BYTES_MAX / 1024 ** 2} MiB`);
  if (bytes.length === 0) return { ok: false, fault: { line: 1, detail: 'is empty' } };
  switch (file.format) {
    case 'camt':
      return readCamt(bytes);
    case 'mt940':
      return readMt940(bytes);
    case 'csv':
      return readCsv(bytes, file.csvMapping);
  }
}
