import { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Executions, wakeExecution } from '../lib/app/wake-execution.ts';
import { WakeExecutionsEnvironmentSchema } from '../lib/contracts/environment.ts';
import { signalOf } from '../lib/ledger/case-signal.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { stepFunctionsExecutions } from '../lib/runtime/executions.ts';
import { lambda, logFault, logger } from '../lib/runtime/lambda.ts';

/**
 * Stream of the ledger: starts the execution of a new case, wakes the one whose case changed. Records are taken in order; at the first that fails the batch is given
 * back from there, so that what succeeded is not done again.
 */
export async function handle(executions: Executions, event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await wake(executions, record);
    } catch (error) {
      logFault(error, { route: 'stream' });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function wake(executions: Executions, record: DynamoDBRecord): Promise<void> {
  const signal = signalOf(record);
  const outcome = await wakeExecution(executions, signal);
  logger.info('case signalled', { invoiceId: signal.invoiceId, kind: signal.kind, outcome });
}

/** Lambda entry point. */
export const handler = lambda(() => {
  const { STATE_MACHINE_ARN } = readEnvironment(WakeExecutionsEnvironmentSchema);
  return stepFunctionsExecutions(new SFNClient(), STATE_MACHINE_ARN);
}, handle);
