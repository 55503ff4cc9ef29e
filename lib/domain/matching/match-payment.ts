import { invariant } from '../errors.ts';
import { matchByAccount, suggestOldest } from './match-by-account.ts';
import { suggestByName } from './match-by-name.ts';
import { matchByWords, suggestNamed } from './match-by-words.ts';
import type { MatchSuggestion, PaymentMatch } from './matching-result.ts';
import { findNamedInvoices, speaksOfAnother } from './named-invoices.ts';
import type { IncomingPayment, MatchCandidates } from './open-invoice.ts';
import { identifyPayer } from './payer.ts';

const SUGGESTIONS_MAX = 5;

/**
 * Decides which open invoices a payment is for. The rules in order: a structured reference; invoice numbers in the text; an account that
 * the debtor has paid from before, with an
 * invoice of exactly the amount; a sum of up to ten invoices of that debtor; name and amount, as a suggestion only.
 *
 * A wrong match hides a debt and duns somebody who has paid, a missing one costs a person a minute: so whatever leaves a doubt is
 * suggested. Words count more than amounts: once a
 * payment names an invoice, the amount alone matches no other. Invoices in another currency are never matched. The order of the candidates
 * changes nothing.
 *
 * @param toleranceMinor how much may be missing for an invoice named by the words to be closed all the same
 */
export function matchPayment({
  payment,
  candidates,
  toleranceMinor = 0,
}: {
  payment: IncomingPayment;
  candidates: MatchCandidates;
  toleranceMinor?: number | undefined;
}): PaymentMatch {
  invariant(
    Number.isSafeInteger(payment.amountMinor) && payment.amountMinor > 0,
    `amountMinor=${payment.amountMinor} is no amount received`,
  );
  const payer = identifyPayer(payment, candidates);
  const found = findNamedInvoices(payment, candidates);
  const byWords = matchByWords(found, { payment, payer, toleranceMinor });
  if (byWords) return byWords;
  const byAccount = matchByAccount(payment, payer.openByAccount);
  const { believed } = byAccount;
  if (believed && found.named.length === 0) {
    const { rule, why, allocations, invoices } = believed;
    const isAnother = invoices.some(payer.isNamedAsAnother) || speaksOfAnother(found, invoices, payer.openByAccount);
    if (!isAnother) return { kind: 'matched', rule, why, allocations };
  }
  return suggest([
    ...suggestNamed(found, payment),
    ...byAccount.suggestions,
    ...suggestByName(payment, payer, candidates.byName),
    ...suggestOldest(payer.openByAccount),
  ]);
}

/** The best suggestions, each set of invoices once. */
function suggest(suggestions: readonly MatchSuggestion[]): PaymentMatch {
  const distinct = new Map<string, MatchSuggestion>();
  for (const suggestion of suggestions) {
    const key = [...suggestion.invoiceIds].sort().join(' ');
    if (!distinct.has(key)) distinct.set(key, suggestion);
  }
  return { kind: 'suggested', suggestions: [...distinct.values()].slice(0, SUGGESTIONS_MAX) };
}
