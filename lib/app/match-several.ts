import type { AllocationTerms } from '../domain/allocate.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import { matchPayment } from '../domain/matching/match-payment.ts';
import type { MatchSuggestion } from '../domain/matching/matching-result.ts';
import type { OpenInvoice } from '../domain/matching/open-invoice.ts';
import type { CashReceipt, MatchingRule } from '../domain/payment.ts';
import { allocationTerms, type BookingDeps } from './allocation-terms.ts';
import type { ReceivedCash } from './pay-into.ts';

/** What several invoices take of one payment, by which rule; or what a person may choose from, the best first. */
export type SeveralMatch =
  | { readonly kind: 'matched'; readonly rule: MatchingRule; readonly allocations: CashReceipt['allocations'] }
  | { readonly kind: 'suggested'; readonly suggestions: readonly MatchSuggestion[] };

/** Invoices one payment is matched to at most: as many as one transaction of the ledger surely takes. */
const INVOICES_MAX = 10;

/**
 * Matches a payment whose words name several invoices: they take it when it is what they owe, with or without the discounts they grant in time, falls short of that by no more than is given up, or pays a part of the last one, and
 * all are of one debtor. Whatever leaves a doubt is suggested.
 *
 * @param invoiceIds those that the words may name
 */
export async function matchSeveral(
  deps: BookingDeps,
  cash: ReceivedCash,
  invoiceIds: readonly string[],
): Promise<SeveralMatch> {
  const loaded = await Promise.all(invoiceIds.slice(0, INVOICES_MAX).map((id) => deps.ledger.loadCaseFile(id)));
  const files = loaded.filter((file) => file !== null);
  const terms = await Promise.all(files.map((file) => allocationTerms(deps, file, cash.valueOn)));
  const named = await Promise.all(files.map((file, index) => openInvoiceOf(deps, file, terms[index])));
  const candidates = { byReference: named.filter(hasReference), byNumber: named, byIban: [], byName: [] };
  const toleranceMinor = Math.min(...terms.map((own) => own.toleranceMinor));
  const match = matchPayment({ payment: cash, candidates, toleranceMinor });
  if (match.kind === 'suggested') return match;
  const { rule, why, allocations } = match;
  const taken = allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor }));
  const customers = new Set(
    named.filter(({ invoiceId }) => taken.some((one) => one.invoiceId === invoiceId)).map((one) => one.customerId),
  );
  const isOfWords = rule === 'payment-reference' || rule === 'invoice-number';
  const isWhole = invoiceIds.length <= INVOICES_MAX;
  if (isOfWords && isWhole && customers.size === 1) return { kind: 'matched', rule, allocations: taken };
  return { kind: 'suggested', suggestions: [{ invoiceIds: taken.map(({ invoiceId }) => invoiceId), rule, why }] };
}

function hasReference({ paymentReference }: OpenInvoice): boolean {
  return paymentReference !== undefined;
}

/** An invoice as it can take this money: what it owes, with what its delay has cost where that is paid first. A discount that an earlier payment came too late for is none any more. */
async function openInvoiceOf(
  { ledger }: BookingDeps,
  { dunningCase, payments }: CaseFile,
  terms: AllocationTerms | undefined,
): Promise<OpenInvoice> {
  const { invoiceId, number, paymentReference, customerId, dueOn, currency, earlyPaymentDiscount } =
    dunningCase.invoice;
  const record = await ledger.loadCustomer(customerId);
  const { compensationMinor = 0, interestMinor = 0 } = terms?.unpaidCharges ?? {};
  const isLate = payments.some(({ valueOn }) => earlyPaymentDiscount && valueOn > earlyPaymentDiscount.until);
  return {
    ...{ invoiceId, number, paymentReference, customerId, dueOn, currency },
    ...(earlyPaymentDiscount && !isLate && { earlyPaymentDiscount }),
    discountBaseMinor: dunningCase.invoice.totalMinor - dunningCase.creditedMinor,
    customerName: record?.customer.name ?? '',
    outstandingMinor: isOwed(dunningCase) ? outstandingMinor(dunningCase) + compensationMinor + interestMinor : 0,
  };
}
