import type { CaseFile } from '../domain/case-file.ts';
import { isOwed } from '../domain/dunning-case.ts';
import { matchPayment } from '../domain/matching/match-payment.ts';
import type { BookingRule, MatchSuggestion, PaymentMatch } from '../domain/matching/matching-result.ts';
import type { OpenInvoice } from '../domain/matching/open-invoice.ts';
import { chooseMatch, lookupKeys, type Match } from '../domain/matching.ts';
import type { CashReceipt, UnappliedReason } from '../domain/payment.ts';
import { allocateTo, type PaymentDeps } from './allocation-terms.ts';
import { findPayers, type Payers } from './find-payers.ts';
import { OpenInvoiceReader } from './open-invoice-reader.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/**
 * Where a payment goes: to one invoice, as far as it owes; to several of one customer, in these parts; or to a person, with the reason and what they may choose from, the best first.
 * `invoiceIds` are those the words name. `customerId` says whose money it is, where that is known.
 */
export type CashMatch =
  | { readonly kind: 'one'; readonly rule: BookingRule; readonly why: string; readonly file: CaseFile }
  | {
      readonly kind: 'several';
      readonly rule: BookingRule;
      readonly why: string;
      readonly allocations: CashReceipt['allocations'];
    }
  | UnappliedMatch;

/** See {@link CashMatch}. */
export interface UnappliedMatch {
  readonly kind: 'none';
  readonly reason: UnappliedReason;
  readonly invoiceIds: readonly string[];
  readonly suggestions: readonly (Omit<MatchSuggestion, 'rule'> & { readonly rule: string })[];
  readonly customerId: string | null;
  /** The customer of all invoices that its words name, or else that are suggested, when it is one. */
  readonly suggestedCustomerId?: string | null;
  readonly possibleDuplicateOf?: string;
}

/** Invoices that words may name: a text that names more, or a number that more bear, is no match. */
const NAMED_MAX = 10;

/** Invoices whose customer is looked at, of those that words name or that are suggested: more say too little about whose money it is. */
const MEANT_MAX = 60;

/**
 * Finds the invoices a payment is for, by its words, its account and its name. Whatever leaves a doubt is suggested; so is what more than one customer would take.
 */
export async function matchCash(deps: PaymentDeps, cash: ReceivedCash): Promise<CashMatch> {
  const { ledger } = deps;
  const reader = new OpenInvoiceReader(deps, cash.valueOn);
  const [named, payers] = await Promise.all([findNamed(ledger, cash), findPayers(ledger, reader, cash)]);
  const byWords = await reader.read(named?.invoiceIds.slice(0, NAMED_MAX) ?? []);
  const { byIban, byName } = payers;
  const candidates = { byReference: byWords.filter(hasReference), byNumber: byWords, byIban, byName };
  const toleranceMinor = await reader.toleranceMinor(byWords.map(({ invoiceId }) => invoiceId));
  const match = matchPayment({ payment: cash, candidates, toleranceMinor });
  const doubted = match.kind === 'matched' ? doubtOf(match, { named, payers, byWords }) : match.suggestions;
  if (match.kind === 'suggested' || doubted)
    return leave(deps, cash, { reader, named, payers, suggestions: doubted ?? [] });
  const { rule, why } = match;
  const allocations = match.allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor }));
  const [first, ...others] = allocations;
  const file = first && others.length === 0 ? await reader.file(first.invoiceId) : null;
  return file ? { kind: 'one', rule, why, file } : { kind: 'several', rule, why, allocations };
}

/** The words of a payment name these invoices; null when they name none. */
async function findNamed(ledger: Ledger, { remittance, endToEndId }: ReceivedCash): Promise<Match | null> {
  const keys = lookupKeys([remittance, endToEndId]);
  return keys.length === 0 ? null : chooseMatch(await ledger.findFiledInvoices(keys));
}

function hasReference({ paymentReference }: OpenInvoice): boolean {
  return paymentReference !== undefined;
}

interface Found {
  readonly named: Match | null;
  readonly payers: Payers;
}

/** A match that the ledger must not book by itself, as a suggestion; null of one that it may. */
function doubtOf(
  { rule, why, allocations }: Extract<PaymentMatch, { kind: 'matched' }>,
  { named, payers, byWords }: Found & { byWords: readonly OpenInvoice[] },
): MatchSuggestion[] | null {
  const invoiceIds = allocations.map(({ invoiceId }) => invoiceId);
  const isOfWords = rule === 'payment-reference' || rule === 'invoice-number';
  const isAllSeen = isOfWords ? (named?.invoiceIds.length ?? 0) <= NAMED_MAX : payers.isWhole;
  const taking = [...byWords, ...payers.byIban].filter(({ invoiceId }) => invoiceIds.includes(invoiceId));
  const isOneCustomer = new Set(taking.map(({ customerId }) => customerId)).size === 1;
  return isAllSeen && isOneCustomer ? null : [{ invoiceIds, rule, why }];
}

/** Leaves the money to a person. Where the words mean one invoice that cannot take it, they say why, and whose it is. */
async function leave(
  deps: PaymentDeps,
  cash: ReceivedCash,
  {
    reader,
    named,
    payers,
    suggestions,
  }: Found & { reader: OpenInvoiceReader; suggestions: readonly MatchSuggestion[] },
): Promise<UnappliedMatch> {
  const invoiceIds = named?.invoiceIds ?? [];
  // What the words name says more than what else its payer owes.
  const meantIds = invoiceIds.length > 0 ? [invoiceIds] : suggestions.map((one) => one.invoiceIds);
  const suggestedCustomerId = await onlyCustomerOf(reader, meantIds);
  // Who pays what another customer owes is owed nothing for it: their own account does not make it theirs.
  const isForAnother = suggestedCustomerId !== null && suggestedCustomerId !== payers.customerId;
  const customerId = isForAnother ? null : payers.customerId;
  const left = { kind: 'none', invoiceIds, suggestions, customerId, suggestedCustomerId } as const;
  if (!named) return { ...left, reason: 'no-match' };
  const meant = await meantBy(reader, named);
  if (!meant) return { ...left, reason: 'several-matches' };
  const allocation = await allocateTo(deps, meant, cash);
  if (allocation.appliedMinor > 0) return { ...left, reason: 'doubtful-match' };
  const { customerId: theirs } = meant.dunningCase.invoice;
  return { ...left, reason: allocation.unappliedReason ?? 'doubtful-match', customerId: theirs };
}

/** The customer of all these invoices; null when there are several, or too many invoices to tell. */
async function onlyCustomerOf(
  reader: OpenInvoiceReader,
  invoiceIds: readonly (readonly string[])[],
): Promise<string | null> {
  const ids = [...new Set(invoiceIds.flat())];
  if (ids.length > MEANT_MAX) return null;
  const files = await Promise.all(ids.map((id) => reader.file(id)));
  const [only, ...others] = new Set(files.map((file) => file?.dunningCase.invoice.customerId));
  return only !== undefined && others.length === 0 ? only : null;
}

/** The case that words mean: the only one they name, or the only one under the same words that still owes something. */
async function meantBy(reader: OpenInvoiceReader, { invoiceIds, isOneKey }: Match): Promise<CaseFile | null> {
  if (invoiceIds.length > (isOneKey ? NAMED_MAX : 1)) return null;
  const files = (await Promise.all(invoiceIds.map((id) => reader.file(id)))).filter((file) => file !== null);
  const open = files.filter(({ dunningCase }) => isOwed(dunningCase));
  const [only, ...others] = open.length > 0 ? open : files;
  return only && others.length === 0 ? only : null;
}
