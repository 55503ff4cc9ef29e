import type { DescribedStateMachine, StateMachines } from './state-machines.ts';
import { StepFunctionsError } from './step-functions-error.ts';
import { WireRequest } from './wire-request.ts';

/**
 * Calls one operation of the Step Functions API with its arguments as on the wire.
 *
 * @param operation for example `StartExecution`
 * @param body the arguments, in camelCase
 * @returns the answer, in camelCase, dates as epoch seconds
 * @throws StepFunctionsError by the name of the API's error
 */
export function callStepFunctions(machines: StateMachines, operation: string, body: unknown): object {
  const call = OPERATIONS[operation];
  if (call !== undefined) return call(machines, new WireRequest(body)) ?? {};
  const known = Object.keys(OPERATIONS).join(', ');
  throw new StepFunctionsError('UnknownOperationException', `no operation '${operation}' here; there are ${known}`);
}

type Operation = (machines: StateMachines, request: WireRequest) => object | undefined;

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];

const OPERATIONS: Record<string, Operation> = {
  CreateStateMachine: (machines, request) => {
    if ((request.optionalText('type') ?? 'STANDARD') !== 'STANDARD') {
      throw new StepFunctionsError('StateMachineTypeNotSupported', 'the local runner runs STANDARD machines only');
    }
    return machines.createStateMachine({
      name: request.text('name'),
      definition: request.text('definition'),
      roleArn: request.text('roleArn'),
    });
  },
  DescribeStateMachine: (machines, request) => {
    const description = machines.describeStateMachine(request.text('stateMachineArn'));
    const logging = { level: 'OFF', includeExecutionData: false };
    const settings = { loggingConfiguration: logging, tracingConfiguration: { enabled: false } };
    return { ...description, type: 'STANDARD', status: 'ACTIVE', ...settings };
  },
  ListStateMachines: (machines, request) => {
    const { stateMachines, ...rest } = machines.listStateMachines(request.page());
    return { stateMachines: stateMachines.map(listed), ...rest };
  },
  StartExecution: (machines, request) =>
    machines.startExecution({
      stateMachineArn: request.text('stateMachineArn'),
      ...optional('name', request.optionalText('name')),
      ...optional('input', request.optionalText('input')),
    }),
  StopExecution: (machines, request) =>
    machines.stopExecution({ executionArn: request.text('executionArn'), ...reason(request) }),
  DescribeExecution: (machines, request) => machines.describeExecution(request.text('executionArn')),
  ListExecutions: (machines, request) =>
    machines.listExecutions({
      stateMachineArn: request.text('stateMachineArn'),
      ...optional('statusFilter', request.optionalOneOf('statusFilter', STATUSES)),
      ...request.page(),
    }),
  GetExecutionHistory: (machines, request) =>
    machines.getExecutionHistory({
      executionArn: request.text('executionArn'),
      reverseOrder: request.optionalBoolean('reverseOrder') ?? false,
      includeExecutionData: request.optionalBoolean('includeExecutionData') ?? true,
      ...request.page(),
    }),
  SendTaskSuccess: (machines, request) => {
    machines.sendTaskSuccess({ taskToken: request.text('taskToken'), output: request.text('output') });
    return undefined;
  },
  SendTaskFailure: (machines, request) => {
    machines.sendTaskFailure({ taskToken: request.text('taskToken'), ...reason(request) });
    return undefined;
  },
  SendTaskHeartbeat: (machines, request) => {
    machines.sendTaskHeartbeat({ taskToken: request.text('taskToken') });
    return undefined;
  },
};

function reason(request: WireRequest): { error?: string; cause?: string } {
  return {
    ...optional('error', request.optionalText('error')),
    ...optional('cause', request.optionalText('cause')),
  };
}

function optional<K extends string>(name: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: string });
}

function listed({ stateMachineArn, name, creationDate }: DescribedStateMachine): object {
  return { stateMachineArn, name, type: 'STANDARD', creationDate };
}
