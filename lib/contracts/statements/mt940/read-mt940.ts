import { shown } from '../../fault.ts';
import { decodeText } from '../decode-statement.ts';
import type { AccountStatement, Balance, Booking, BookingWords, Reading, StatementFault } from '../statement.ts';
import { statementAmount } from '../statement-amount.ts';
import { oneLine, severalLines, soundIban } from '../statement-text.ts';
import { readInformation } from './information.ts';
import { type Mt940Field, mt940Fields } from './mt940-fields.ts';
import { readStatementLine, type StatementLine, swiftDate } from './statement-line.ts';

/**
 * Reads the statements of an MT940 file. Each begins with `:20:` and must have its account, its number and both its balances, so that a file cut anywhere is
 * known to be.
 */
export function readMt940(bytes: Uint8Array): Reading<readonly AccountStatement[]> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { fields, stray } = mt940Fields(decoded.value);
  if (stray !== null) return { ok: false, fault: { line: stray, detail: 'belongs to no field of a message' } };
  const faults: StatementFault[] = [];
  // One fault refuses the file: what comes after it is not looked at.
  const statements = messagesOf(fields, faults).map((message) =>
    faults.length > 0 ? null : statementOf(message, faults),
  );
  const [fault] = faults;
  if (fault) return { ok: false, fault };
  return { ok: true, value: statements.filter((statement) => statement !== null) };
}

function messagesOf(fields: readonly Mt940Field[], faults: StatementFault[]): Mt940Field[][] {
  const [first] = fields;
  if (first?.tag !== '20') faults.push({ line: first?.line ?? 1, detail: 'must begin with a :20:' });
  const messages: Mt940Field[][] = [];
  for (const field of fields) {
    if (field.tag === '20') messages.push([field]);
    else messages.at(-1)?.push(field);
  }
  return messages;
}

function statementOf(fields: readonly Mt940Field[], faults: StatementFault[]): AccountStatement | null {
  const line = fields[0]?.line ?? 1;
  const account = onlyField(fields, ['25', '25P'], faults);
  const number = onlyField(fields, ['28C', '28'], faults);
  const openingField = onlyField(fields, ['60F', '60M'], faults);
  const closingField = onlyField(fields, ['62F', '62M'], faults);
  if (account === null || number === null || openingField === null || closingField === null) return null;
  const [opening, closing] = [balanceOf(openingField, faults), balanceOf(closingField, faults)];
  if (opening === null || closing === null) return null;
  const [from, to] = [fields.indexOf(openingField), fields.indexOf(closingField)];
  const outside = fields.find(({ tag }, index) => tag === '61' && (index < from || index > to));
  if (outside) faults.push({ line: outside.line, detail: ':61: must stand between the two balances' });
  const told = bookingsOf(fields.slice(from + 1, to), opening.currency, faults);
  return {
    line,
    account: accountOf(account.lines[0]?.trim() ?? ''),
    statementId: `${fields[0]?.lines[0]?.trim() ?? ''} ${number.lines[0]?.trim() ?? ''}`,
    opening,
    closing,
    ...told,
    throughOn: closingField.tag === '62F' ? closing.on : null,
  };
}

/** Some banks write the currency behind the number. */
function accountOf(text: string): string {
  return soundIban(text) ?? soundIban(text.replace(/\s*[A-Z]{3}$/, '')) ?? text;
}

function bookingsOf(fields: readonly Mt940Field[], currency: string, faults: StatementFault[]) {
  const bookings: Booking[] = [];
  let notBooked = 0;
  for (const [index, field] of fields.entries()) {
    const previous = fields[index - 1];
    if (field.tag === '86' && previous?.tag !== '61' && previous?.tag !== '86') {
      faults.push({ line: field.line, detail: ':86: must follow the :61: it tells of' });
    }
    if (field.tag !== '61') continue;
    const read = readStatementLine(field, currency);
    if (!read.ok) faults.push(read.fault);
    else if (read.value.isExpected) notBooked += 1;
    else bookings.push(bookingOf(read.value, currency, { field, information: informationAfter(fields, index) }));
  }
  return { bookings, notBooked };
}

/** The lines of the `:86:` behind a `:61:`; some banks begin each with its tag. */
function informationAfter(fields: readonly Mt940Field[], index: number): string[] {
  let end = index + 1;
  while (fields[end]?.tag === '86') end += 1;
  return fields.slice(index + 1, end).flatMap(({ lines }) => lines);
}

function bookingOf(
  line: StatementLine,
  currency: string,
  written: { field: Mt940Field; information: readonly string[] },
): Booking {
  const information = written.information.length === 0 ? null : readInformation(written.information);
  const { movement, amountMinor, bookedOn, valueOn, customerReference, bankReference } = line;
  const isReturn = line.isReversal || information?.isReturn === true;
  const told = {
    debtorName: information?.debtorName,
    debtorIban: information?.debtorIban,
    remittance: information?.remittance ?? severalLines([line.supplement], 1000),
    endToEndId: information?.endToEndId ?? customerReference,
    bankReference,
  };
  const words: BookingWords = Object.fromEntries(Object.entries(told).filter(([, text]) => text !== undefined));
  return {
    movement,
    nature: isReturn ? 'return' : 'payment',
    amountMinor,
    chargesMinor: isReturn && movement === 'debit' ? line.chargesMinor : 0,
    currency,
    bookedOn,
    valueOn,
    ...words,
    // What is written, not what is made of it: a better reading tomorrow must not make another transaction of it.
    identity: ['mt940', ...[written.field.lines, written.information].map((lines) => lines.join('').trimEnd())],
  };
}

function balanceOf({ tag, lines, line }: Mt940Field, faults: StatementFault[]): Balance | null {
  const text = oneLine(lines.join(''), 100) ?? '';
  const [, mark, day = '', currency = '', figure = ''] =
    /^([CD])(\d{6})([A-Z]{3})(\d{1,20}(?:,\d{0,15})?)$/.exec(text) ?? [];
  const on = swiftDate(day);
  const amount = statementAmount(figure.replace(/,$/, '').replace(',', '.'), currency);
  if (on !== null && amount.ok)
    return { amountMinor: mark === 'D' ? -amount.amountMinor : amount.amountMinor, currency, on };
  const detail =
    on === null || amount.ok ? `must be mark, date, currency and amount, not ${shown(text)}` : amount.detail;
  faults.push({ line, detail: `:${tag}: ${detail}` });
  return null;
}

function onlyField(
  fields: readonly Mt940Field[],
  tags: readonly string[],
  faults: StatementFault[],
): Mt940Field | null {
  const [field, ...others] = fields.filter(({ tag }) => tags.includes(tag));
  const [name] = tags;
  if (field === undefined) {
    faults.push({ line: fields.at(-1)?.line ?? 1, detail: `ends the statement without its :${name}:` });
  }
  for (const other of others)
    faults.push({ line: other.line, detail: `:${other.tag}: must stand once in a statement` });
  return field ?? null;
}
