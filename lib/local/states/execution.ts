import type { VirtualClock } from '../clock.ts';
import type { Json, StateMachineDefinition } from './definition.ts';
import type { ExecutionRuntime } from './execution-runtime.ts';
import { type EventDetails, History, type NewEvent } from './history.ts';
import { runGraph } from './interpreter.ts';
import { Scope } from './scope.ts';
import { errorDetails } from './task-events.ts';
import { Abandoned, asTaskFailure, TaskFailure } from './task-failure.ts';
import type { TaskResources } from './task-resources.ts';
import type { TaskTokens } from './task-tokens.ts';

/** Where an execution stands. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What all executions of a runner share. */
export interface ExecutionServices {
  clock: VirtualClock;
  resources: TaskResources;
  tokens: TaskTokens;
  random: () => number;
  region: string;
}

/** The machine an execution runs: its definition as it was when the execution started. */
export interface RunningMachine {
  arn: string;
  name: string;
  roleArn: string;
  definition: StateMachineDefinition;
}

/** What an execution starts with. `inputText` is the JSON as the caller sent it. */
export interface ExecutionStart {
  arn: string;
  name: string;
  inputText: string;
  machine: RunningMachine;
}

/**
 * Longest life of a Standard execution: one year.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const LIFETIME_SECONDS_MAX = 31_536_000;

/** One execution of a state machine: its status, its history and the scope it runs in. */
export class Execution {
  readonly start: ExecutionStart;
  readonly startedAtMillis: number;
  readonly history: History;
  status: ExecutionStatus = 'RUNNING';
  stoppedAtMillis: number | undefined;
  outputText: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  #transitions = 0;
  readonly #services: ExecutionServices;
  readonly #root: Scope;

  /** Starts the execution; its first state is entered when the clock next settles. */
  constructor(start: ExecutionStart, services: ExecutionServices) {
    const { clock } = services;
    this.start = start;
    this.#services = services;
    this.startedAtMillis = clock.now();
    this.history = new History(() => clock.now());
    this.#root = new Scope(this.#runtime());
    const details = { input: start.inputText, inputDetails: { truncated: false }, roleArn: start.machine.roleArn };
    this.history.record({
      type: 'ExecutionStarted',
      previousEventId: 0,
      details: { executionStartedEventDetails: details },
    });
    this.#root.schedule(clock.now(), () => void this.#run());
    const lifetimeSeconds = Math.min(
      start.machine.definition.TimeoutSeconds ?? LIFETIME_SECONDS_MAX,
      LIFETIME_SECONDS_MAX,
    );
    this.#root.schedule(clock.now() + lifetimeSeconds * 1000, () => this.#timeOut());
  }

  /** State transitions so far, as AWS bills them: one per state entered and one per retry. */
  get transitions(): number {
    return this.#transitions;
  }

  /** Names of the states it stands in: one per open branch. */
  get currentStates(): string[] {
    return this.status === 'RUNNING' ? this.#root.currentStates() : [];
  }

  /** Stops a running execution as `StopExecution` does; a closed one stays as it is. */
  abort(reason: { error?: string; cause?: string }): void {
    if (this.status !== 'RUNNING') return;
    this.error = reason.error;
    this.cause = reason.cause;
    this.#close('ABORTED', {
      type: 'ExecutionAborted',
      previousEventId: 0,
      details: { executionAbortedEventDetails: { ...reason } },
    });
  }

  async #run(): Promise<void> {
    const { machine, inputText } = this.start;
    try {
      const output = await runGraph(this.#root, machine.definition, JSON.parse(inputText) as Json);
      if (this.status !== 'RUNNING') return;
      this.outputText = JSON.stringify(output);
      const details = { output: this.outputText, outputDetails: { truncated: false } };
      this.#closeAfterLast('SUCCEEDED', 'ExecutionSucceeded', { executionSucceededEventDetails: details });
    } catch (thrown) {
      if (thrown instanceof Abandoned) return;
      this.#fail(asTaskFailure(thrown));
    }
  }

  #fail(failure: TaskFailure): void {
    if (this.status !== 'RUNNING') return;
    this.error = failure.errorName;
    this.cause = failure.causeText;
    this.#closeAfterLast('FAILED', 'ExecutionFailed', { executionFailedEventDetails: errorDetails(failure) });
  }

  #timeOut(): void {
    // AWS names the error in the event only: DescribeExecution carries neither error nor cause.
    const details = { executionTimedOutEventDetails: { error: 'States.Timeout' } };
    this.#close('TIMED_OUT', { type: 'ExecutionTimedOut', previousEventId: 0, details });
  }

  #closeAfterLast(status: ExecutionStatus, type: string, details: Record<`${string}EventDetails`, EventDetails>): void {
    this.#close(status, { type, previousEventId: this.#root.lastEventId, details });
  }

  #close(status: ExecutionStatus, event: NewEvent): void {
    this.status = status;
    this.stoppedAtMillis = this.#services.clock.now();
    this.history.record(event);
    this.#root.abandon();
  }

  #record(event: NewEvent): number {
    if (this.status !== 'RUNNING') throw new Abandoned();
    if (this.history.isFull) {
      this.#root.lastEventId = this.history.events.length;
      this.#fail(
        new TaskFailure('States.Runtime', 'The execution reached the maximum number of history events (25000).'),
      );
      throw new Abandoned();
    }
    return this.history.record(event);
  }

  #runtime(): ExecutionRuntime {
    const { arn, name, inputText, machine } = this.start;
    return {
      ...this.#services,
      runGraph,
      record: (event) => this.#record(event),
      countTransition: () => {
        this.#transitions += 1;
      },
      context: {
        Execution: {
          Id: arn,
          Input: JSON.parse(inputText) as Json,
          Name: name,
          RoleArn: machine.roleArn,
          StartTime: new Date(this.startedAtMillis).toISOString(),
          RedriveCount: 0,
        },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
    };
  }
}
