import { canBeSamePayer, receiptFingerprints } from '../domain/matching/receipt-fingerprint.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { UnappliedMatch } from './match-cash.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';

/** Receipts with one fingerprint that are looked at. */
const RECEIPTS_MAX = 50;

const TOLD_BY = { event: "the bank's webhook or an event", statement: 'a statement' } as const;

/**
 * Finds whether money in or out seems to be what the other source of bank data has told of before under an id of its own: the webhook and a statement each name transactions as they like. Two equal payments told
 * by one source are two, and so are two equal returns; and of one receipt, one of the other source is the duplicate.
 */
export async function findDuplicate(ledger: Ledger, cash: ReceivedCash): Promise<CashReceipt | null> {
  if (!cash.source) return null;
  const found = await Promise.all(receiptFingerprints(cash).map((mark) => ledger.findReceiptsLike(mark, RECEIPTS_MAX)));
  const loaded = await Promise.all([...new Set(found.flat())].map((id) => ledger.loadReceipt(id)));
  const alike = loaded.filter((receipt) => receipt !== null);
  const taken = alike.filter(({ source }) => source === cash.source).map((one) => one.possibleDuplicateOf);
  const [other] = alike.filter(
    (one) =>
      one.source !== undefined &&
      one.source !== cash.source &&
      one.possibleDuplicateOf === undefined &&
      !taken.includes(one.transactionId) &&
      canBeSamePayer(one, cash),
  );
  return other ?? null;
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
