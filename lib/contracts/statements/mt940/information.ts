import { isGermanReturn } from '../german-return.ts';
import { givenReference, joinedPieces, oneLine, severalLines, soundIban } from '../statement-text.ts';

/** What a `:86:` says of a booking. */
export interface Information {
  readonly debtorName?: string | undefined;
  readonly debtorIban?: string | undefined;
  readonly remittance?: string | undefined;
  readonly endToEndId?: string | undefined;
  readonly isReturn: boolean;
}

/** A line of `:86:` holds this much, a sub-field of the German kind that. */
const LINE_WIDTH = 65;
const PIECE_WIDTH = 27;

/** Words that begin a part of the remittance of a SEPA payment, before a plus sign. */
const SEPA_WORD = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\+/;

/** Words between slashes, as Dutch and many other banks write them. */
const SLASH_WORD =
  /\/(EREF|KREF|REMI|NAME|IBAN|BIC|CNTP|RTRN|MARF|CSID|TRTP|ORDP|BENM|ADDR|ISDT|UDTR|UCRD|PURP|PREF)\//;

/** Reads the lines of a `:86:`: with numbered sub-fields as German banks write it, with words between slashes, or plain. */
export function readInformation(lines: readonly string[]): Information {
  const text = lines.join('');
  const [, code, sign] = /^(\d{3})([^A-Za-z0-9\s])\d\d/.exec(text) ?? [];
  if (code !== undefined && sign !== undefined) return germanInformation(text.slice(3), code, sign);
  if (SLASH_WORD.test(text.slice(0, 6))) return slashedInformation(text);
  return { remittance: severalLines(joinedPieces(lines, LINE_WIDTH, '\n').split('\n'), 1000), isReturn: false };
}

function germanInformation(text: string, code: string, sign: string): Information {
  const fields = text
    .split(sign)
    .filter((field) => /^\d\d/.test(field))
    .map((field) => ({ number: Number(field.slice(0, 2)), content: field.slice(2) }));
  const pieces = (from: number, to: number) =>
    fields.filter(({ number }) => number >= from && number <= to).map(({ content }) => content);
  const told = joinedPieces([...pieces(20, 29), ...pieces(60, 63)], PIECE_WIDTH, ' ');
  const parts = wordedParts(told, SEPA_WORD);
  const isWorded = parts.has('SVWZ') || parts.has('EREF');
  return {
    debtorName: oneLine(pieces(32, 33).join(''), 140),
    debtorIban: soundIban(pieces(31, 31)[0]) ?? soundIban(pieces(38, 38)[0]) ?? soundIban(parts.get('IBAN')),
    remittance: severalLines([isWorded ? `${parts.get('') ?? ''} ${parts.get('SVWZ') ?? ''}` : told], 1000),
    endToEndId: givenReference(parts.get('EREF')),
    isReturn: isGermanReturn(code) || pieces(34, 34).some((reason) => /[1-9]/.test(reason)),
  };
}

function slashedInformation(text: string): Information {
  const parts = wordedParts(text, SLASH_WORD);
  const remittance = (parts.get('REMI') ?? '').replace(/^(?:USTD|STRD)?\/{1,2}/, '').replace(/\/+$/, '');
  // ING writes the other party as IBAN/BIC/name/town.
  const [partyIban, , partyName] = (parts.get('CNTP') ?? '').split('/');
  return {
    debtorName: oneLine(withoutSlashes(parts.get('NAME')) ?? partyName, 140),
    debtorIban: soundIban(withoutSlashes(parts.get('IBAN')) ?? partyIban),
    remittance: severalLines([remittance === '' ? text : remittance], 1000),
    endToEndId: givenReference(withoutSlashes(parts.get('EREF'))),
    isReturn: parts.has('RTRN'),
  };
}

/** The text behind each word, the first time it stands; what stands before the first is under an empty word. */
function wordedParts(text: string, word: RegExp): Map<string, string> {
  const [before = '', ...rest] = text.split(word);
  const parts = new Map([['', before]]);
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const [name = '', content = ''] = [rest[index], rest[index + 1]];
    if (!parts.has(name)) parts.set(name, content.trim());
  }
  return parts;
}

function withoutSlashes(text: string | undefined): string | undefined {
  return text?.replace(/^\/+|\/+$/g, '');
}
