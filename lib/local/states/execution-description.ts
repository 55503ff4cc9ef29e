import type { Execution, ExecutionStatus } from './execution.ts';

/** One line of `ListExecutions`; dates are epoch seconds. */
export interface ListedExecution {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: ExecutionStatus;
  startDate: number;
  stopDate?: number;
  redriveCount: number;
}

/** What `DescribeExecution` tells. */
export interface DescribedExecution extends ListedExecution {
  input: string;
  inputDetails: { included: boolean };
  output?: string;
  outputDetails?: { included: boolean };
  error?: string;
  cause?: string;
  redriveStatus: 'NOT_REDRIVABLE';
  redriveStatusReason: string;
}

/** An execution as `ListExecutions` shows it. */
export function listedExecution({ start, status, startedAtMillis, stoppedAtMillis }: Execution): ListedExecution {
  return {
    executionArn: start.arn,
    stateMachineArn: start.machine.arn,
    name: start.name,
    status,
    startDate: startedAtMillis / 1000,
    ...(stoppedAtMillis !== undefined && { stopDate: stoppedAtMillis / 1000 }),
    redriveCount: 0,
  };
}

/** An execution as `DescribeExecution` shows it. The local runner redrives none. */
export function describeExecution(execution: Execution): DescribedExecution {
  const { start, status, outputText, error, cause } = execution;
  return {
    ...listedExecution(execution),
    input: start.inputText,
    inputDetails: { included: true },
    ...(outputText !== undefined && { output: outputText, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}
