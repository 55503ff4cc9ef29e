import { likenessTo } from './name-similarity.ts';
import type { IncomingPayment, MatchCandidates, OpenInvoice } from './open-invoice.ts';

/** Who pays, as far as the account and the name tell. */
export interface Payer {
  /**
   * Whether the payment comes from the debtor of an invoice. `unclear` when another debtor has nearly that name, `unknown` when the bank
   * tells no name, and
   * nothing was ever paid from the account.
   */
  readonly stanceOn: (invoice: OpenInvoice) => 'agrees' | 'unclear' | 'disagrees' | 'unknown';
  /** How alike the payer's name is to a debtor's, from 0 to 1. */
  readonly likenessTo: (customerName: string) => number;
  /** What the debtors known by the account owe in the payment's currency, all of it. */
  readonly openByAccount: readonly OpenInvoice[];
  /** The same, with what debtors of the payer's name owe. */
  readonly open: readonly OpenInvoice[];
  /** Whether the payer bears the name of a debtor other than the one known by the account, and not that one's name: a shared account. */
  readonly isNamedAsAnother: (chosen: OpenInvoice) => boolean;
}

/** From this likeness on, two names are taken for the same debtor's. */
const SAME_NAME_MIN = 0.8;

/** The likeness it takes to believe a name against an account that is known as another debtor's. */
const SAME_NAME_AGAINST_ACCOUNT_MIN = 0.95;

/** Tells who pays, from what the bank says and the candidates found by it. */
export function identifyPayer(payment: IncomingPayment, candidates: MatchCandidates): Payer {
  const byIban = payment.debtorIban === undefined ? [] : candidates.byIban;
  const likeness = likenessTo(payment.debtorName ?? '');
  const accountHolders = new Set(byIban.map(({ customerId }) => customerId));
  const isNamedLike = ({ customerName }: OpenInvoice) => (likeness(customerName) ?? 0) >= SAME_NAME_MIN;
  const likenessMin = accountHolders.size > 0 ? SAME_NAME_AGAINST_ACCOUNT_MIN : SAME_NAME_MIN;
  return {
    stanceOn: ({ customerId, customerName }) => {
      if (accountHolders.has(customerId)) return 'agrees';
      const alike = likeness(customerName);
      if (alike === null && accountHolders.size === 0) return 'unknown';
      if ((alike ?? 0) < likenessMin) return 'disagrees';
      const isLikeAnother = candidates.byName.some((one) => one.customerId !== customerId && isNamedLike(one));
      return isLikeAnother ? 'unclear' : 'agrees';
    },
    likenessTo: (customerName) => likeness(customerName) ?? 0,
    openByAccount: openOf(byIban, payment),
    open: openOf([...byIban, ...candidates.byName.filter(isNamedLike)], payment),
    isNamedAsAnother: (chosen) =>
      !isNamedLike(chosen) &&
      [...byIban, ...candidates.byName].some((one) => one.customerId !== chosen.customerId && isNamedLike(one)),
  };
}

/** What is owed in the payment's currency, each invoice once. */
function openOf(invoices: readonly OpenInvoice[], { currency }: IncomingPayment): OpenInvoice[] {
  const open = invoices.filter((invoice) => invoice.currency === currency && invoice.outstandingMinor > 0);
  return [...new Map(open.map((invoice) => [invoice.invoiceId, invoice])).values()];
}
