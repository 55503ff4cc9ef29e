import { discountInTimeMinor } from './early-payment-discount.ts';
import {
  allocateAndForgive,
  allocateInOrder,
  allocateWithDiscount,
  listNumbers,
  type MatchedAllocation,
  type MatchSuggestion,
  type PaymentMatch,
  sumOutstandingMinor,
} from './matching-result.ts';
import { type NamedInvoice, type NamedInvoices, speaksOfAnother } from './named-invoices.ts';
import { compareByDueDate, type IncomingPayment, type OpenInvoice } from './open-invoice.ts';
import type { Payer } from './payer.ts';

/** What is known beside the words when they are weighed. */
export interface WordsContext {
  readonly payment: IncomingPayment;
  readonly payer: Payer;
  readonly toleranceMinor: number;
}

type Matched = Extract<PaymentMatch, { kind: 'matched' }>;

/**
 * Matches the invoices that the payer's words name, when the whole payment makes sense with them; null when a person has to decide.
 *
 * The amount decides how much the words must prove. Exactly what the invoices owe is proof by itself. Any other amount must come from their
 * debtor, name no other document and not be what another
 * invoice of the debtor owes: a number left from last month's order form would otherwise take this month's money.
 */
export function matchByWords(found: NamedInvoices, context: WordsContext): Matched | null {
  const open = openOf(found.named, context.payment);
  if (open.length === 0 || isAmbiguous(found, open)) return null;
  const allocations = allocateExactly(open, context) ?? allocateOtherwise(found, open, context);
  const [first] = open;
  if (!allocations || !first) return null;
  return { kind: 'matched', rule: first.rule, why: tellWhy(open, allocations, context), allocations };
}

/** The invoices that the words name, for a person to choose from: all of them together, then each. */
export function suggestNamed(found: NamedInvoices, payment: IncomingPayment): MatchSuggestion[] {
  const open = openOf(found.named, payment);
  const sets = open.length > 1 ? [open, ...open.map((one) => [one])] : open.map((one) => [one]);
  return sets.map((set) => ({
    invoiceIds: set.map(({ invoice }) => invoice.invoiceId),
    rule: set.some(({ rule }) => rule === 'payment-reference') ? 'payment-reference' : 'invoice-number',
    why: `The payment names ${listNumbers(set.map(({ invoice }) => invoice))} (${quote(set)}), but not without doubt.`,
  }));
}

function openOf(named: readonly NamedInvoice[], { currency }: IncomingPayment): NamedInvoice[] {
  return named
    .filter(({ invoice }) => invoice.currency === currency && invoice.outstandingMinor > 0)
    .sort((one, other) => compareByDueDate(one.invoice, other.invoice));
}

/** Whether the words themselves are doubtful: reference against number, two open invoices under one number, or two numbers made of the same words. */
function isAmbiguous({ named, isTangled }: NamedInvoices, open: readonly NamedInvoice[]): boolean {
  const isAgainst = new Set(named.map(({ rule }) => rule)).size > 1;
  const isShared = new Set(open.map(({ key }) => key)).size < open.length;
  return isAgainst || isShared || isTangled;
}

function allocateExactly(open: readonly NamedInvoice[], context: WordsContext): MatchedAllocation[] | null {
  const { payment, toleranceMinor } = context;
  const { amountMinor, valueOn } = payment;
  const invoices = open.map(({ invoice }) => invoice);
  if (isMistakenForOwn(open, context)) return null;
  const owedMinor = sumOutstandingMinor(invoices);
  if (amountMinor === owedMinor) return allocateInOrder(invoices, amountMinor);
  const discountMinor = invoices.reduce((sum, invoice) => sum + discountInTimeMinor(invoice, valueOn), 0);
  if (discountMinor > 0 && amountMinor === owedMinor - discountMinor) return allocateWithDiscount(invoices, valueOn);
  const missingMinor = owedMinor - amountMinor;
  const isTolerated = missingMinor > 0 && missingMinor <= toleranceMinor;
  const lastMinor = invoices.at(-1)?.outstandingMinor ?? 0;
  const isClosed = isTolerated && missingMinor < lastMinor && !isFromAnother(open, context);
  return isClosed ? allocateAndForgive(invoices, amountMinor) : null;
}

/** Allocates an amount that is not what the invoices named owe together: a part of the last one, or more than the only one owes. */
function allocateOtherwise(
  { named, keys, announced }: NamedInvoices,
  open: readonly NamedInvoice[],
  context: WordsContext,
): MatchedAllocation[] | null {
  const { amountMinor, valueOn } = context.payment;
  const invoices = open.map(({ invoice }) => invoice);
  const own = context.payer.open;
  const namesOthers = named.some(({ key }) => !open.some((one) => one.key === key));
  // A number we do not know beside them may stand for an invoice not registered yet, or be a known one mistyped.
  if (namesOthers || speaksOfAnother({ keys, announced }, invoices, own)) return null;
  const isOneDebtor = new Set(invoices.map(({ customerId }) => customerId)).size === 1;
  if (!isOneDebtor || isFromAnother(open, context) || isOwedByAnother(invoices, own, context)) return null;
  const owedMinor = sumOutstandingMinor(invoices);
  // While a discount is still to take, an amount above what is left after it may be for something else beside.
  const discountMinor = invoices.reduce((sum, invoice) => sum + discountInTimeMinor(invoice, valueOn), 0);
  const isBelowDiscounted = invoices.length === 1 && amountMinor < owedMinor - discountMinor;
  if (discountMinor > 0 && !isBelowDiscounted) return null;
  const lastMinor = invoices.at(-1)?.outstandingMinor ?? 0;
  const isPartOfLast = amountMinor < owedMinor && amountMinor > owedMinor - lastMinor;
  return isPartOfLast || invoices.length === 1 ? allocateInOrder(invoices, amountMinor) : null;
}

function isFromAnother(open: readonly NamedInvoice[], { payer }: WordsContext): boolean {
  return open.some(({ invoice, isCertain }) => !isCertain && payer.stanceOn(invoice) === 'disagrees');
}

/** Whether a number of another debtor's invoice may be mistyped: the payer owes the same amount under a number that the words do not name. */
function isMistakenForOwn(open: readonly NamedInvoice[], { payer }: WordsContext): boolean {
  const unnamed = payer.open.filter(({ invoiceId }) => !open.some(({ invoice }) => invoice.invoiceId === invoiceId));
  return open.some(
    ({ invoice, isCertain }) =>
      !isCertain &&
      payer.stanceOn(invoice) === 'disagrees' &&
      unnamed.some(({ outstandingMinor }) => outstandingMinor === invoice.outstandingMinor),
  );
}

/** Whether the amount is exactly what one invoice owes: another one of the payer, or one of several named. */
function isOwedByAnother(
  invoices: readonly OpenInvoice[],
  own: readonly OpenInvoice[],
  { payment: { amountMinor, valueOn } }: WordsContext,
): boolean {
  const others = own.filter(({ invoiceId }) => invoices.length > 1 || invoiceId !== invoices[0]?.invoiceId);
  return [...(invoices.length > 1 ? invoices : []), ...others].some(
    (invoice) =>
      invoice.outstandingMinor === amountMinor ||
      invoice.outstandingMinor - discountInTimeMinor(invoice, valueOn) === amountMinor,
  );
}

function tellWhy(
  open: readonly NamedInvoice[],
  allocations: readonly MatchedAllocation[],
  { payment }: WordsContext,
): string {
  const invoices = open.map(({ invoice }) => invoice);
  const by = open[0]?.rule === 'payment-reference' ? 'by reference' : 'by number';
  const start = `The payment names ${listNumbers(invoices)} ${by} (${quote(open)})`;
  return `${start} and ${tellAmount(invoices, allocations, payment)}.`;
}

function tellAmount(
  invoices: readonly OpenInvoice[],
  allocations: readonly MatchedAllocation[],
  { amountMinor }: IncomingPayment,
): string {
  const owedMinor = sumOutstandingMinor(invoices);
  if (amountMinor === owedMinor) return 'pays exactly what is owed';
  if (amountMinor > owedMinor) return 'pays more than is owed: the rest is unapplied';
  if (allocations.some(({ settlesWithDiscount }) => settlesWithDiscount))
    return 'pays exactly what is owed less the early payment discount, in time';
  if (allocations.some(({ forgivenMinor }) => forgivenMinor > 0)) return 'is short by no more than is tolerated';
  return allocations.length > 1 ? 'pays a part of the last one' : 'pays a part of what is owed';
}

function quote(named: readonly NamedInvoice[]): string {
  return named.map(({ words }) => `"${words}"`).join(', ');
}
