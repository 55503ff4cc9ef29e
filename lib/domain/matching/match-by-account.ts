import { type ExactSum, findExactSums, isBeyondChance } from './exact-sums.ts';
import { type BookingRule, listNumbers, type MatchSuggestion } from './matching-result.ts';
import { compareByDueDate, type IncomingPayment, type OpenInvoice } from './open-invoice.ts';

/** Open invoices of one debtor beyond which no sum is looked for: nearly every amount would have several. */
const OPEN_INVOICES_MAX = 40;

/** Invoices paid by one payment without a word about them. */
const SUM_INVOICES_MAX = 10;

/** A single invoice of exactly the amount is doubtful when so few others make up the amount as well. */
const RIVAL_INVOICES_MAX = 3;

/** Open invoices of one debtor beyond which even a single one of exactly the amount is left to a person. */
const SINGLE_OPEN_INVOICES_MAX = 200;

/** What the account or the name of a debtor and the amount tell: what is believed, or what a person may choose from. */
export interface AmountMatch {
  readonly believed: (ExactSum & { readonly rule: BookingRule; readonly why: string }) | null;
  readonly suggestions: readonly MatchSuggestion[];
}

/**
 * Looks for the invoices of exactly the amount among those of the debtors known by the payment's account: a single one, then a sum of up to
 * ten. Believed only
 * when no other invoice or sum fits.
 *
 * @param open what those debtors owe in the payment's currency
 */
export function matchByAccount(payment: IncomingPayment, open: readonly OpenInvoice[]): AmountMatch {
  const debtors = [...Map.groupBy([...open].sort(compareByDueDate), ({ customerId }) => customerId).values()];
  const singles = sumsOfAll(debtors, payment, 1);
  if (singles.examples.length > 0) {
    const isSmall = debtors.every(({ length }) => length <= SINGLE_OPEN_INVOICES_MAX);
    const rivals = isSmall ? sumsOfAll(debtors, payment, RIVAL_INVOICES_MAX) : null;
    const suggestions = (rivals ?? singles).examples.map((sum) => tell(sum, rivals?.count === 1));
    return { believed: rivals?.count === 1 ? believe(singles.examples[0]) : null, suggestions };
  }
  if (debtors.some(({ length }) => length > OPEN_INVOICES_MAX)) return { believed: null, suggestions: [] };
  const sums = sumsOfAll(debtors, payment, SUM_INVOICES_MAX);
  const only = sums.count === 1 ? sums.examples[0] : undefined;
  const isBelieved = only !== undefined && isBeyondChance(only.invoices.length, debtors);
  return {
    believed: isBelieved ? believe(only) : null,
    suggestions: sums.examples.map((sum) => tell(sum, isBelieved)),
  };
}

/** The oldest invoices of a known debtor, when the amount says nothing. */
export function suggestOldest(open: readonly OpenInvoice[]): MatchSuggestion[] {
  return [...open].sort(compareByDueDate).map((invoice) => ({
    invoiceIds: [invoice.invoiceId],
    rule: 'debtor-account',
    why: `${invoice.customerName} has paid from this account before and owes ${listNumbers([invoice])}, of another amount.`,
  }));
}

function sumsOfAll(debtors: readonly (readonly OpenInvoice[])[], payment: IncomingPayment, sizeMax: number) {
  const sums = debtors.map((invoices) => findExactSums(invoices, payment, sizeMax) ?? { count: 0, examples: [] });
  const examples = sums.flatMap((one) => one.examples);
  return {
    count: sums.reduce((total, { count }) => total + count, 0),
    examples: examples.sort((one, other) => one.invoices.length - other.invoices.length),
  };
}

function believe(sum: ExactSum | undefined): AmountMatch['believed'] {
  return sum ? { ...sum, ...tell(sum, true) } : null;
}

function tell({ invoices, allocations }: ExactSum, isOnly: boolean): MatchSuggestion & { readonly rule: BookingRule } {
  const debtor = invoices[0]?.customerName ?? '';
  const less = allocations.some(({ settlesWithDiscount }) => settlesWithDiscount)
    ? ' less the early payment discount'
    : '';
  const doubt = isOnly ? '' : '; other invoices could be meant';
  const isSingle = invoices.length === 1;
  return {
    invoiceIds: allocations.map(({ invoiceId }) => invoiceId),
    rule: isSingle ? 'debtor-account' : 'open-invoices-sum',
    why: isSingle
      ? `${debtor} has paid from this account before, and the amount is what ${listNumbers(invoices)} owes${less}${doubt}.`
      : `${debtor} has paid from this account before, and ${listNumbers(invoices)} sum to the amount${less}${doubt}.`,
  };
}
