import type { MatchingRule } from './payment.ts';

/** The keys under which an invoice is filed so that money can find it: what a payer may write, without punctuation. */
export interface FilingKeys {
  readonly paymentReference: string | null;
  readonly invoiceNumber: string | null;
}

/** The invoices filed under one key, by the rule that filed them there. */
export interface FiledInvoices {
  readonly byReference: readonly string[];
  readonly byNumber: readonly string[];
}

/** The invoices a payment points to under the most trusted rule that found any. One id is a match; several are for a person to decide. */
export interface Match {
  readonly rule: MatchingRule;
  readonly invoiceIds: readonly string[];
}

/** Words of a text tried together as one number: `FA 2026 0042` may be typed with spaces. */
const NUMBER_WORDS_MAX = 4;

/** An ISO 11649 reference has up to 25 characters and is printed in groups of four. */
const REFERENCE_WORDS_MAX = 7;

/** Keys looked up for one payment: one `BatchGetItem` reads 100 items. A remittance text has 140 characters, so real ones stay below. */
const KEYS_MAX = 100;

/**
 * The keys an invoice is filed under when it is registered. What could be any word or figure of a text is not used: a key has at least 4 characters, and
 * a digit or, failing that, two words.
 */
export function filingKeys(invoice: { number: string; paymentReference?: string | undefined }): FilingKeys {
  const telling = (text: string) => tellingKey(wordsOf(text));
  return { paymentReference: telling(invoice.paymentReference ?? ''), invoiceNumber: telling(invoice.number) };
}

/**
 * The keys to look up for a payment, those with a digit first.
 *
 * @param texts what the payer wrote: remittance information and end-to-end id
 * @returns at most 100 distinct keys
 * @see domain.md §6.1, matching order: the structured reference, then the invoice number in the text
 */
export function lookupKeys(texts: readonly (string | undefined)[]): string[] {
  const runs = texts.flatMap((text) => runsOfWords(wordsOf(text ?? '')));
  const keys = new Set(runs.map(tellingKey).filter((key) => key !== null));
  const [figures, phrases] = [[...keys].filter(hasDigit), [...keys].filter((key) => !hasDigit(key))];
  return [...figures, ...phrases].slice(0, KEYS_MAX);
}

/** Chooses among what the look-up found: any invoice found by reference beats all found by number. `null` when nothing was found. */
export function chooseMatch(found: readonly FiledInvoices[]): Match | null {
  const byReference = [...new Set(found.flatMap((filed) => filed.byReference))];
  if (byReference.length > 0) return { rule: 'payment-reference', invoiceIds: byReference };
  const byNumber = [...new Set(found.flatMap((filed) => filed.byNumber))];
  return byNumber.length > 0 ? { rule: 'invoice-number', invoiceIds: byNumber } : null;
}

function runsOfWords(words: readonly string[]): string[][] {
  return words.flatMap((word, start) => {
    const wordsMax = word.startsWith('RF') ? REFERENCE_WORDS_MAX : NUMBER_WORDS_MAX;
    const run = words.slice(start, start + wordsMax);
    return run.map((_, last) => run.slice(0, last + 1));
  });
}

function wordsOf(text: string): string[] {
  return text
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}

function tellingKey(words: readonly string[]): string | null {
  const key = words.join('');
  const isTelling = key.length >= 4 && key.length <= 64 && (hasDigit(key) || words.length > 1);
  return isTelling ? key : null;
}

function hasDigit(key: string): boolean {
  return /\d/.test(key);
}
