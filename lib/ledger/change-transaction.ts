import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ACTIONS_PER_CHANGE_MAX, type LedgerChange, type ReceiptReplacement } from '../app/ports.ts';
import { invariant } from '../domain/errors.ts';
import { receiptMarks } from '../domain/matching/receipt-fingerprint.ts';
import { type CashReceipt, isWaitingReturn } from '../domain/payment.ts';
import type { Policy } from '../domain/policy.ts';
import { ABSENT, type Action, idempotencyAction, stateAction, type TableNames } from './action.ts';
import { caseActions } from './case-actions.ts';
import {
  BANK_DATA_KEY,
  customerFilingKey,
  customerKey,
  duplicateKey,
  fingerprintKey,
  POLICY_CATALOGUE_KEY,
  policyKey,
  type RowKey,
  receiptKey,
  taskKey,
  waitingReturnKey,
} from './keys.ts';
import { keyOf, type Row, toKey, toRow } from './rows.ts';
import { taskListAttributes } from './task-lists.ts';
import { unappliedAttributes } from './unapplied-lists.ts';

/**
 * The actions of one change, each with the condition that makes it safe to repeat.
 *
 * @throws invariant failure when they are none, more than one transaction holds, or two of one row: the caller has to
 *   split them
 */
export function changeTransaction(tables: TableNames, change: LedgerChange): Action[] {
  const { ledgerTable } = tables;
  const { cases, receipt, replacedReceipt, replacedReturn, tasks = [], customer, filings = [] } = change;
  const put = (Item: Row, expectedVersion: number | null) => stateAction(putOver(ledgerTable, Item, expectedVersion));
  const actions = [
    ...(receipt ? receiptTransaction(tables, receipt) : []),
    ...[replacedReceipt, replacedReturn].flatMap((replaced) =>
      replaced ? [stateAction(replaceReceipt(ledgerTable, replaced))] : [],
    ),
    // Whose payment it was is known by now.
    ...(replacedReturn ? filedUnder(ledgerTable, marksOf(replacedReturn.receipt)) : []),
    ...cases.flatMap((write) => caseActions(tables, write)),
    ...tasks.map(({ task, expectedVersion }) => {
      return put(toRow(taskKey(task.taskId), { ...task, ...taskListAttributes(task) }), expectedVersion);
    }),
    ...(customer
      ? [put(toRow(customerKey(customer.record.customer.customerId), customer.record), customer.expectedVersion)]
      : []),
    ...filings.map((filing) =>
      stateAction({ Put: { TableName: ledgerTable, Item: toRow(customerFilingKey(filing), {}) } }),
    ),
  ];
  const isOneTransaction = actions.length > 0 && actions.length <= ACTIONS_PER_CHANGE_MAX;
  invariant(
    isOneTransaction,
    `a change of ${actions.length} actions is not one transaction of 1 to ${ACTIONS_PER_CHANGE_MAX}`,
  );
  const rows = actions.map(rowOf);
  invariant(new Set(rows).size === rows.length, `a change writes a row twice, of ${rows.join(', ')}`);
  return actions;
}

/** The name of the row an action writes. */
function rowOf({ item: { Put, Update } }: Action): string {
  const { pk, sk } = keyOf(Put?.Item ?? Update?.Key ?? {});
  return `${Put?.TableName ?? Update?.TableName} ${pk}/${sk}`;
}

/** What a change is about, for whoever reads that it was refused. */
export function subjectOf({ cases, receipt, tasks = [], customer }: LedgerChange): string {
  const [first, ...others] = cases.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  if (first !== undefined) return `case ${first}${others.length > 0 ? ` with ${others.length} more` : ''}`;
  if (receipt) return `transaction ${receipt.transactionId}`;
  return customer ? `customer ${customer.record.customer.customerId}` : `task ${tasks[0]?.task.taskId}`;
}

/**
 * The actions that keep a receipt of money, its key being that of the bank's transaction for ever, and file it under its fingerprints. A return that waits for its payment is found under that
 * one's id, too.
 */
export function receiptTransaction({ ledgerTable }: TableNames, receipt: CashReceipt): Action[] {
  const places = [...marksOf(receipt), ...(isWaitingReturn(receipt) ? [waitingReturnKey(receipt)] : [])];
  return [
    idempotencyAction(putOver(ledgerTable, receiptRow(receipt), null)),
    ...filedUnder(ledgerTable, places),
    ...(receipt.possibleDuplicateOf ? [stateAction(duplicateMark(ledgerTable, receipt))] : []),
  ];
}

function marksOf(receipt: CashReceipt): RowKey[] {
  const marks = receipt.source ? receiptMarks(receipt) : [];
  return marks.map((mark) => fingerprintKey(mark, receipt.transactionId));
}

function filedUnder(TableName: string, places: readonly RowKey[]): Action[] {
  return places.map((place) => stateAction({ Put: { TableName, Item: toRow(place, {}) } }));
}

/** Has a transaction one possible duplicate and no more: two equal payments that come at once are not both it. */
function duplicateMark(
  ledgerTable: string,
  { transactionId, possibleDuplicateOf = '' }: CashReceipt,
): TransactWriteItem {
  return putOver(ledgerTable, toRow(duplicateKey(possibleDuplicateOf), { transactionId }), null);
}

/** The actions that store a version of a policy and keep its name in the catalogue. */
export function policyTransaction({ ledgerTable }: TableNames, policy: Policy, savedAt: string): Action[] {
  const Item = toRow(policyKey(policy.name, policy.version), { ...policy, savedAt });
  const Update = {
    TableName: ledgerTable,
    Key: toKey(POLICY_CATALOGUE_KEY),
    UpdateExpression: 'ADD policyNames :names',
    ExpressionAttributeValues: { ':names': { SS: [policy.name] } },
  };
  return [stateAction(putOver(ledgerTable, Item, null)), stateAction({ Update })];
}

/** The action that moves the day through which the bank has told forward; one that is no later was told before. */
export function bankDataTransaction({ ledgerTable }: TableNames, on: string): Action[] {
  const Update = {
    TableName: ledgerTable,
    Key: toKey(BANK_DATA_KEY),
    UpdateExpression: 'SET throughOn = :on',
    ConditionExpression: 'attribute_not_exists(throughOn) OR throughOn < :on',
    ExpressionAttributeValues: { ':on': { S: on } },
  };
  return [idempotencyAction({ Update })];
}

/** The row of a receipt; money that is not wholly applied also carries the keys of the indexes that list it. */
function receiptRow(receipt: CashReceipt): Row {
  return toRow(receiptKey(receipt.transactionId), { ...receipt, ...unappliedAttributes(receipt) });
}

/** Writes a receipt over the one that was read; one that is wholly applied leaves the lists. */
function replaceReceipt(TableName: string, { receipt, over }: ReceiptReplacement): TransactWriteItem {
  const { unappliedMinor, returnedMinor = 0 } = over;
  const isReturnedAsRead =
    returnedMinor === 0
      ? '(attribute_not_exists(returnedMinor) OR returnedMinor = :returned)'
      : 'returnedMinor = :returned';
  return {
    Put: {
      TableName,
      Item: receiptRow(receipt),
      ConditionExpression: `unappliedMinor = :left AND ${isReturnedAsRead}`,
      ExpressionAttributeValues: marshall({ ':left': unappliedMinor, ':returned': returnedMinor }),
    },
  };
}

/** Writes a row over the version that was read; null: there must be none yet. */
function putOver(TableName: string, Item: Row, expectedVersion: number | null): TransactWriteItem {
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
