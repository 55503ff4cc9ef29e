import type { SFNClient } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { stepFunctionsExecutions } from '../../lib/runtime/executions.ts';

const INPUT = { invoiceId: 'INV-1', cycle: 1, part: 1 };

/** The executions of a Step Functions that answers every call with this error, or with success. */
function executionsThat(errorName: string | null) {
  const send = async () => {
    if (errorName) throw Object.assign(new Error('no'), { name: errorName });
    return {};
  };
  return stepFunctionsExecutions({ send } as unknown as SFNClient, 'arn:aws:states:eu-west-1:1:stateMachine:relance');
}

it('tells an execution that it started from one that was started before', async () => {
  expect(await executionsThat(null).start('INV-1_1_1', INPUT)).toBe('started');
  expect(await executionsThat('ExecutionAlreadyExists').start('INV-1_1_1', INPUT)).toBe('started-before');
});

it('throws whatever else keeps an execution from starting, so that the record is told again', async () => {
  const start = executionsThat('ExecutionLimitExceeded').start('INV-1_1_1', INPUT);
  await expect(start).rejects.toMatchObject({ name: 'ExecutionLimitExceeded' });
});

it('takes a token that nobody waits for any more for a normal answer', async () => {
  expect(await executionsThat('TaskTimedOut').wake('token')).toBe('not-listening');
  expect(await executionsThat(null).wake('token')).toBe('woken');
});
