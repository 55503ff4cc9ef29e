import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { CaseChange, ClaimWrite } from '../app/ports.ts';
import { type CashReceipt, isUnappliedCash } from '../domain/payment.ts';
import {
  caseKey,
  claimKey,
  customerKey,
  filingKey,
  historyKey,
  paymentKey,
  receiptKey,
  taskKey,
  unappliedShard,
} from './keys.ts';
import { type Row, toKey, toRow } from './rows.ts';

/** The two tables. */
export interface TableNames {
  readonly ledgerTable: string;
  readonly historyTable: string;
}

/** One action of a transaction; a failed condition on an `idempotency` action says that all of this was written before. */
export interface Action {
  readonly role: 'idempotency' | 'state';
  readonly item: TransactWriteItem;
}

const ABSENT = 'attribute_not_exists(pk)';

/** The actions of one change: snapshot, history, and what belongs to the same fact, each with the condition that makes it safe to repeat. */
export function caseTransaction(tables: TableNames, change: CaseChange): Action[] {
  const { ledgerTable, historyTable } = tables;
  const { invoiceId } = change.dunningCase.invoice;
  const state = (item: TransactWriteItem): Action => ({ role: 'state', item });
  const idempotency = (item: TransactWriteItem): Action => ({ role: 'idempotency', item });
  const put = (TableName: string, Item: Row) => ({ Put: { TableName, Item, ConditionExpression: ABSENT } });
  return [
    ...(change.receipt ? [idempotency(put(ledgerTable, receiptRow(change.receipt)))] : []),
    ...(change.payment ? [idempotency(put(ledgerTable, toRow(paymentKey(change.payment), change.payment)))] : []),
    state(change.expectedVersion === null ? insertCase(ledgerTable, change) : updateCase(ledgerTable, change)),
    ...change.entries.map((entry) => state(put(historyTable, toRow(historyKey(invoiceId, entry.seq), entry)))),
    ...(change.claims ?? []).map((write) => state(putClaim(ledgerTable, write))),
    ...(change.tasks ?? []).map((task) => state(put(ledgerTable, toRow(taskKey(task.taskId), task)))),
    ...(change.closedTaskIds ?? []).map((taskId) => state(closeTask(ledgerTable, taskId))),
    ...filingUpdates(ledgerTable, change).map(state),
    ...(change.customer ? [state(putCustomer(ledgerTable, change.customer))] : []),
  ];
}

/** The action that keeps money no invoice took. */
export function receiptTransaction({ ledgerTable }: TableNames, receipt: CashReceipt): Action[] {
  const Put = { TableName: ledgerTable, Item: receiptRow(receipt), ConditionExpression: ABSENT };
  return [{ role: 'idempotency', item: { Put } }];
}

/** The row of a receipt; money that is not wholly applied also carries the keys of the index that lists it. */
function receiptRow(receipt: CashReceipt): Row {
  const shard = isUnappliedCash(receipt) ? { unappliedShard: unappliedShard(receipt.transactionId) } : {};
  return toRow(receiptKey(receipt.transactionId), { ...receipt, ...shard });
}

/** Writes a customer over the version that was read. */
export function putCustomer(TableName: string, write: NonNullable<CaseChange['customer']>): TransactWriteItem {
  const { record, expectedVersion } = write;
  const Item = toRow(customerKey(record.customer.customerId), record);
  if (expectedVersion === null) return { Put: { TableName, Item, ConditionExpression: ABSENT } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: 'version = :expected',
      ExpressionAttributeValues: marshall({ ':expected': expectedVersion }),
    },
  };
}

function insertCase(TableName: string, { dunningCase }: CaseChange): TransactWriteItem {
  const Item = toRow(caseKey(dunningCase.invoice.invoiceId), dunningCase);
  return { Put: { TableName, Item, ConditionExpression: ABSENT } };
}

/**
 * Updates a snapshot field by field, so that a task token stored meanwhile by the workflow survives. A fact from outside sets `wake`, which the stream's
 * filter looks for; every other write removes it, so that the workflow's own writes wake nobody.
 */
function updateCase(TableName: string, { dunningCase, expectedVersion, wakes }: CaseChange): TransactWriteItem {
  const { invoice, ...fields } = dunningCase;
  const names = Object.keys(fields);
  const sets = names.map((name) => `#${name} = :${name}`);
  return {
    Update: {
      TableName,
      Key: toKey(caseKey(invoice.invoiceId)),
      UpdateExpression: `SET ${[...sets, ...(wakes ? ['wake = :wake'] : [])].join(', ')}${wakes ? '' : ' REMOVE wake'}`,
      ConditionExpression: '#version = :expected',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: marshall({
        ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
        ':expected': expectedVersion,
        ...(wakes && { ':wake': 'case-changed' }),
      }),
    },
  };
}

function putClaim(TableName: string, { claim, replaces }: ClaimWrite): TransactWriteItem {
  const Item = toRow(claimKey(claim), claim);
  if (!replaces) return { Put: { TableName, Item, ConditionExpression: ABSENT } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: '#state = :state AND attempt = :attempt',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: marshall({ ':state': replaces.state, ':attempt': replaces.attempt }),
    },
  };
}

function closeTask(TableName: string, taskId: string): TransactWriteItem {
  return {
    Update: {
      TableName,
      Key: toKey(taskKey(taskId)),
      UpdateExpression: 'SET #state = :done',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: marshall({ ':done': 'done' }),
    },
  };
}

function filingUpdates(TableName: string, { filing, dunningCase }: CaseChange): TransactWriteItem[] {
  const { invoiceId } = dunningCase.invoice;
  const attributes = new Map<string, string[]>();
  const file = (key: string | null | undefined, attribute: string) => {
    if (key) attributes.set(key, [...(attributes.get(key) ?? []), attribute]);
  };
  file(filing?.paymentReference, 'byReference');
  file(filing?.invoiceNumber, 'byNumber');
  return [...attributes].map(([key, names]) => ({
    Update: {
      TableName,
      Key: toKey(filingKey(key)),
      UpdateExpression: `ADD ${names.map((name) => `${name} :ids`).join(', ')}`,
      ExpressionAttributeValues: { ':ids': { SS: [invoiceId] } },
    },
  }));
}
