import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';

/** The two tables. */
export interface TableNames {
  readonly ledgerTable: string;
  readonly historyTable: string;
}

/**
 * One action of a transaction; a failed condition on an `idempotency` action says that all of this was written before.
 */
export interface Action {
  readonly role: 'idempotency' | 'state';
  readonly item: TransactWriteItem;
}

/** The condition that no row of this key is there. */
export const ABSENT = 'attribute_not_exists(pk)';

/** An action on what is true now. */
export function stateAction(item: TransactWriteItem): Action {
  return { role: 'state', item };
}

/** An action whose row says that its fact was written. */
export function idempotencyAction(item: TransactWriteItem): Action {
  return { role: 'idempotency', item };
}
