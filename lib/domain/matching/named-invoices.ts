import { filingKeys, lookupKeys } from '../matching.ts';
import type { IncomingPayment, MatchCandidates, OpenInvoice } from './open-invoice.ts';

/**
 * An invoice that the payer's words name. `words` are the ones found; `isCertain` when no chance could have written them: a reference with
 * check digits.
 */
export interface NamedInvoice {
  readonly invoice: OpenInvoice;
  readonly rule: 'payment-reference' | 'invoice-number';
  readonly key: string;
  readonly words: string;
  readonly isCertain: boolean;
}

/**
 * The invoices a payment names, the keys found in its words, and the digits that follow a word such as `FACTURE`. `isTangled`: the words of
 * two of them
 * overlap, so that only one of them can be meant.
 */
export interface NamedInvoices {
  readonly named: readonly NamedInvoice[];
  readonly keys: readonly string[];
  readonly announced: readonly string[];
  readonly isTangled: boolean;
}

/** Finds which candidates the words of a payment name, by reference and by number; a candidate that they do not name is left out. */
export function findNamedInvoices(payment: IncomingPayment, candidates: MatchCandidates): NamedInvoices {
  const texts = [payment.structuredReference, payment.remittance, payment.endToEndId];
  const keys = lookupKeys(texts);
  const words = texts.map((text) => plainText(text ?? ''));
  const found = new Map<string, NamedInvoice>();
  for (const invoice of candidates.byReference) {
    // A caller that does not hand over the reference has looked the invoice up by it.
    const key = filingKeys(invoice).paymentReference ?? (invoice.paymentReference ? null : ownReference(payment));
    if (key !== null && (keys.includes(key) || !invoice.paymentReference))
      found.set(invoice.invoiceId, nameBy('payment-reference', invoice, { key, words }));
  }
  for (const invoice of candidates.byNumber) {
    const key = filingKeys(invoice).invoiceNumber;
    if (key !== null && keys.includes(key) && !found.has(invoice.invoiceId))
      found.set(invoice.invoiceId, nameBy('invoice-number', invoice, { key, words }));
  }
  const named = [...found.values()];
  return { named, keys, announced: announcedDigits(words), isTangled: areTangled(named, words) };
}

/**
 * Whether the words speak of another invoice than the ones chosen: they announce one, have a number written like an open one of the payer,
 * or the beginning of
 * one.
 *
 * @param own what the payer owes, the chosen ones among it or not
 */
export function speaksOfAnother(
  { keys, announced }: Pick<NamedInvoices, 'keys' | 'announced'>,
  chosen: readonly OpenInvoice[],
  own: readonly OpenInvoice[],
): boolean {
  const chosenKeys = keysOf(chosen);
  const ownKeys = keysOf(own);
  const shapes = new Set([...chosenKeys, ...ownKeys].map(shapeOf));
  const isOfOther = keys.some((key) => {
    if (chosenKeys.some((one) => one.includes(key))) return false;
    const isCutOff = key.length >= CUT_NUMBER_MIN && /\d/.test(key) && ownKeys.some((one) => one.startsWith(key));
    return isCutOff || shapes.has(shapeOf(key));
  });
  const chosenDigits = chosenKeys.map((key) => key.replace(/\D/g, ''));
  return (
    isOfOther || announced.some((digits) => !chosenDigits.some((one) => one.includes(digits) || digits.includes(one)))
  );
}

function keysOf(invoices: readonly OpenInvoice[]): string[] {
  return invoices.flatMap((invoice) => Object.values(filingKeys(invoice)).filter((key) => key !== null));
}

/** Figures of at least four digits after a word for "invoice", with or without a word for "number" or a few letters between. */
const ANNOUNCED =
  /\b(?:FACTURES?|FACT|FAC|FA|INVOICES?|INV|RECHNUNG(?:EN|SNR|SNUMMER)?|RG|RE)\b[^A-Z0-9]*(?:(?:NO?|NR|NUM|NUMERO|NUMBER|NUMMER)\b[^A-Z0-9]*)?(?:[A-Z]{1,4}[^A-Z0-9]?)?(\d[\d ./-]*)/g;

const ANNOUNCED_DIGITS_MIN = 4;

function announcedDigits(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => [...text.matchAll(ANNOUNCED)].map(({ 1: figures = '' }) => figures.replace(/\D/g, '')))
    .filter(({ length }) => length >= ANNOUNCED_DIGITS_MIN);
}

/** The beginning of a number counts as that number from this length on. */
const CUT_NUMBER_MIN = 5;

function ownReference({ structuredReference, remittance }: IncomingPayment): string {
  return plainText(structuredReference ?? remittance ?? '').replace(/[^A-Z0-9]/g, '');
}

function nameBy(
  rule: NamedInvoice['rule'],
  invoice: OpenInvoice,
  { key, words }: { key: string; words: readonly string[] },
): NamedInvoice {
  const span = spansOf(key, words)[0];
  const isCertain = rule === 'payment-reference' && (/^RF\d\d/.test(key) || words[0]?.replace(/\W/g, '') === key);
  return { invoice, rule, key, words: span?.words ?? key, isCertain };
}

interface Span {
  readonly text: number;
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** Where a key stands in the texts, whatever separates its characters. */
function spansOf(key: string, texts: readonly string[]): Span[] {
  const pattern = new RegExp(`(?<![A-Z0-9])${[...key].join('[^A-Z0-9]*')}(?![A-Z0-9])`, 'g');
  return texts.flatMap((text, place) =>
    [...text.matchAll(pattern)].map(({ 0: words, index }) => ({
      ...{ text: place, start: index, end: index + words.length, words },
    })),
  );
}

function areTangled(named: readonly NamedInvoice[], texts: readonly string[]): boolean {
  const keys = [...new Set(named.map(({ key }) => key))];
  const spans = keys.flatMap((key) => spansOf(key, texts).map((span) => ({ ...span, key })));
  return spans.some((one) =>
    spans.some(
      (other) => one.key !== other.key && one.text === other.text && one.start < other.end && other.start < one.end,
    ),
  );
}

function plainText(text: string): string {
  return text.normalize('NFD').toUpperCase().replace(/\p{M}/gu, '');
}

function shapeOf(key: string): string {
  return key.replace(/\d/g, '9').replace(/[A-Z]/g, 'A');
}
