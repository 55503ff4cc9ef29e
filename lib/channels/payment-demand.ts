import { epcPayload } from '../domain/epc-payment.ts';
import type { NoticeFacts, NoticeInvoice } from '../domain/notice.ts';
import { isCreditorReference } from './format.ts';
import { isDue } from './invoice-view.ts';
import { oneLine } from './printable.ts';

type Claim = Pick<NoticeFacts, 'customer' | 'invoices'>;

/**
 * The invoices of a notice with the charges it may claim. A consumer is charged neither penalties nor the compensation, whatever the facts say.
 *
 * @see Directive 2011/7/EU art. 1 and 2: it is for transactions between undertakings, or with public authorities
 */
export function claimedInvoices({ customer, invoices }: Claim): readonly [NoticeInvoice, ...NoticeInvoice[]] {
  if (customer.kind !== 'consumer') return invoices;
  const [first, ...others] = invoices;
  return [{ ...first, charges: null }, ...others.map((invoice) => ({ ...invoice, charges: null }))];
}

/**
 * The invoices a notice asks to be paid now: those whose due date has come, or all of them when none has. What is listed
 * beside and not yet due is not asked for.
 */
export function invoicesToPay(facts: Claim & Pick<NoticeFacts, 'today'>): NoticeInvoice[] {
  const invoices = claimedInvoices(facts);
  const due = invoices.filter((invoice) => isDue(invoice, facts.today));
  return due.length > 0 ? due : [...invoices];
}

/** What is owed on an invoice with its charges, in minor units. */
export function owedMinor({ outstandingMinor, charges }: NoticeInvoice): number {
  return outstandingMinor + (charges?.interestMinor ?? 0) + (charges?.compensationMinor ?? 0);
}

/** What the debtor promised to transfer, in one go or as a part of a plan, of a message about that; in every other message null. In the currency of the first invoice. */
export function promisedMinor({ confirms, instalments }: Pick<NoticeFacts, 'confirms' | 'instalments'>): number | null {
  return confirms?.result === 'promise' || instalments.length > 0 ? (confirms?.amountMinor ?? null) : null;
}

/** The text of the QR code that pays what a notice asks for in one transfer, or null when it is not all in euros. */
export function paymentPayload(
  facts: Claim & Pick<NoticeFacts, 'creditor' | 'today' | 'confirms' | 'instalments'>,
): string | null {
  const [first, ...others] = invoicesToPay(facts);
  if (first === undefined || others.some(({ currency }) => currency !== first.currency)) return null;
  const { name, bic, iban } = facts.creditor;
  const owed = [first, ...others].reduce((sum, invoice) => sum + owedMinor(invoice), 0);
  const reference = others.length === 0 ? referenceOf(first) : { unstructured: numbersOf([first, ...others]) };
  const amountMinor = promisedMinor(facts) ?? owed;
  return epcPayload({ beneficiary: oneLine(name), bic, iban, amountMinor, currency: first.currency, reference });
}

function referenceOf({ paymentReference, number }: NoticeInvoice): { structured: string } | { unstructured: string } {
  const reference = oneLine(paymentReference ?? number);
  return isCreditorReference(reference) ? { structured: reference } : { unstructured: reference };
}

function numbersOf(invoices: readonly NoticeInvoice[]): string {
  return invoices.map(({ number }) => oneLine(number)).join(' ');
}
