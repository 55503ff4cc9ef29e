import { shown } from '../../fault.ts';
import type { Reading } from '../statement.ts';
import type { CsvMapping } from './csv-mapping.ts';
import type { CsvRow } from './csv-rows.ts';

type Columns = CsvMapping['columns'];
type Column = Exclude<keyof Columns, 'remittance'>;

/** Finds in a line what the mapping gave a name. */
export interface ColumnFinder {
  /** Without blanks around it; empty when the mapping has no such column. */
  textOf(row: CsvRow, column: Column): string;
  remittanceOf(row: CsvRow): string[];
  /** Counted from 1. */
  positionOf(column: Column): number;
}

/** Finds the declared columns in the first line; one that is not there, or there twice, refuses the file. */
export function columnFinder(first: CsvRow, { columns, hasHeader }: CsvMapping): Reading<ColumnFinder> {
  const names = hasHeader ? first.fields.map(plainName) : [];
  const placesOf = (column: string | number): number[] => {
    if (typeof column === 'number') return column <= first.fields.length ? [column - 1] : [];
    return names.flatMap((name, index) => (name === plainName(column) ? [index] : []));
  };
  const { remittance = [], ...single } = columns;
  const declared = [...Object.values(single), ...remittance].filter((column) => column !== undefined);
  const lost = declared.find((column) => placesOf(column).length !== 1);
  if (lost !== undefined) {
    const name = typeof lost === 'string' ? shown(lost) : `number ${lost}`;
    return { ok: false, fault: { line: first.line, detail: `must have the declared column ${name} once` } };
  }
  const placeOf = (column: string | number | undefined) => (column === undefined ? -1 : (placesOf(column)[0] ?? -1));
  const places = new Map(Object.entries(single).map(([name, column]) => [name, placeOf(column)]));
  const remittancePlaces = remittance.map(placeOf);
  const positionOf = (column: Column) => (places.get(column) ?? -1) + 1;
  return {
    ok: true,
    value: {
      textOf: (row, column) => row.fields[positionOf(column) - 1]?.trim() ?? '',
      remittanceOf: (row) => remittancePlaces.map((place) => row.fields[place] ?? ''),
      positionOf,
    },
  };
}

function plainName(name: string): string {
  return name
    .replace(/[\s\u00A0\uFEFF]+/g, ' ')
    .trim()
    .toLowerCase();
}
