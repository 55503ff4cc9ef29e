import { invariant } from '../errors.ts';
import type { OpenInvoice } from './open-invoice.ts';

/**
 * The early payment discount a debtor may take off what an invoice still owes, rounded half up to the minor unit; 0 when there is none or
 * the money is
 * late.
 *
 * @param valueOn value date of the money, in time up to and including the discount's last day
 */
export function discountInTimeMinor(invoice: OpenInvoice, valueOn: string | undefined): number {
  const { earlyPaymentDiscount, outstandingMinor } = invoice;
  if (!earlyPaymentDiscount || valueOn === undefined || valueOn > earlyPaymentDiscount.until) return 0;
  const { percent } = earlyPaymentDiscount;
  invariant(/^\d+(\.\d+)?$/.test(percent), `percent=${percent} of invoice ${invoice.invoiceId} is no decimal`);
  const [whole = '', decimals = ''] = percent.split('.');
  const divisor = 100n * 10n ** BigInt(decimals.length);
  const product = BigInt(outstandingMinor) * BigInt(whole + decimals);
  return Number((2n * product + divisor) / (2n * divisor));
}
