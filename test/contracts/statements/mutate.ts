/** Random numbers that are the same in every run (mulberry32). */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What makes trouble in one format or another. */
const SPLINTERS = [
  ...[
    '<',
    '>',
    '&',
    '&amp;',
    '&#0;',
    '&#x10FFFF;',
    '&x;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?x?>',
    '<!DOCTYPE a>',
    '</',
  ],
  ...[
    '<Ntry>',
    '</Ntry>',
    '<TxDtls/>',
    '<Amt Ccy="EUR">1.00</Amt>',
    '<RvslInd>true</RvslInd>',
    'xmlns=""',
    'NaN',
    '1e9',
  ],
  ...[':61:', '\n:61:', '\n:62F:', '\n:86:', '\n-}', '?20', '//', '\r', '\n', ';', ',', '"', '""', '\t', '-', '+', ' '],
  ...['\u0000', '\ufeff', '\u202e', '😀', '9'.repeat(400), '0', '.', "'", '{', '}', '99991231', '0229'],
].map((text) => new TextEncoder().encode(text));

const CHANGES: readonly ((bytes: Uint8Array, random: (below: number) => number) => Uint8Array)[] = [
  (bytes, random) => bytes.with(random(bytes.length), random(256)),
  (bytes, random) => replaced(bytes, random(bytes.length), 1 + random(40), new Uint8Array()),
  (bytes, random) => replaced(bytes, random(bytes.length), random(3), SPLINTERS[random(SPLINTERS.length)]!),
  (bytes, random) => {
    const start = random(bytes.length);
    return replaced(bytes, random(bytes.length), 0, bytes.slice(start, start + random(100)));
  },
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  (bytes, random) => withoutLine(bytes, random(200)),
  (bytes, random) => {
    const digits = [...bytes.keys()].filter((at) => bytes[at]! >= 48 && bytes[at]! <= 57);
    return digits.length === 0 ? bytes : bytes.with(digits[random(digits.length)]!, 48 + random(10));
  },
];

/** A file with one to three things wrong with it. */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let file = bytes;
  for (let count = 1 + random(3); count > 0 && file.length > 0; count -= 1) {
    file = CHANGES[random(CHANGES.length)]!(file, random);
  }
  return file;
}

function replaced(bytes: Uint8Array, start: number, length: number, other: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, start), ...other, ...bytes.subarray(start + length)]);
}

function withoutLine(bytes: Uint8Array, index: number): Uint8Array {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  return new Uint8Array(Buffer.from(lines.toSpliced(index % lines.length, 1).join('\n'), 'latin1'));
}
