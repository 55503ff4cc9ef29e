/** A table of a letter: its columns, and rows of as many cells. */
export interface LetterTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** A column; a table whose titles are all empty has no header. */
interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A row; totals stand out. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly isTotal?: boolean;
}

/** Whether a table names its columns. */
export function hasHeader({ columns }: LetterTable): boolean {
  return columns.some(({ title }) => title !== '');
}

/** A table in plain text: a line per row, its columns padded so that they stand below each other. */
export function tableText(table: LetterTable): string {
  const titles = hasHeader(table) ? [table.columns.map(({ title }) => title)] : [];
  const lines = [...titles, ...table.rows.map(({ cells }) => cells)];
  const widths = table.columns.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      table.columns
        .map(({ align }, column) => {
          const cell = cells[column] ?? '';
          return align === 'left' ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
