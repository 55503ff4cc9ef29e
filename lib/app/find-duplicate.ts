import { canBeSamePayer, receiptFingerprints } from '../domain/matching/receipt-fingerprint.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { UnappliedMatch } from './match-cash.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/** Receipts with one fingerprint that are looked at, and how many of them at a time: many may pay the same in the same words on one day. */
const RECEIPTS_MAX = 1000;
const READ_TOGETHER = 25;

const TOLD_BY = { event: "the bank's webhook or an event", statement: 'a statement' } as const;

/**
 * Finds whether money in or out seems to be what the other source of bank data has told of before under an id of its own: the webhook and a statement each name transactions as they like. Two equal payments told
 * by one source are two, and so are two equal returns; and of one receipt, one of the other source is the duplicate.
 */
export async function findDuplicate(ledger: Ledger, cash: ReceivedCash): Promise<CashReceipt | null> {
  if (!cash.source) return null;
  const found = await Promise.all(receiptFingerprints(cash).map((mark) => ledger.findReceiptsLike(mark, RECEIPTS_MAX)));
  const ids = [...new Set(found.flat())];
  for (let start = 0; start < ids.length; start += READ_TOGETHER) {
    const alike = await Promise.all(ids.slice(start, start + READ_TOGETHER).map((id) => ledger.loadReceipt(id)));
    const others = alike.filter((receipt) => receipt !== null).filter((one) => isToldByOther(one, cash));
    const duplicateIds = await Promise.all(others.map((one) => ledger.loadDuplicateId(one.transactionId)));
    const other = others.find((_, index) => duplicateIds[index] === null);
    if (other) return other;
  }
  return null;
}

/** Whether a receipt is what the other source told of first, of the same payer as far as is known. */
function isToldByOther(one: CashReceipt, cash: ReceivedCash): boolean {
  if (one.source === undefined || one.source === cash.source) return false;
  return one.possibleDuplicateOf === undefined && canBeSamePayer(one, cash);
}

/** How money in or out is left to a person that seems to be booked already. Nobody's until they decide: it must not count as what a customer has with us. */
export function leaveDuplicate({ transactionId, kind, source, allocations }: CashReceipt): UnappliedMatch {
  const invoiceIds = allocations.map(({ invoiceId }) => invoiceId);
  const told = `Transaction ${transactionId}, told by ${TOLD_BY[source ?? 'event']},`;
  const why =
    kind === 'return'
      ? `${told} takes back as much of the same payment: this return seems to be booked already.`
      : `${told} is of the same amount, value date, payer and words: this money seems to be booked already.`;
  return {
    ...{ kind: 'none', reason: 'possible-duplicate', invoiceIds, customerId: null },
    suggestions: [{ invoiceIds, rule: 'possible-duplicate', why }],
    possibleDuplicateOf: transactionId,
  };
}
