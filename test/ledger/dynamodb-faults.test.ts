import {
  ConditionalCheckFailedException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../lib/ledger/action.ts';
import { asFault, transactionOutcome } from '../../lib/ledger/dynamodb-faults.ts';

const fields = { message: 'm', $metadata: {} };
const actions: Action[] = [
  { role: 'idempotency', item: {} },
  { role: 'state', item: {} },
];

function outcome(codes: string[]): string {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  try {
    return transactionOutcome(new TransactionCanceledException({ ...fields, CancellationReasons }), actions, 'case X');
  } catch (error) {
    return (error as Error).name;
  }
}

describe('a transaction that DynamoDB cancelled', () => {
  it.each([
    [['ConditionalCheckFailed', 'None'], 'duplicate'],
    [['ConditionalCheckFailed', 'ConditionalCheckFailed'], 'duplicate'], // a replay also finds the version moved
    [['None', 'ConditionalCheckFailed'], 'Dunning.Conflict'],
    [['None', 'TransactionConflict'], 'Dunning.Conflict'],
    [['ThrottlingError', 'None'], 'Dunning.Unavailable'],
    [['None', 'ProvisionedThroughputExceeded'], 'Dunning.Unavailable'],
  ])('for %j is %s', (codes, expected) => {
    expect(outcome(codes)).toBe(expected);
  });
});

describe('an error of the client', () => {
  it.each([
    [new TransactionConflictException(fields), 'Dunning.Conflict'],
    [new ProvisionedThroughputExceededException(fields), 'Dunning.Unavailable'],
    [new InternalServerError(fields), 'Dunning.Unavailable'],
    [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'Dunning.Unavailable'],
    [new ResourceNotFoundException(fields), 'ResourceNotFoundException'],
    [new ConditionalCheckFailedException(fields), 'ConditionalCheckFailedException'],
  ])('%s becomes %s', (error, expected) => {
    expect((asFault(error) as Error).name).toBe(expected);
  });
});
