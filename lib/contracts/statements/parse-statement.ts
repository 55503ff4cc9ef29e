import { readCamt } from './camt/read-camt.ts';
import { balanceFault } from './check-balance.ts';
import type { CsvMapping } from './csv/csv-mapping.ts';
import { readCsv } from './csv/read-csv.ts';
import { readMt940 } from './mt940/read-mt940.ts';
import type { AccountStatement, Reading, StatementFault } from './statement.ts';
import { type IgnoredMovements, type StatementEntry, statementEntries } from './statement-entries.ts';

/** A larger file is refused: it would not pass the API anyhow, and no account has that many bookings in a day. */
const BYTES_MAX = 5 * 1024 * 1024;

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
  return { ok: true, ...statementEntries(read.value), statements };
}

function readStatements(file: StatementFile): Reading<readonly AccountStatement[]> {
  const { bytes } = file;
  if (bytes.length > BYTES_MAX) return { ok: false, fault: { line: 1, detail: 'is larger than 5 MiB' } };
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
