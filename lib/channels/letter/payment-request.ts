import type { NoticeFacts, NoticeInvoice } from '../../domain/notice.ts';
import { formatAmount, formatIban, formatList, formatReference } from '../format.ts';
import { invoicesToPay, owedMinor, paymentPayload } from '../payment-demand.ts';
import { oneLine } from '../printable.ts';
import { byCurrency, sumOf } from './invoice-table.ts';
import { LETTER_LABELS } from './letter-labels.ts';

/** How to pay what a letter asks for: what to type into a transfer, and what its QR code says when there can be one. */
export interface PaymentRequest {
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly qrPayload: string | null;
}

/** More numbers than this in a reference are too many to type. */
const NUMBERS_TO_QUOTE_MAX = 4;

/** The account, the reference and the amount. One invoice is quoted by its payment reference, several by their numbers. */
export function paymentRequest(facts: NoticeFacts): PaymentRequest {
  const { creditor, language } = facts;
  const labels = LETTER_LABELS[language];
  const invoices = invoicesToPay(facts);
  const amounts = byCurrency(invoices).flatMap((group) => {
    const [first] = group;
    return first ? [formatAmount(sumOf(group, owedMinor), first, language)] : [];
  });
  return {
    lines: [
      { label: labels.payTo, value: oneLine(creditor.name) },
      { label: 'IBAN', value: formatIban(creditor.iban) },
      { label: 'BIC', value: oneLine(creditor.bic) },
      { label: labels.reference, value: printedReference(invoices) },
      { label: labels.amount, value: formatList(amounts, language) },
    ],
    qrPayload: paymentPayload(facts),
  };
}

function printedReference(invoices: readonly NoticeInvoice[]): string {
  const [first, ...others] = invoices;
  if (first?.paymentReference && others.length === 0) return formatReference(oneLine(first.paymentReference));
  const numbers = invoices.map(({ number }) => oneLine(number));
  const isLong = numbers.length > NUMBERS_TO_QUOTE_MAX;
  return isLong ? `${numbers.slice(0, NUMBERS_TO_QUOTE_MAX).join(', ')}…` : numbers.join(', ');
}
