import { earlyPaymentDiscountMinor } from '../early-payment-discount.ts';
import type { OpenInvoice } from './open-invoice.ts';

/**
 * The early payment discount a debtor may take off what an invoice still owes; 0 when there is none, the money is late, or nothing would be left to pay.
 *
 * @param valueOn value date of the money, in time up to and including the discount's last day
 */
export function discountInTimeMinor(invoice: OpenInvoice, valueOn: string | undefined): number {
  const { earlyPaymentDiscount, outstandingMinor, discountBaseMinor = outstandingMinor } = invoice;
  if (!earlyPaymentDiscount || valueOn === undefined || valueOn > earlyPaymentDiscount.until) return 0;
  const discountMinor = earlyPaymentDiscountMinor(discountBaseMinor, earlyPaymentDiscount.percent);
  return discountMinor < outstandingMinor ? discountMinor : 0;
}
