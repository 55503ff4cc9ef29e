import { readFileSync } from 'node:fs';
import { SourceError, type SourceFault } from '../../lib/channels/build/source-error.ts';
import type { HalfYearRates, ReferenceRate } from '../../lib/domain/interest/rate-table.ts';

/** The columns of the table after the date, and the reference rate each holds. */
const COLUMNS: readonly (readonly [string, ReferenceRate])[] = [
  ['ecb_mro', 'ecb'],
  ['fr_legal_particuliers', 'fr-legal-individuals'],
  ['fr_legal_autres', 'fr-legal-others'],
  ['boe_reference', 'boe'],
  ['bundesbank_basiszins', 'bundesbank'],
];

const HEADER = ['from', ...COLUMNS.map(([name]) => name)].join(',');

/**
 * The text of lib/generated/rates.ts: reference rates by half-year, from a table of percentages with two decimals.
 *
 * @throws SourceError with every fault of the table
 */
export function ratesModule(file: string): string {
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const faults: SourceFault[] = [];
  if (header !== HEADER)
    faults.push({ file, line: 1, problem: `the columns are "${header}"`, cure: `name them "${HEADER}"` });
  const rates = rows.map((row, index) => readRow(row, { file, line: index + 2, faults }));
  for (const [index, { from }] of rates.entries()) {
    const expected = index === 0 ? from : halfYearAfter(rates[index - 1]?.from ?? '');
    if (!/^\d{4}-0[17]-01$/.test(from) || from !== expected)
      faults.push({
        ...{ file, line: index + 2, problem: `"${from}" is not the half-year that comes next` },
        cure: 'write one row per half-year from 1 January and 1 July, oldest first, leaving none out',
      });
  }
  if (faults.length > 0) throw new SourceError(faults);
  return [
    '// Written by bin/generate.ts from lib/domain/interest/rates.csv.',
    "import type { RateTable } from '../domain/interest/rate-table.ts';",
    '',
    '/** Reference rates of late-payment interest by half-year, in basis points. */',
    `export const RATES: RateTable = ${JSON.stringify(rates, null, 1)};`,
    '',
  ].join('\n');
}

function readRow(row: string, { file, line, faults }: { file: string; line: number; faults: SourceFault[] }) {
  const [from = '', ...cells] = row.split(',');
  const cure = `write a date and ${COLUMNS.length} percentages with two decimals, such as 2.40`;
  if (cells.length !== COLUMNS.length) faults.push({ file, line, problem: `it has ${cells.length} rates`, cure });
  const bps = COLUMNS.map(([name, reference], index) => {
    const cell = cells[index] ?? '';
    const isPercentage = /^-?(0|[1-9]\d?)\.\d\d$/.test(cell);
    if (!isPercentage) faults.push({ file, line, problem: `${name} is "${cell}"`, cure });
    // Digits are read as they stand: 2.40 is 240 without passing through a fraction.
    return [reference, isPercentage ? Number(cell.replace('.', '')) : 0];
  });
  return { from, bps: Object.fromEntries(bps) as HalfYearRates['bps'] } satisfies HalfYearRates;
}

function halfYearAfter(from: string): string {
  const year = Number(from.slice(0, 4));
  return from.slice(5, 7) === '01' ? `${year}-07-01` : `${year + 1}-01-01`;
}
