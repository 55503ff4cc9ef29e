import {
  DynamoDBServiceException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { ConflictError, UnavailableError } from '../domain/errors.ts';
import type { Action } from './action.ts';

/**
 * What a failed transaction means. The reasons come in the order of the actions (DynamoDB API, TransactWriteItems).
 *
 * @returns `duplicate` when an idempotency key was there before
 * @throws ConflictError when a condition failed or another transaction was at work on the same rows; UnavailableError when DynamoDB cannot do it now
 */
export function transactionOutcome(error: unknown, actions: readonly Action[], subject: string): 'duplicate' {
  if (!(error instanceof TransactionCanceledException)) throw asFault(error);
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  const failed = actions.filter((_, index) => codes[index] === 'ConditionalCheckFailed');
  // Looked at first: a replay also finds the version moved.
  if (failed.some(({ role }) => role === 'idempotency')) return 'duplicate';
  if (failed.length > 0 || codes.includes('TransactionConflict')) {
    throw new ConflictError(`${subject} was written by another; read it again`, { cause: error });
  }
  throw new UnavailableError(`DynamoDB cancelled the transaction on ${subject}: ${codes.join(', ')}`, { cause: error });
}

/** The fault to throw for an error of the client: `Dunning.Conflict` when a transaction is at work on the row, `Dunning.Unavailable` for what a later attempt can cure, the error itself for a defect of ours. */
export function asFault(error: unknown): unknown {
  if (error instanceof TransactionConflictException) {
    return new ConflictError('a transaction is at work on the same row; try again', { cause: error });
  }
  const isDefect = error instanceof DynamoDBServiceException && error.$fault === 'client' && !isPassing(error);
  if (isDefect || !(error instanceof Error)) return error;
  return new UnavailableError(`DynamoDB: ${error.name}`, { cause: error });
}

const PASSING = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'LimitExceededException',
];

function isPassing(error: DynamoDBServiceException): boolean {
  return PASSING.includes(error.name);
}
