import { createHash } from 'node:crypto';

/** The key of a row of either table. This file is the only one that spells `pk` and `sk`. */
export interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

/** The snapshot of a case. */
export const caseKey = (invoiceId: string): RowKey => ({ pk: invoicePartition(invoiceId), sk: 'CASE' });

/** The claim of one step of one cycle. */
export const claimKey = (claim: { invoiceId: string; stepId: string; cycle: number }): RowKey => ({
  pk: invoicePartition(claim.invoiceId),
  sk: `STEP#${claim.stepId}#${claim.cycle}`,
});

/** The part of a bank transaction allocated to an invoice. */
export const paymentKey = (payment: { invoiceId: string; transactionId: string }): RowKey => ({
  pk: invoicePartition(payment.invoiceId),
  sk: `PAYMENT#${payment.transactionId}`,
});

/** A credit note of an invoice. */
export const creditNoteKey = (note: { invoiceId: string; creditNoteId: string }): RowKey => ({
  pk: invoicePartition(note.invoiceId),
  sk: `CREDIT#${note.creditNoteId}`,
});

/** A customer. */
export const customerKey = (customerId: string): RowKey => ({ pk: `CUSTOMER#${customerId}`, sk: 'PROFILE' });

/** A task for a person. */
export const taskKey = (taskId: string): RowKey => ({ pk: `TASK#${taskId}`, sk: 'TASK' });

/** A stored version of a policy; the number is zero-padded so that keys sort as numbers do. */
export const policyKey = (name: string, version: number): RowKey => ({
  pk: policyPartition(name),
  sk: `V#${String(version).padStart(8, '0')}`,
});

/** The partition of all versions of one policy. */
export function policyPartition(name: string): string {
  return `POLICY#${name}`;
}

/** The names of all policies that were ever stored. */
export const POLICY_CATALOGUE_KEY: RowKey = { pk: 'POLICIES', sk: 'CATALOGUE' };

/** The receipt of a bank transaction, applied or not. */
export const receiptKey = (transactionId: string): RowKey => ({ pk: `CASH#${transactionId}`, sk: 'CASH' });

/** The return of a bank transaction that did not find it: who books the transaction finds the return under it. */
export const waitingReturnKey = (returned: { returnsTransactionId: string; transactionId: string }): RowKey => ({
  pk: returnsPartition(returned.returnsTransactionId),
  sk: returned.transactionId,
});

/** The partition of the returns that wait for one bank transaction. */
export function returnsPartition(transactionId: string): string {
  return `RETURNS#${transactionId}`;
}

/** The invoices filed under what a payer may write. */
export const filingKey = (key: string): RowKey => ({ pk: `MATCH#${key}`, sk: 'MATCH' });

/** The key an item of {@link filingKey} is for. */
export const filedUnder = (pk: string): string => pk.slice('MATCH#'.length);

/** A customer under a key of a payer's. */
export const customerFilingKey = (filing: { key: string; customerId: string }): RowKey => ({
  pk: payerPartition(filing.key),
  sk: `CUSTOMER#${filing.customerId}`,
});

/** The partition of all customers under a key of a payer's. The key is hashed, so that no account and no name stands in one; who knows the account finds it all the same. */
export function payerPartition(key: string): string {
  return `PAYER#${hashed(key)}`;
}

/** The customer a sort key of {@link customerFilingKey} is for. */
export const filedCustomer = (sk: string): string => sk.slice('CUSTOMER#'.length);

/** The one transaction that is kept as the possible duplicate of this one. */
export const duplicateKey = (transactionId: string): RowKey => ({ pk: `CASH#${transactionId}`, sk: 'DUPLICATE' });

/** A receipt under a fingerprint of its. */
export const fingerprintKey = (fingerprint: string, transactionId: string): RowKey => ({
  pk: fingerprintPartition(fingerprint),
  sk: `CASH#${transactionId}`,
});

/** The partition of all receipts with a fingerprint, which is hashed as {@link payerPartition} is. */
export function fingerprintPartition(fingerprint: string): string {
  return `LIKE#${hashed(fingerprint)}`;
}

/** The receipt a sort key of {@link fingerprintKey} is for. */
export const likeReceipt = (sk: string): string => sk.slice('CASH#'.length);

/** The day through which the bank has told. */
export const BANK_DATA_KEY: RowKey = { pk: 'BANK', sk: 'DATA' };

/** An entry of the History table; the sequence number is zero-padded so that keys sort as numbers do. */
export const historyKey = (invoiceId: string, seq: number): RowKey => ({
  pk: invoicePartition(invoiceId),
  sk: String(seq).padStart(8, '0'),
});

/** Whether a cursor is one that a listing of history gave out: the number of the entry it stopped at. */
export const isHistoryCursor = (cursor: string): boolean => /^\d{1,8}$/.test(cursor);

/** The partition of everything that belongs to one invoice, in both tables. */
export function invoicePartition(invoiceId: string): string {
  return `INVOICE#${invoiceId}`;
}

/** The invoice a partition of {@link invoicePartition} belongs to. */
export function invoiceOf(pk: string): string {
  return pk.slice('INVOICE#'.length);
}

/** Whether a sort key in an invoice's partition is that of its snapshot. */
export const isCaseRow = (sk: string): boolean => sk === 'CASE';

/** Whether a sort key in an invoice's partition is that of a claim. */
export const isClaimRow = (sk: string): boolean => sk.startsWith('STEP#');

/** Whether a sort key in an invoice's partition is that of a payment. */
export const isPaymentRow = (sk: string): boolean => sk.startsWith('PAYMENT#');

/** Over how many partitions an index is spread whose key would else be a bare status, and so one hot partition. */
const SHARD_COUNT = 4;

/** The partitions of what is under one status in a sharded index, in the order they are listed. */
export function shardsOf(status: string): string[] {
  return Array.from({ length: SHARD_COUNT }, (_, shard) => `${status}#${shard}`);
}

/** The one of {@link shardsOf} that holds what belongs to an id: it follows from a hash, so it never changes. */
export function shardOf(status: string, id: string): string {
  const byte = createHash('sha256').update(id).digest()[0] ?? 0;
  return `${status}#${byte % SHARD_COUNT}`;
}

/** The index over money without an invoice. */
export const UNAPPLIED_INDEX = 'UnappliedCash';

/** The shards of {@link UNAPPLIED_INDEX}, in the order they are listed. */
export const UNAPPLIED_SHARDS: readonly string[] = shardsOf('UNAPPLIED');

/** The shard of a receipt, by its transaction id. */
export function unappliedShard(transactionId: string): string {
  return shardOf('UNAPPLIED', transactionId);
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
