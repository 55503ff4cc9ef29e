import type { Language } from '../domain/customer.ts';
import type { NoticeFacts } from '../domain/notice.ts';
import { formatAmount, formatDate, formatDays, formatIban, formatReference } from './format.ts';

/**
 * The variables of an email template: written out in the language of the notice, on one line each; what does not apply
 * is `null`.
 */
export interface EmailView {
  readonly language: Language;
  readonly isConsumer: boolean;
  readonly creditorName: string;
  readonly phone: string;
  readonly phoneHref: string;
  readonly replyToAddress: string;
  readonly iban: string;
  readonly bic: string;
  readonly customerName: string;
  readonly contactName: string | null;
  readonly invoiceNumber: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly lateness: string | null;
  readonly total: string;
  readonly outstanding: string;
  /** What was paid already, when it was a part only. */
  readonly paid: string | null;
  /** What was credited: billed and neither paid nor outstanding. */
  readonly credited: string | null;
  readonly isReduced: boolean;
  /** What the transfer must quote so that it is matched: the payment reference, else the invoice number. */
  readonly reference: string;
  /** The reference without the spaces it is printed with, for copying; `null` when it is printed as it is. */
  readonly unbrokenReference: string | null;
  readonly purchaseOrder: string | null;
  readonly documentUrl: string | null;
  readonly respondBy: string;
  readonly legalNotice: string;
  readonly privacyUrl: string | null;
}

/** The variables of an email for these facts. Only web addresses are linked to: any other URL is left out. */
export function emailView(facts: NoticeFacts): EmailView {
  const { language, creditor, invoice } = facts;
  const amount = (amountMinor: number) => formatAmount(amountMinor, invoice, language);
  const bareReference = oneLine(invoice.paymentReference ?? invoice.number);
  const reference = invoice.paymentReference === undefined ? bareReference : formatReference(bareReference);
  const creditedMinor = invoice.totalMinor - invoice.paidMinor - invoice.outstandingMinor;
  return {
    language,
    isConsumer: facts.customer.kind === 'consumer',
    creditorName: oneLine(creditor.name),
    phone: oneLine(creditor.phone),
    phoneHref: creditor.phone.replace(/[^+\d]/g, ''),
    replyToAddress: oneLine(creditor.replyToAddress),
    iban: formatIban(creditor.iban),
    bic: oneLine(creditor.bic),
    customerName: oneLine(facts.customer.name),
    contactName: oneLine(facts.contactName ?? '') || null,
    invoiceNumber: oneLine(invoice.number),
    issuedOn: formatDate(invoice.issuedOn, language),
    dueOn: formatDate(invoice.dueOn, language),
    lateness: facts.daysLate > 0 ? formatDays(facts.daysLate, language) : null,
    total: amount(invoice.totalMinor),
    outstanding: amount(invoice.outstandingMinor),
    paid: invoice.paidMinor > 0 ? amount(invoice.paidMinor) : null,
    credited: creditedMinor > 0 ? amount(creditedMinor) : null,
    isReduced: invoice.outstandingMinor !== invoice.totalMinor,
    reference,
    unbrokenReference: reference === bareReference ? null : bareReference,
    purchaseOrder: oneLine(invoice.purchaseOrder ?? '') || null,
    documentUrl: webAddress(invoice.documentUrl),
    respondBy: formatDate(facts.respondBy, language),
    legalNotice: oneLine(creditor.legalNotice),
    privacyUrl: webAddress(creditor.privacyUrl),
  };
}

function webAddress(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? oneLine(url) : null;
}

/**
 * A text without line breaks and other control characters: a subject is one line, and a name may not draw lines of its
 * own.
 */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
