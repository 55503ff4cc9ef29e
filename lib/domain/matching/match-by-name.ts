import { findExactSums } from './exact-sums.ts';
import { listNumbers, type MatchSuggestion } from './matching-result.ts';
import { compareByDueDate, type IncomingPayment, type OpenInvoice } from './open-invoice.ts';
import type { Payer } from './payer.ts';

const LIKENESS_MIN = 0.7;

/** Invoices of one debtor paid together, of which a sum is suggested by name. */
const SUM_INVOICES_MAX = 3;

/** Open invoices of one debtor beyond which a name says too little. */
const OPEN_INVOICES_MAX = 40;

/**
 * Suggests the invoices of debtors of nearly the payer's name whose sum is the amount, the likeliest name first. Only ever a suggestion:
 * two companies may have one name.
 *
 * @param byName each invoice once
 */
export function suggestByName(
  payment: IncomingPayment,
  payer: Payer,
  byName: readonly OpenInvoice[],
): MatchSuggestion[] {
  const open = byName.filter(
    ({ customerName, currency, outstandingMinor }) =>
      payer.likenessTo(customerName) >= LIKENESS_MIN && currency === payment.currency && outstandingMinor > 0,
  );
  const debtors = [...Map.groupBy([...open].sort(compareByDueDate), ({ customerId }) => customerId).values()];
  return debtors
    .map((invoices) => ({ invoices, likeness: payer.likenessTo(invoices[0]?.customerName ?? '') }))
    .filter(({ invoices }) => invoices.length <= OPEN_INVOICES_MAX)
    .sort((one, other) => other.likeness - one.likeness)
    .flatMap(({ invoices, likeness }) =>
      (findExactSums(invoices, payment, SUM_INVOICES_MAX)?.examples ?? []).map((sum) => ({
        invoiceIds: sum.allocations.map(({ invoiceId }) => invoiceId),
        rule: 'name-and-amount' as const,
        why: `The payer's name "${payment.debtorName}" is ${Math.round(likeness * 100)} % like ${sum.invoices[0]?.customerName}, and ${listNumbers(sum.invoices)} ${sum.invoices.length === 1 ? 'is of that amount' : 'make up the amount'}.`,
      })),
    );
}
