import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Executions } from '../app/wake-execution.ts';
import { UnavailableError } from '../domain/errors.ts';

/**
 * Errors of a token that nobody waits for any more: the execution moved on, and its next plan reads the ledger.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html
 */
const DEAD_TOKEN = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** The executions of one state machine. */
export function stepFunctionsExecutions(client: SFNClient, stateMachineArn: string): Executions {
  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return 'started';
      } catch (error) {
        if (nameOf(error) === 'ExecutionAlreadyExists') return 'started-before';
        throw error;
      }
    },
    async wake(taskToken) {
      try {
        const cause = 'A fact from outside changed the case.';
        await client.send(new SendTaskFailureCommand({ taskToken, error: 'Dunning.CaseChanged', cause }));
        return 'woken';
      } catch (error) {
        if (DEAD_TOKEN.includes(nameOf(error))) return 'not-listening';
        throw error;
      }
    },
  };
}

/**
 * Where an execution of a state machine stands.
 *
 * @returns a function of the execution's name: its ARN and Step Functions' own status, or null when there is none (yet, or any more: AWS forgets it after 90 days)
 */
export function executionStatus(
  client: SFNClient,
  stateMachineArn: string,
): (name: string) => Promise<{ arn: string; status: string } | null> {
  return async (name) => {
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status } = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
      return status ? { arn, status } : null;
    } catch (error) {
      if (nameOf(error) === 'ExecutionDoesNotExist') return null;
      throw new UnavailableError(`Step Functions cannot describe ${name} now`, { cause: error });
    }
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
