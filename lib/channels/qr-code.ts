import qrcode from 'qrcode-generator';

/** The modules of a QR code, row by row; true is dark. */
export type QrModules = readonly (readonly boolean[])[];

/** The QR code of a text in UTF-8, with error correction M as the guideline of payment codes wants it. */
export function qrModules(text: string): QrModules {
  const code = qrcode(0, 'M');
  // The library makes one byte of one character, so it is given the bytes of the text as characters.
  code.addData(Buffer.from(text, 'utf8').toString('latin1'), 'Byte');
  code.make();
  const indexes = Array.from({ length: code.getModuleCount() }, (_, index) => index);
  return indexes.map((row) => indexes.map((column) => code.isDark(row, column)));
}
