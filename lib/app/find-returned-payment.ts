import { chooseMatch, lookupKeys } from '../domain/matching.ts';
import { heldMinor } from '../domain/taken-back.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/**
 * The id of the payment that a return takes back, where the bank names none: the only one of this amount on the one invoice that its words name. Null when there is no such payment, or several.
 */
export async function findReturnedPayment(ledger: Ledger, cash: ReceivedCash): Promise<string | null> {
  const keys = lookupKeys([cash.remittance, cash.endToEndId]);
  const match = keys.length === 0 ? null : chooseMatch(await ledger.findFiledInvoices(keys));
  const [invoiceId, ...others] = match?.invoiceIds ?? [];
  if (invoiceId === undefined || others.length > 0) return null;
  const file = await ledger.loadCaseFile(invoiceId);
  const [payment, ...more] = (file?.payments ?? []).filter(
    (one) => heldMinor(one) === cash.amountMinor && one.currency === cash.currency,
  );
  return payment && more.length === 0 ? payment.transactionId : null;
}
