import { crc32, deflateSync } from 'node:zlib';
import { qrModules } from './qr-code.ts';

/** Pixels of the side of one module: large enough for a camera that looks at a screen. */
const MODULE_PIXELS = 4;

/** The empty border a reader needs, in modules (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/** How the HTML of an email refers to the picture: `cid:payment-qr`. */
export const PAYMENT_QR_ID = 'payment-qr';

/**
 * The QR code of a payment as the bytes of a black and white PNG.
 *
 * @param payload the text of the code, see {@link epcPayload}
 */
export function paymentQrPng(payload: string): Uint8Array {
  const modules = qrModules(payload);
  const side = (modules.length + 2 * QUIET_MODULES) * MODULE_PIXELS;
  const isDark = (row: number, column: number) => modules[row]?.[column] ?? false;
  const lines = Array.from({ length: side }, (_, y) => {
    const row = Math.floor(y / MODULE_PIXELS) - QUIET_MODULES;
    return scanline(side, (x) => isDark(row, Math.floor(x / MODULE_PIXELS) - QUIET_MODULES));
  });
  return pngOf(side, Buffer.concat(lines));
}

/** One line of pixels of one bit each, white being 1, behind the number of its filter: 0, none. */
function scanline(width: number, isDark: (x: number) => boolean): Buffer {
  const line = Buffer.alloc(1 + Math.ceil(width / 8));
  for (let x = 0; x < width; x += 1) {
    const byte = 1 + (x >> 3);
    if (!isDark(x)) line[byte] = (line[byte] ?? 0) | (0x80 >> (x & 7));
  }
  return line;
}

/** A square PNG of one bit a pixel in shades of grey (W3C Portable Network Graphics, §11.2). */
function pngOf(side: number, lines: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
