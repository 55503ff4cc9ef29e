import type { Charges } from '../domain/charges.ts';
import type { Language } from '../domain/customer.ts';
import type { NoticeInvoice } from '../domain/notice.ts';
import { formatAmount, formatDate, formatDays, formatRate, formatReference } from './format.ts';
import { oneLine, oneLineOrNull, webAddress } from './printable.ts';

/** One period of late-payment interest, written out: interest on `base` at `rate` from one day to another. */
interface ChargeLineView {
  readonly from: string;
  readonly to: string;
  readonly days: string;
  readonly base: string;
  readonly rate: string;
  readonly amount: string;
}

/** The variables of one invoice in an email, a call script or a letter; what does not apply is `null`. */
export interface InvoiceView {
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly lateness: string | null;
  /** Whether the due date has come. */
  readonly isDue: boolean;
  readonly total: string;
  readonly outstanding: string;
  /** What was paid already, when it was a part only. */
  readonly paid: string | null;
  /** What is contested and not asked for while it is examined. */
  readonly disputed: string | null;
  /** What was credited: billed and neither paid nor contested nor outstanding. */
  readonly credited: string | null;
  readonly isReduced: boolean;
  /** What the transfer must quote so that it is matched: the payment reference, else the invoice number. */
  readonly reference: string;
  /** The reference without the spaces it is printed with, for copying; `null` when it is printed as it is. */
  readonly unbrokenReference: string | null;
  readonly purchaseOrder: string | null;
  readonly documentUrl: string | null;
  readonly hasCharges: boolean;
  readonly interest: string | null;
  readonly compensation: string | null;
  readonly chargeLines: readonly ChargeLineView[];
  /** What was paid of the interest of the lines, when it was a part only. */
  readonly interestPaid: string | null;
}

/** The variables of an invoice for a notice of this date. */
export function invoiceView(
  invoice: NoticeInvoice,
  { language, today }: { readonly language: Language; readonly today: string },
): InvoiceView {
  const amount = (amountMinor: number) => formatAmount(amountMinor, invoice, language);
  const amountOrNull = (amountMinor: number) => (amountMinor > 0 ? amount(amountMinor) : null);
  const bareReference = oneLine(invoice.paymentReference ?? invoice.number);
  const reference = invoice.paymentReference === undefined ? bareReference : formatReference(bareReference);
  const interest = amountOrNull(invoice.charges?.interestMinor ?? 0);
  const compensation = amountOrNull(invoice.charges?.compensationMinor ?? 0);
  return {
    number: oneLine(invoice.number),
    issuedOn: formatDate(invoice.issuedOn, language),
    dueOn: formatDate(invoice.dueOn, language),
    lateness: invoice.daysLate > 0 ? formatDays(invoice.daysLate, language) : null,
    isDue: isDue(invoice, today),
    total: amount(invoice.totalMinor),
    outstanding: amount(invoice.outstandingMinor),
    paid: amountOrNull(invoice.paidMinor),
    disputed: amountOrNull(invoice.disputedMinor),
    credited: amountOrNull(creditedMinor(invoice)),
    isReduced: invoice.outstandingMinor !== invoice.totalMinor,
    reference,
    unbrokenReference: reference === bareReference ? null : bareReference,
    purchaseOrder: oneLineOrNull(invoice.purchaseOrder),
    documentUrl: webAddress(invoice.documentUrl),
    hasCharges: interest !== null || compensation !== null,
    interest,
    compensation,
    chargeLines: chargeLines(invoice.charges, { amount, language }),
    interestPaid: amountOrNull(invoice.charges?.interestPaidMinor ?? 0),
  };
}

/** What was credited of an invoice, in minor units: what is neither paid nor contested nor outstanding. */
export function creditedMinor({ totalMinor, paidMinor, disputedMinor, outstandingMinor }: NoticeInvoice): number {
  return totalMinor - paidMinor - disputedMinor - outstandingMinor;
}

/** Whether the due date of an invoice has come on this day. */
export function isDue({ dueOn }: Pick<NoticeInvoice, 'dueOn'>, today: string): boolean {
  return dueOn <= today;
}

function chargeLines(
  charges: Charges | null,
  { amount, language }: { amount: (amountMinor: number) => string; language: Language },
): ChargeLineView[] {
  return (charges?.lines ?? []).map((line) => ({
    from: formatDate(line.from, language),
    to: formatDate(line.to, language),
    days: formatDays(line.days, language),
    base: amount(line.baseMinor),
    rate: formatRate(line.annualRatePercent, language),
    amount: amount(line.amountMinor),
  }));
}
