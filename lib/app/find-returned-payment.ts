import { calendarDaysBetween } from '../domain/calendar/business-day.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isCreditNoteCash } from '../domain/credit-note.ts';
import { customerReturnMark } from '../domain/matching/receipt-fingerprint.ts';
import { chooseMatch, lookupKeys } from '../domain/matching.ts';
import type { CashReceipt, Payment } from '../domain/payment.ts';
import { heldMinor } from '../domain/taken-back.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/** What is known of the payment that a return takes back: its id, by the bank's word or by what the return tells, whose money it was, and the one invoice that the words of the return name. */
type ReturnedPayment = Pick<CashReceipt, 'returnsTransactionId' | 'customerId' | 'namedInvoiceId'>;

/** PROPOSAL: days between two tellings of one return, by the webhook and by a statement. */
const TOLD_AGAIN_WITHIN_DAYS = 10;

/** Returns of one amount and customer that are looked at. */
const RETURNS_MAX = 50;

/**
 * Finds the payment that a return takes back, where the bank gives no id: the only one of this amount, of which the one invoice that its words name has a part, or no invoice of its customer has any, if it had come by then. There is none
 * when several could be it, or when as much was taken back from that customer around that day: this is probably the same return told again, and a good payment must not go for it.
 */
export async function findReturnedPayment(ledger: Ledger, cash: ReceivedCash): Promise<ReturnedPayment> {
  const file = await findNamedInvoice(ledger, cash);
  const named = file && { namedInvoiceId: file.dunningCase.invoice.invoiceId };
  const { returnsTransactionId } = cash;
  if (returnsTransactionId) return { returnsTransactionId, ...named };
  if (!file) return {};
  const { customerId } = file.dunningCase.invoice;
  const found = await findPayment(ledger, cash, file);
  // Looked for last: a return that is booked meanwhile is seen here, or its payment was one of several.
  const isKnown = found === null || (await isTold(ledger, cash, file));
  return { ...(!isKnown && { returnsTransactionId: found }), customerId, ...named };
}

async function findNamedInvoice(ledger: Ledger, { remittance, endToEndId }: ReceivedCash): Promise<CaseFile | null> {
  const keys = lookupKeys([remittance, endToEndId]);
  const match = keys.length === 0 ? null : chooseMatch(await ledger.findFiledInvoices(keys));
  const [invoiceId, ...others] = match?.invoiceIds ?? [];
  return invoiceId === undefined || others.length > 0 ? null : ledger.loadCaseFile(invoiceId);
}

/** Whether as much was taken back around this day: from the invoice, or of any money of its customer. */
async function isTold(ledger: Ledger, cash: ReceivedCash, { dunningCase, payments }: CaseFile): Promise<boolean> {
  const { bookedOn } = cash;
  if (payments.some((payment) => wasTakenBack(payment, cash))) return true;
  const mark = customerReturnMark({ ...cash, customerId: dunningCase.invoice.customerId });
  const found = await Promise.all(
    (await ledger.findReceiptsLike(mark, RETURNS_MAX)).map((id) => ledger.loadReceipt(id)),
  );
  // One source that tells of two equal returns, of two invoices, tells of two.
  const isSame = (receipt: CashReceipt) =>
    receipt.source !== cash.source || receipt.namedInvoiceId === dunningCase.invoice.invoiceId;
  return found.some((receipt) => receipt !== null && isSame(receipt) && isAround(receipt.bookedOn, bookedOn));
}

/** Whether a payment was taken back, to no more than this amount, around this day. What it had paid of the cost of delay is not summed up, so less is possible. */
function wasTakenBack({ returnedMinor = 0, returnedOn }: Payment, { amountMinor, bookedOn }: ReceivedCash): boolean {
  return (
    returnedMinor > 0 && returnedMinor <= amountMinor && returnedOn !== undefined && isAround(returnedOn, bookedOn)
  );
}

function isAround(one: string, other: string): boolean {
  return Math.abs(calendarDaysBetween(one, other)) <= TOLD_AGAIN_WITHIN_DAYS;
}

/** The only payment that could be meant: of the whole amount, since banks take back whole payments. */
async function findPayment(
  ledger: Ledger,
  { amountMinor, currency, bookedOn }: ReceivedCash,
  { dunningCase, payments }: CaseFile,
): Promise<string | null> {
  const held = payments.filter((one) => heldMinor(one) > 0);
  const onInvoice = await Promise.all(held.map(({ transactionId }) => ledger.loadReceipt(transactionId)));
  const unapplied = await ledger.listUnappliedOf(dunningCase.invoice.customerId);
  const possible = [...onInvoice, ...unapplied]
    .filter((receipt) => receipt !== null)
    .filter((one) => one.kind === 'credit' && !isCreditNoteCash(one))
    .filter((one) => one.currency === currency && one.valueOn <= bookedOn)
    .filter((one) => one.amountMinor - (one.returnedMinor ?? 0) === amountMinor);
  const [found, ...others] = new Set(possible.map(({ transactionId }) => transactionId));
  return found !== undefined && others.length === 0 ? found : null;
}
