import { type CashReceipt, isUnappliedCash } from '../domain/payment.ts';
import { unappliedShard } from './keys.ts';
import type { RankedList } from './ranked-list.ts';

/** The list of the money of one customer, or that may be for their invoices, that is not wholly applied, oldest booking first. It stands in the index over the cases of a customer, under a status no case has. */
export function unappliedListOf(customerId: string): RankedList {
  const status = statusOf(customerId);
  return {
    name: `unapplied/${status}`,
    indexName: 'CasesByCustomer',
    partitionAttribute: 'caseCustomer',
    partitions: [status],
    rankAttribute: 'dueRank',
    isKeyedByRank: true,
    isDescending: false,
  };
}

/** The attributes by which the indexes list a receipt; none when its money is wholly applied. */
export function unappliedAttributes(receipt: CashReceipt): Record<string, string> {
  const { transactionId, bookedOn, customerId = receipt.suggestedCustomerId } = receipt;
  if (!isUnappliedCash(receipt)) return {};
  const ofCustomer = customerId && { caseCustomer: statusOf(customerId), dueRank: `${bookedOn}#${transactionId}` };
  return { unappliedShard: unappliedShard(transactionId), ...ofCustomer };
}

function statusOf(customerId: string): string {
  return `UNAPPLIED#${customerId}`;
}
