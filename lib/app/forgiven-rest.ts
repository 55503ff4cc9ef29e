import { moneyText } from '../contracts/money-text.ts';
import type { ForgivenRest } from '../domain/allocate.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Invoice } from '../domain/invoice.ts';

/** The history of what is given up of the rest of an invoice, with the payment or the credit note that brought it about. */
export function forgivenDrafts(
  { currency, earlyPaymentDiscount }: Invoice,
  { discountMinor, toleratedMinor }: ForgivenRest,
  cause: { readonly transactionId: string } | { readonly creditNoteId: string },
): HistoryDraft[] {
  const drafts: HistoryDraft[] = [];
  if (discountMinor > 0) {
    const amount = moneyText({ amountMinor: discountMinor, currency });
    const data = { ...cause, percent: earlyPaymentDiscount?.percent, amount };
    drafts.push({ type: 'EarlyPaymentDiscountTaken', actor: 'relance', data });
  }
  if (toleratedMinor > 0) {
    const amount = moneyText({ amountMinor: toleratedMinor, currency });
    drafts.push({ type: 'SmallBalanceWrittenOff', actor: 'relance', data: { ...cause, amount } });
  }
  return drafts;
}
