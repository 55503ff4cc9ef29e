import { calendarDaysBetween } from '../domain/calendar/business-day.ts';
import { chooseMatch, lookupKeys } from '../domain/matching.ts';
import type { Payment } from '../domain/payment.ts';
import { heldMinor } from '../domain/taken-back.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/** What the bank tells of the payment that it took back: its id, by its own word or by what its words and its amount say, and the one invoice that its words name. */
export interface ReturnedPayment {
  readonly returnsTransactionId?: string;
  readonly namedInvoiceId?: string;
}

/** PROPOSAL: days between two tellings of one return, by the webhook and by a statement. */
const TOLD_AGAIN_WITHIN_DAYS = 10;

/**
 * Finds the payment that a return takes back, where the bank gives no id: the only one of this amount on the one invoice that its words name, if it had come by then. There is none when several could be it, or
 * when as much was taken back from that invoice around that day: this is probably the same return told again, and another payment must not go for it.
 */
export async function findReturnedPayment(ledger: Ledger, cash: ReceivedCash): Promise<ReturnedPayment> {
  const { returnsTransactionId } = cash;
  const keys = lookupKeys([cash.remittance, cash.endToEndId]);
  const match = keys.length === 0 ? null : chooseMatch(await ledger.findFiledInvoices(keys));
  const [namedInvoiceId, ...others] = match?.invoiceIds ?? [];
  if (namedInvoiceId === undefined || others.length > 0) return returnsTransactionId ? { returnsTransactionId } : {};
  if (returnsTransactionId) return { returnsTransactionId, namedInvoiceId };
  const file = await ledger.loadCaseFile(namedInvoiceId);
  const payments = (file?.payments ?? []).filter(({ currency }) => currency === cash.currency);
  if (payments.some((payment) => isTold(payment, cash))) return { namedInvoiceId };
  const [payment, ...more] = payments.filter(
    (one) => heldMinor(one) === cash.amountMinor && one.valueOn <= cash.bookedOn,
  );
  return payment && more.length === 0
    ? { returnsTransactionId: payment.transactionId, namedInvoiceId }
    : { namedInvoiceId };
}

/** Whether a payment was taken back, to no more than this amount, around this day. Of what it had paid of the cost of delay it keeps no sum, so less is possible. */
function isTold({ returnedMinor = 0, returnedOn }: Payment, { amountMinor, bookedOn }: ReceivedCash): boolean {
  if (returnedMinor === 0 || returnedMinor > amountMinor || returnedOn === undefined) return false;
  return Math.abs(calendarDaysBetween(returnedOn, bookedOn)) <= TOLD_AGAIN_WITHIN_DAYS;
}
