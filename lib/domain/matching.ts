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

/** The invoices a payment points to under the most trusted rule that found any. One id is a match; several are for a person to decide. */
export interface Match {
  readonly rule: MatchingRule;
  readonly invoiceIds: readonly string[];
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
const LABELS = ['FACTURE', 'FACT', 'FAC', 'FA', 'INVOICE', 'INV', 'RECHNUNG', 'RE', 'NO', 'NR', 'NUM', 'NUMERO', 'N'];

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
 * Chooses among what the look-up found: any invoice found by reference beats all found by number, and a key that is only a part of a longer one that was found
 * does not count. `null` when nothing was found.
 */
export function chooseMatch(found: readonly FiledInvoices[]): Match | null {
  const whole = found.filter(({ key }) => !found.some((other) => other.key !== key && other.key.includes(key)));
  const byReference = [...new Set(whole.flatMap((filed) => filed.byReference))];
  if (byReference.length > 0) return { rule: 'payment-reference', invoiceIds: byReference };
  const byNumber = [...new Set(whole.flatMap((filed) => filed.byNumber))];
  return byNumber.length > 0 ? { rule: 'invoice-number', invoiceIds: byNumber } : null;
}

/** What stands between two blanks or strong separators, as its words. */
type Unit = readonly string[];

function keysOfText(text: string): string[] {
  const units = text
    .split(/[\s/,;:+()#"'’°?!=*|]+/)
    .map(wordsOf)
    .filter((unit) => unit.length > 0);
  return units.flatMap((unit, start) => {
    const unitsMax = unit[0]?.startsWith('RF') ? REFERENCE_UNITS_MAX : NUMBER_UNITS_MAX;
    const runs = units.slice(start, start + unitsMax).map((_, last) => units.slice(start, start + last + 1));
    return runs.flatMap((run) => keysOfRun(run, { before: units[start - 1], after: units[start + run.length] }));
  });
}

function keysOfRun(run: readonly Unit[], around: { before: Unit | undefined; after: Unit | undefined }): string[] {
  const [first = [], ...rest] = run;
  const prefix = first.findIndex(hasDigit);
  const isLabelled = isLabel(around.before?.at(-1)) || prefix > 0;
  const variants = prefix > 0 ? [first, first.slice(prefix)] : [first];
  return variants.flatMap((head) => {
    const key = tellingKey([...head, ...rest.flat()]);
    const isBare = key !== null && isAnyFigure(key, run);
    const isNamed = isLabelled && run.length === 1 && !around.after?.every(hasDigit);
    return key !== null && (!isBare || isNamed) ? [key] : [];
  });
}

/** Whether a key could be something else than a number of an invoice: a year, a day, a quantity, or a letter beside one. */
function isAnyFigure(key: string, run: readonly Unit[]): boolean {
  if (/^\d+$/.test(key)) return key.length < BARE_DIGITS_MIN;
  const isWrittenAsOne = run.length === 1 && (run[0]?.length ?? 0) > 1;
  return key.length < 4 && !isWrittenAsOne;
}

function isLabel(word: string | undefined): boolean {
  return word !== undefined && LABELS.includes(word);
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
