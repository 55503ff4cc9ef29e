import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { CaseWrite, ClaimWrite } from '../app/ports.ts';
import { DunningCaseSchema } from '../domain/dunning-case.ts';
import type { Payment } from '../domain/payment.ts';
import { ABSENT, type Action, idempotencyAction, stateAction, type TableNames } from './action.ts';
import { caseListAttributes } from './case-lists.ts';
import { caseKey, claimKey, creditNoteKey, filingKey, historyKey, paymentKey } from './keys.ts';
import { toKey, toRow } from './rows.ts';

/** The actions of what one change does to one case: snapshot, history, claims, payment, credit note and filing keys. */
export function caseActions({ ledgerTable, historyTable }: TableNames, write: CaseWrite): Action[] {
  const { payment, replacedPayment, creditNote, entries, claims = [] } = write;
  return [
    ...(payment ? [idempotencyAction(insert(ledgerTable, toRow(paymentKey(payment), payment)))] : []),
    ...(creditNote ? [idempotencyAction(insert(ledgerTable, toRow(creditNoteKey(creditNote), creditNote)))] : []),
    stateAction(write.expectedVersion === null ? insertCase(ledgerTable, write) : updateCase(ledgerTable, write)),
    ...entries.map((entry) => {
      const row = toRow(historyKey(write.dunningCase.invoice.invoiceId, entry.seq), entry);
      return stateAction(insert(historyTable, row));
    }),
    ...claims.map((claim) => stateAction(putClaim(ledgerTable, claim))),
    ...(replacedPayment ? [stateAction(replacePayment(ledgerTable, replacedPayment))] : []),
    ...filingUpdates(ledgerTable, write).map(stateAction),
  ];
}

function insert(TableName: string, Item: ReturnType<typeof toRow>): TransactWriteItem {
  return { Put: { TableName, Item, ConditionExpression: ABSENT } };
}

function insertCase(TableName: string, { dunningCase }: CaseWrite): TransactWriteItem {
  const fields = { ...dunningCase, ...caseListAttributes(dunningCase) };
  return insert(TableName, toRow(caseKey(dunningCase.invoice.invoiceId), fields));
}

/** The mark of a fact from outside, which the stream's filter looks for. */
const WAKE = { wake: 'case-changed' };

/** What the workflow keeps with a case: who listens, and which part of the execution that is. A new cycle has an execution of its own, and a fact without a listener starts it. */
const OF_THE_EXECUTION = ['taskToken', 'executionPart'];

/**
 * Updates a snapshot field by field, so that a task token stored meanwhile by the workflow survives; a field the case
 * no longer has is removed. A fact from outside sets `wake`, every other write removes it, so that the workflow's own
 * writes wake nobody.
 */
function updateCase(
  TableName: string,
  { dunningCase, expectedVersion, wakes, startsCycle }: CaseWrite,
): TransactWriteItem {
  const fields = { ...dunningCase, ...caseListAttributes(dunningCase), ...(wakes && WAKE) };
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  const kept = set.map(([name]) => name);
  const known = [...Object.keys(DunningCaseSchema.shape), 'wake', ...(startsCycle ? OF_THE_EXECUTION : [])];
  const removed = known.filter((name) => !kept.includes(name));
  const sets = kept.map((name) => `#${name} = :${name}`).join(', ');
  const removes = removed.map((name) => `#${name}`).join(', ');
  const values = Object.fromEntries(set.map(([name, value]) => [`:${name}`, value]));
  return {
    Update: {
      TableName,
      Key: toKey(caseKey(dunningCase.invoice.invoiceId)),
      UpdateExpression: `SET ${sets}${removes && ` REMOVE ${removes}`}`,
      ConditionExpression: '#version = :expected',
      ExpressionAttributeNames: Object.fromEntries([...kept, ...removed].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: marshall({ ...values, ':expected': expectedVersion }, { removeUndefinedValues: true }),
    },
  };
}

/** Writes a payment over the one that is there; what it was read as is what the version of its case says. */
function replacePayment(TableName: string, payment: Payment): TransactWriteItem {
  return { Put: { TableName, Item: toRow(paymentKey(payment), payment), ConditionExpression: 'attribute_exists(pk)' } };
}

function putClaim(TableName: string, { claim, replaces }: ClaimWrite): TransactWriteItem {
  const Item = toRow(claimKey(claim), claim);
  if (!replaces) return insert(TableName, Item);
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

function filingUpdates(TableName: string, { filing, dunningCase }: CaseWrite): TransactWriteItem[] {
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
