import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { LetterSignal } from '../lib/app/letter-signal.ts';
import { type Executions, wakeExecution } from '../lib/app/wake-execution.ts';
import { WakeExecutionsEnvironmentSchema } from '../lib/contracts/environment.ts';
import { signalOf } from '../lib/ledger/case-signal.ts';
import { isTaskRecord, letterSignalOf } from '../lib/ledger/letter-signal.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { stepFunctionsExecutions } from '../lib/runtime/executions.ts';
import { lambda, logFault, logger } from '../lib/runtime/lambda.ts';
import { publishLetterEvents } from '../lib/runtime/letter-bus.ts';

/** What the records of the stream are told to: the workflow, and the bus for whoever posts letters. */
export interface Listeners {
  readonly executions: Executions;
  readonly publishLetter: (signal: LetterSignal) => Promise<void>;
}

/**
 * Stream of the ledger: starts the execution of a new case, wakes the one whose case changed, and tells the bus of letters. Records are taken in order; at the first that fails the batch is
 * given back from there, so that what succeeded is not done again.
 */
export async function handle(listeners: Listeners, event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await tell(listeners, record);
    } catch (error) {
      logFault(error, { route: 'stream' });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function tell({ executions, publishLetter }: Listeners, record: DynamoDBRecord): Promise<void> {
  if (isTaskRecord(record)) {
    const letter = letterSignalOf(record);
    if (!letter) return;
    await publishLetter(letter);
    logger.info('letter signalled', { letterId: letter.letterId, kind: letter.kind });
    return;
  }
  const signal = signalOf(record);
  const outcome = await wakeExecution(executions, signal);
  logger.info('case signalled', { invoiceId: signal.invoiceId, kind: signal.kind, outcome });
}

/** Lambda entry point. */
export const handler = lambda(() => {
  const { STATE_MACHINE_ARN, BUS_NAME, LETTERS_BUCKET } = readEnvironment(WakeExecutionsEnvironmentSchema);
  return {
    executions: stepFunctionsExecutions(new SFNClient(), STATE_MACHINE_ARN),
    publishLetter: publishLetterEvents(new EventBridgeClient(), { busName: BUS_NAME, bucket: LETTERS_BUCKET }),
  };
}, handle);
