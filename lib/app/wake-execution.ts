import { type ExecutionInput, executionName } from '../contracts/workflow.ts';

/** What one record of the ledger's stream says: a case is new, or a fact changed it. `taskToken` is the token that listened last in this cycle of it, null when none has. */
export interface CaseSignal {
  readonly kind: 'registered' | 'changed';
  readonly invoiceId: string;
  readonly cycle: number;
  readonly taskToken: string | null;
}

/** The workflow as the stream sees it. */
export interface Executions {
  /** Starts an execution; a second start under the same name does nothing, and says so when the first has ended. */
  start(name: string, input: ExecutionInput): Promise<'started' | 'started-before'>;
  /** Tells a listening execution that its case changed. A token that is dead is a normal answer: the next plan reads the ledger anyway. */
  wake(taskToken: string): Promise<'woken' | 'not-listening'>;
}

/**
 * Starts the execution of a new case, and of one that a payment taken back has opened again, or wakes the one that listens. Whatever has not listened yet in this cycle is started, so that the next fact makes up
 * for a record that was lost; one that is on its way is not started twice. The signal carries no data, so losing or repeating one is harmless.
 *
 * @returns what was done, for the log
 */
export async function wakeExecution(
  executions: Executions,
  signal: CaseSignal,
): Promise<'started' | 'started-before' | 'woken' | 'not-listening'> {
  const { kind, invoiceId, cycle, taskToken } = signal;
  if (kind === 'registered' || taskToken === null) {
    const input = { invoiceId, cycle, part: 1 };
    return executions.start(executionName(input), input);
  }
  return executions.wake(taskToken);
}
