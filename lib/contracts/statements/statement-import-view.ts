import type { Fault } from '../fault.ts';
import type { StatementFault } from './statement.ts';
import type { IgnoredMovements } from './statement-entries.ts';

/** What became of one entry: it paid the invoices found by a rule, for the reason given, found none, or was known already. */
interface ImportedEntry {
  readonly transactionId: string;
  readonly result: 'matched' | 'unapplied' | 'duplicate';
  readonly rule: string | null;
  readonly why: string | null;
  readonly invoiceIds: readonly string[];
}

/** What became of a file of the bank, entry by entry, and how many movements in it are no payment of a debtor. */
export interface StatementImport {
  readonly entries: readonly ImportedEntry[];
  readonly ignored: IgnoredMovements;
}

/** The answer of `POST /bank-statements`. */
export function statementImportView({ entries, ignored }: StatementImport) {
  return {
    entries: entries.map(({ transactionId, result, rule, why, invoiceIds }) => ({
      transactionId,
      result,
      rule,
      why,
      invoiceIds,
    })),
    ignored: {
      debits: ignored.debits,
      returnedDebits: ignored.returnedDebits,
      totals: ignored.totals,
      empty: ignored.empty,
      notBooked: ignored.notBooked,
    },
  };
}

/** The fault of a file that cannot be taken: a file is no JSON, so that the place is a line, and the pointer the whole body. */
export function statementFaultView({ line, column, path, detail }: StatementFault): Fault & { readonly line: number } {
  const place = `line ${line}${column === undefined ? '' : `, column ${column}`}${path === undefined ? '' : `, ${path}`}`;
  return { pointer: '', detail: `${place}: ${detail}`, line, ...(column && { column }), ...(path && { path }) };
}
