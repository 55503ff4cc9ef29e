import type { QrModules } from '../qr-code.ts';

/** Where dark modules lie side by side: in modules from the top left corner. */
export interface DarkRun {
  readonly row: number;
  readonly column: number;
  readonly length: number;
}

/** The dark modules in runs as long as they go, so that printing leaves no hairlines between them. */
export function darkRuns(modules: QrModules): DarkRun[] {
  return modules.flatMap((cells, row) => {
    const line = cells.map((isDark) => (isDark ? '1' : '0')).join('');
    return [...line.matchAll(/1+/g)].map((run) => ({ row, column: run.index, length: run[0].length }));
  });
}
