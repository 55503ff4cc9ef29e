import type { MatchingRule } from './payment.ts';

/** The keys under which an invoice is filed so that money can find it: what a payer may write, without punctuation. */
export interface FilingKeys {
  readonly paymentReference: string | null;
  readonly invoiceNumber: string | null;
}

/** The invoices filed under one key, by the rule that filed them there. */
export interface FiledInvoices {
  readonly key: string;
  readonly byReference: readonly string[];
  readonly byNumber: readonly string[];
}

/**
 * The invoices a payment points to, under the most trusted rule that found any. One id is a match; several are looked at together (match-several.ts). `isOneKey`: all were
 * found under the same words, so that whichever is still open is the one that is meant.
 */
export interface Match {
  readonly rule: MatchingRule;
  readonly invoiceIds: readonly string[];
  readonly isOneKey: boolean;
}

/** Units of a text tried together as one number: `FA 2026 0042` may be typed with spaces. */
const NUMBER_UNITS_MAX = 4;

/** An ISO 11649 reference has up to 25 characters and is printed in groups of four. */
const REFERENCE_UNITS_MAX = 7;

/** Keys looked up for one payment: one `BatchGetItem` reads 100 items. */
const KEYS_MAX = 100;

/** A number of digits alone that is shorter could be a year, a day or a quantity: it counts only where the payer says that it is an invoice. */
const BARE_DIGITS_MIN = 6;

/** Words that announce an invoice number. */
const LABELS = [
  ...['FACTURE', 'FACTURES', 'FACT', 'FAC', 'FA', 'INVOICE', 'INVOICES', 'INV'],
  ...['RECHNUNG', 'RECHNUNGEN', 'RECHNUNGSNR', 'RECHNUNGSNUMMER', 'RG', 'RE'],
];

/** Words for "number", which may stand between the label and the number, but announce nothing by themselves. */
const NUMBER_WORDS = ['N', 'NO', 'NR', 'NUM', 'NUMERO', 'NUMBER', 'NUMMER'];

/** An amount of money, which is no number of an invoice: with a decimal comma, or with a decimal point before its currency. */
const AMOUNTS = /\d{1,3}(?:[.\s]\d{3})+,\d{2}(?!\d)|\d+,\d{2}(?!\d)|\d+\.\d{2}\s*(?:EUR|USD|GBP|CHF|€|\$|£)/gi;

/**
 * The keys an invoice is filed under when it is registered. What could be any word of a text is not used: a key has a digit and at least 2 characters or,
 * failing a digit, two words and at least 4.
 */
export function filingKeys(invoice: { number: string; paymentReference?: string | undefined }): FilingKeys {
  const telling = (text: string) => tellingKey(wordsOf(text));
  return { paymentReference: telling(invoice.paymentReference ?? ''), invoiceNumber: telling(invoice.number) };
}

/**
 * The keys to look up for a payment, those with a digit first. What is written without a space (`2026-0042`) is one unit and never taken apart, but for the
 * words before its figures (`INV-2026-0042`): half a number is another invoice's number.
 *
 * @param texts what the payer wrote: remittance information and end-to-end id
 * @returns at most 100 distinct keys
 */
export function lookupKeys(texts: readonly (string | undefined)[]): string[] {
  const keys = new Set(texts.flatMap((text) => keysOfText(text ?? '')));
  const [figures, phrases] = [[...keys].filter(hasDigit), [...keys].filter((key) => !hasDigit(key))];
  return [...figures, ...phrases].slice(0, KEYS_MAX);
}

/**
 * Chooses among what the look-up found. A reference counts more than a number, but not against one: where the words name different invoices, they are looked at together.
 * `null` when nothing was found.
 */
export function chooseMatch(found: readonly FiledInvoices[]): Match | null {
  const byReference = new Set(found.flatMap((filed) => filed.byReference));
  const invoiceIds = [...new Set([...byReference, ...found.flatMap((filed) => filed.byNumber)])];
  if (invoiceIds.length === 0) return null;
  const isOneKey = found.filter((filed) => filed.byReference.length + filed.byNumber.length > 0).length === 1;
  return { rule: byReference.size > 0 ? 'payment-reference' : 'invoice-number', invoiceIds, isOneKey };
}

/** What stands between two blanks or strong separators, as its words. */
type Unit = readonly string[];

function keysOfText(text: string): string[] {
  const units = text
    .replace(AMOUNTS, ' ')
    .split(/[\s/,;:+()#"'’°?!=*|]+/)
    .map(wordsOf)
    .filter((unit) => unit.length > 0);
  return units.flatMap((unit, start) => {
    const unitsMax = unit[0]?.startsWith('RF') ? REFERENCE_UNITS_MAX : NUMBER_UNITS_MAX;
    const runs = units.slice(start, start + unitsMax).map((_, last) => units.slice(start, start + last + 1));
    const isAnnounced = isAnnouncedAt(units, start);
    return runs.flatMap((run) => keysOfRun(run, { isAnnounced, after: units[start + run.length] }));
  });
}

function keysOfRun(run: readonly Unit[], around: { isAnnounced: boolean; after: Unit | undefined }): string[] {
  const [first = [], ...rest] = run;
  if (isDate(run)) return [];
  const prefix = first.findIndex(hasDigit);
  const hasLabel = prefix > 0 && first.slice(0, prefix).every((word) => LABELS.includes(word));
  const isNamed = (around.isAnnounced || hasLabel) && run.length === 1 && !around.after?.every(hasDigit);
  const variants = hasLabel ? [first, first.slice(prefix)] : [first];
  return variants.flatMap((head) => {
    const key = tellingKey([...head, ...rest.flat()]);
    return key !== null && (isNamed || !isAnyFigure(key, run)) ? [key] : [];
  });
}

/** Whether the word before a unit says that it is an invoice, with or without a word for "number" between. */
function isAnnouncedAt(units: readonly Unit[], start: number): boolean {
  const before = (place: number) => units[place]?.at(-1) ?? '';
  return (
    LABELS.includes(before(start - 1)) ||
    (NUMBER_WORDS.includes(before(start - 1)) && LABELS.includes(before(start - 2)))
  );
}

/** Whether a run is written as a date: year, month and day in three parts, in one of the usual orders. */
function isDate(run: readonly Unit[]): boolean {
  const parts = run.flat();
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return false;
  const [one = 0, month = 0, other = 0] = parts.map(Number);
  const isDay = (day: number) => day >= 1 && day <= 31;
  return month >= 1 && month <= 12 && (isDay(one) || isDay(other));
}

/** Whether a key could be something else than a number of an invoice: a year, a day, a quantity, or a letter beside one. */
function isAnyFigure(key: string, run: readonly Unit[]): boolean {
  const isBareDay =
    run.length === 1 && run[0]?.length === 1 && /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(key);
  if (/^\d+$/.test(key)) return key.length < BARE_DIGITS_MIN || isBareDay;
  const isWrittenAsOne = run.length === 1 && (run[0]?.length ?? 0) > 1;
  return key.length < 4 && !isWrittenAsOne;
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replace(/\p{M}/gu, '')
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}

function tellingKey(words: readonly string[]): string | null {
  const key = words.join('');
  const isTelling = hasDigit(key) ? key.length >= 2 : key.length >= 4 && words.length > 1;
  return isTelling && key.length <= 64 ? key : null;
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}
