import type { CaseFile } from '../domain/case-file.ts';
import { isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import { matchPayment } from '../domain/matching/match-payment.ts';
import type { MatchSuggestion } from '../domain/matching/matching-result.ts';
import type { OpenInvoice } from '../domain/matching/open-invoice.ts';
import type { CashReceipt, MatchingRule } from '../domain/payment.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/** What several invoices take of one payment, by which rule; or what a person may choose from, the best first. */
export type SeveralMatch =
  | { readonly kind: 'matched'; readonly rule: MatchingRule; readonly allocations: CashReceipt['allocations'] }
  | { readonly kind: 'suggested'; readonly suggestions: readonly MatchSuggestion[] };

/** Invoices one payment is matched to at most: as many as one transaction of the ledger surely takes. */
const INVOICES_MAX = 10;

/**
 * Matches a payment whose words name several invoices: they take it when it is what they owe or pays a part of the last one, and all are of one debtor. Whatever leaves a doubt is suggested. An early payment discount is left to a person.
 *
 * @param invoiceIds those that the words may name
 */
export async function matchSeveral(
  ledger: Ledger,
  cash: ReceivedCash,
  invoiceIds: readonly string[],
): Promise<SeveralMatch> {
  const loaded = await Promise.all(invoiceIds.slice(0, INVOICES_MAX).map((id) => ledger.loadCaseFile(id)));
  const files = loaded.filter((file) => file !== null);
  const named = await Promise.all(files.map((file) => openInvoiceOf(ledger, file)));
  const candidates = { byReference: named.filter(hasReference), byNumber: named, byIban: [], byName: [] };
  const match = matchPayment({ payment: cash, candidates });
  if (match.kind === 'suggested') return match;
  const { rule, why, allocations } = match;
  const taken = allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor }));
  const customers = new Set(
    named.filter(({ invoiceId }) => taken.some((one) => one.invoiceId === invoiceId)).map((one) => one.customerId),
  );
  const isForgiving = allocations.some(({ forgivenMinor }) => forgivenMinor > 0);
  const isOfWords = rule === 'payment-reference' || rule === 'invoice-number';
  const isWhole = invoiceIds.length <= INVOICES_MAX;
  if (isOfWords && isWhole && customers.size === 1 && !isForgiving)
    return { kind: 'matched', rule, allocations: taken };
  return { kind: 'suggested', suggestions: [{ invoiceIds: taken.map(({ invoiceId }) => invoiceId), rule, why }] };
}

function hasReference({ paymentReference }: OpenInvoice): boolean {
  return paymentReference !== undefined;
}

async function openInvoiceOf(ledger: Ledger, { dunningCase }: CaseFile): Promise<OpenInvoice> {
  const { invoiceId, number, paymentReference, customerId, dueOn, currency, earlyPaymentDiscount } =
    dunningCase.invoice;
  const record = await ledger.loadCustomer(customerId);
  return {
    ...{ invoiceId, number, paymentReference, customerId, dueOn, currency, earlyPaymentDiscount },
    customerName: record?.customer.name ?? '',
    outstandingMinor: isOwed(dunningCase) ? outstandingMinor(dunningCase) : 0,
  };
}
