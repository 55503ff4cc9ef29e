import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { CsvMappingSchema } from '../../../lib/contracts/statements/csv/csv-mapping.ts';
import { parseStatement, type StatementFile } from '../../../lib/contracts/statements/parse-statement.ts';

/** A file of the folder `fixtures`, as the bank would send it. */
export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}

/** The text of a fixture in UTF-8. */
export function fixtureText(name: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(fixtureBytes(name));
}

export const FRENCH_CSV = z.parse(CsvMappingSchema, {
  delimiter: ';',
  decimalSeparator: ',',
  groupSeparator: ' ',
  dateFormat: 'DD/MM/YYYY',
  skippedLines: 1,
  hasHeader: true,
  columns: {
    ...{ bookedOn: 'Date', valueOn: 'Date valeur', credit: 'Crédit', debit: 'Débit', balance: 'Solde' },
    remittance: ['Libellé'],
  },
  currency: 'EUR',
  account: 'FR76 3000 6000 0112 3456 7890 189',
  returnWords: ['impaye'],
});

export const COMMA_CSV = z.parse(CsvMappingSchema, {
  delimiter: ',',
  decimalSeparator: '.',
  dateFormat: 'YYYY-MM-DD',
  hasHeader: false,
  columns: {
    ...{ bookedOn: 1, amount: 2, currency: 3, debtorName: 4, debtorIban: 5, remittance: [6] },
    ...{ structuredReference: 7, bankReference: 8 },
  },
  account: '0042-118',
});

/** The file a fixture is, read as its name says. */
export function statementFile(name: string, content: Uint8Array | string = fixtureBytes(name)): StatementFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (name.endsWith('.csv')) return { format: 'csv', bytes, csvMapping: name === 'comma.csv' ? COMMA_CSV : FRENCH_CSV };
  return { format: name.endsWith('.xml') ? 'camt' : 'mt940', bytes };
}

/** What a fixture, or other content in its stead, is read as; fails the test when it is refused. */
export function takenOf(name: string, content?: Uint8Array | string) {
  const parsed = parseStatement(statementFile(name, content));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault));
  return parsed;
}

/** Why content in a fixture's stead is refused; `null` when it is taken. */
export function faultOf(name: string, content: Uint8Array | string) {
  const parsed = parseStatement(statementFile(name, content));
  return parsed.ok ? null : parsed.fault;
}
