import type { Money } from '../domain/money.ts';
import { balanceView, type CaseFacts } from './case-view.ts';
import { moneyText } from './money-text.ts';

/**
 * What the billing system is told of an invoice it changed. Kept small on purpose: how a debtor pays and what they said is the business of finance.
 */
export function invoiceChangeView({ dunningCase, charges }: CaseFacts) {
  const { invoice, standing } = dunningCase;
  const { invoiceId, number, customerId, dueOn } = invoice;
  return { invoiceId, number, customerId, dueOn, standing, balance: balanceView(dunningCase, charges) };
}

/** The answer to a credit note; `unapplied` is what the invoice did not owe any more, kept for the customer, or null. */
export function creditNoteView(creditNoteId: string, outcome: { case: CaseFacts; unapplied?: Money }) {
  const unapplied = outcome.unapplied ? moneyText(outcome.unapplied) : null;
  return { creditNoteId, unapplied, ...invoiceChangeView(outcome.case) };
}
