import qrcode from 'qrcode-generator';

/** The modules of a QR code, row by row; true is dark. */
export type QrModules = readonly (readonly boolean[])[];

/** Where dark modules lie side by side: in modules from the top left corner. */
export interface DarkRun {
  readonly row: number;
  readonly column: number;
  readonly length: number;
}

/** The QR code of a text in UTF-8, with error correction M as the guideline of payment codes wants it. */
export function qrModules(text: string): QrModules {
  const code = qrcode(0, 'M');
  // The library makes one byte of one character, so it is given the bytes of the text as characters.
  code.addData(Buffer.from(text, 'utf8').toString('latin1'), 'Byte');
  code.make();
  const indexes = Array.from({ length: code.getModuleCount() }, (_, index) => index);
  return indexes.map((row) => indexes.map((column) => code.isDark(row, column)));
}

/** The dark modules in runs as long as they go, so that printing leaves no hairlines between them. */
export function darkRuns(modules: QrModules): DarkRun[] {
  return modules.flatMap((cells, row) => {
    const line = cells.map((isDark) => (isDark ? '1' : '0')).join('');
    return [...line.matchAll(/1+/g)].map((run) => ({ row, column: run.index, length: run[0].length }));
  });
}
