import { VirtualClock } from '../../../lib/local/clock.ts';
import type { Json } from '../../../lib/local/states/definition.ts';
import type { HistoryEvent } from '../../../lib/local/states/history.ts';
import { StateMachines } from '../../../lib/local/states/state-machines.ts';
import { TaskFailure } from '../../../lib/local/states/task-failure.ts';
import type { RunningTask } from '../../../lib/local/states/task-resources.ts';

export const START = Date.parse('2026-01-05T08:00:00Z');
export const DAY = 86_400_000;
export const ROLE = 'arn:aws:iam::000000000000:role/workflow';
export const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:work';

/** Does the work of a task in a test: `args` are the evaluated Arguments. */
export type Worker = (resource: string, args: never, task: RunningTask) => unknown;

/** State machines on a clock, with one worker behind all tasks. */
export function aRunner(worker: Worker = () => ({}), random: () => number = seeded(1)) {
  const errors: unknown[] = [];
  const clock = new VirtualClock(START, (error) => errors.push(error));
  const machines = new StateMachines({
    clock,
    region: 'eu-west-1',
    accountId: '000000000000',
    random,
    resources: { run: async (resource, args, task) => worker(resource, args as never, task) },
  });
  return {
    clock,
    machines,
    errors,
    /** Creates the machine, starts an execution and lets the clock settle. */
    async start(definition: object, input: Json = {}): Promise<string> {
      const { stateMachineArn } = create(machines, definition);
      const { executionArn } = machines.startExecution({ stateMachineArn, name: 'run', input: JSON.stringify(input) });
      await clock.settle();
      return executionArn;
    },
    /** The same, for executions that end by themselves: gives back how. */
    async run(definition: object, input: Json = {}) {
      const executionArn = await this.start(definition, input);
      await clock.advanceTo(START + 400 * DAY - 1);
      return this.outcome(executionArn);
    },
    outcome(executionArn: string) {
      const { status, output, error, cause } = machines.describeExecution(executionArn);
      return {
        status,
        ...(output && { output: JSON.parse(output) as Json }),
        ...(error && { error }),
        ...(cause && { cause }),
      };
    },
    /** The history as `id<previous Type`, which tests compare whole. */
    events(executionArn: string): string[] {
      return history(machines, executionArn).map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
    },
    types(executionArn: string): string[] {
      return history(machines, executionArn).map(({ type }) => type);
    },
  };
}

export function create(machines: StateMachines, definition: object, name = 'machine') {
  const text = JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
  return machines.createStateMachine({ name, definition: text, roleArn: ROLE });
}

/** All events of an execution, over as many pages as it takes. */
export function history(machines: StateMachines, executionArn: string): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = machines.getExecutionHistory({ executionArn, maxResults: 1000, ...(nextToken && { nextToken }) });
    events.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

/** A machine of one state that ends. */
export function single(state: object): object {
  return { StartAt: 'Only', States: { Only: { End: true, ...state } } };
}

/** A Task that calls the worker. */
export function task(fields: object = {}): object {
  return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: FUNCTION }, ...fields };
}

/** A Task that waits for its token, which the worker gets as `args.Token`. */
export function tokenTask(fields: object = {}): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    Arguments: { Token: '{% $states.context.Task.Token %}' },
    ...fields,
  };
}

export function fails(errorName: string, cause?: string): never {
  throw new TaskFailure(errorName, cause);
}

/** A repeatable source of chance. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 2 ** 31;
  };
}
