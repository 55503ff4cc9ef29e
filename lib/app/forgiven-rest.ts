import { moneyText } from '../contracts/money-text.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { type ForgivenRest, forgivenRest } from '../domain/forgiven-rest.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Invoice } from '../domain/invoice.ts';
import { allocationTerms, type BookingDeps } from './allocation-terms.ts';

/** What is given up of the rest of a case, as a fact of this date leaves it, by its policy. */
export async function forgivenOf(deps: BookingDeps, file: CaseFile, on: string): Promise<ForgivenRest> {
  const { toleranceMinor, unpaidCharges } = await allocationTerms(deps, file, on);
  const unpaidMinor = unpaidCharges.compensationMinor + unpaidCharges.interestMinor;
  return forgivenRest(file, { toleranceMinor, unpaidMinor });
}

/** The history of what is given up of the rest of an invoice, with the payment, its return or the credit note that brought it about. */
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
