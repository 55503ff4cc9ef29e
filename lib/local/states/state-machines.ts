import type { VirtualClock } from '../clock.ts';
import { type ArnScope, executionArn, requireArn, requireName, stateMachineArn } from './arns.ts';
import { Execution, type ExecutionServices, type ExecutionStart, type RunningMachine } from './execution.ts';
import {
  type DescribedExecution,
  describeExecution,
  type ListedExecution,
  listedExecution,
} from './execution-description.ts';
import { type HistoryEvent, withoutExecutionData } from './history.ts';
import { type PageRequest, pageOf } from './page.ts';
import { PAYLOAD_BYTES_MAX } from './payload-limit.ts';
import { StepFunctionsError } from './step-functions-error.ts';
import type { TaskResources } from './task-resources.ts';
import { TaskTokens } from './task-tokens.ts';
import { uuidFrom } from './uuid.ts';
import { parseDefinition } from './validation.ts';

/** What the runner works with. `random` draws in [0, 1) for jitter, names and JSONata; seed it to repeat a run. */
export interface StateMachinesOptions extends ArnScope {
  clock: VirtualClock;
  resources: TaskResources;
  random?: () => number;
}

/** A state machine to create. `definition` is Amazon States Language as JSON text. */
export interface NewStateMachine {
  name: string;
  definition: string;
  roleArn: string;
}

/** A machine with what the API tells of it. `creationDate` is epoch seconds. */
export interface DescribedStateMachine extends NewStateMachine {
  stateMachineArn: string;
  creationDate: number;
}

/**
 * How long the name of a closed execution stays taken. AWS also forgets the execution then; here it stays to be looked
 * at until its name is used again, so that a story over a year can be read to its beginning.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const CLOSED_RETENTION_MILLIS = 90 * 86_400_000;

/**
 * Step Functions on the virtual clock: Standard state machines and their executions. Inputs, results and errors are
 * those of the API; instants in results are epoch seconds, as on the wire.
 *
 * Every method throws StepFunctionsError with the name of the API's error.
 */
export class StateMachines {
  readonly #options: StateMachinesOptions;
  readonly #services: ExecutionServices;
  readonly #tokens: TaskTokens;
  readonly #machines = new Map<string, DescribedStateMachine & { running: RunningMachine }>();
  readonly #executions = new Map<string, Execution>();

  constructor(options: StateMachinesOptions) {
    const { clock, resources, region, random = Math.random } = options;
    this.#options = options;
    this.#tokens = new TaskTokens(clock);
    this.#services = { clock, resources, region, random, tokens: this.#tokens };
  }

  /**
   * Checks and adds a machine; the same one again is the same one. Refuses with all faults of the definition at once.
   */
  createStateMachine(machine: NewStateMachine): { stateMachineArn: string; creationDate: number } {
    const { name, definition, roleArn } = machine;
    const arn = stateMachineArn(this.#options, requireName(name));
    const known = this.#machines.get(arn);
    if (known === undefined) {
      const running = { arn, name, roleArn, definition: parseDefinition(definition) };
      const creationDate = this.#services.clock.now() / 1000;
      this.#machines.set(arn, { name, definition, roleArn, stateMachineArn: arn, creationDate, running });
      return { stateMachineArn: arn, creationDate };
    }
    if (known.definition === definition && known.roleArn === roleArn) {
      return { stateMachineArn: arn, creationDate: known.creationDate };
    }
    throw new StepFunctionsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
  }

  /** One machine, or StateMachineDoesNotExist. */
  describeStateMachine(arn: string): DescribedStateMachine {
    const { running: _, ...description } = this.#machine(arn);
    return description;
  }

  /** The machines by name. */
  listStateMachines(request: PageRequest): { stateMachines: DescribedStateMachine[]; nextToken?: string } {
    const sorted = [...this.#machines.keys()].sort();
    const { items, nextToken } = pageOf(sorted, (arn) => arn, request);
    const stateMachines = items.map((arn) => this.describeStateMachine(arn));
    return { stateMachines, ...(nextToken !== undefined && { nextToken }) };
  }

  /**
   * Starts an execution; it runs when the clock settles. The same name and input while it runs is the same execution;
   * else a name is taken until 90 days after its execution closed.
   */
  startExecution(start: { stateMachineArn: string; name?: string; input?: string }): {
    executionArn: string;
    startDate: number;
  } {
    const { running: machine } = this.#machine(start.stateMachineArn);
    const name = requireName(start.name ?? uuidFrom(this.#services.random));
    const inputText = requireInput(start.input ?? '{}');
    const arn = executionArn(machine.arn, name);
    const known = this.#holderOfName(arn);
    if (known !== undefined && (known.status !== 'RUNNING' || known.start.inputText !== inputText)) {
      throw new StepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = known ?? this.#addExecution({ arn, name, inputText, machine });
    return { executionArn: arn, startDate: execution.startedAtMillis / 1000 };
  }

  /** Aborts an execution. One that is closed stays as it is. */
  stopExecution(stop: { executionArn: string; error?: string; cause?: string }): { stopDate: number } {
    const { executionArn: arn, ...reason } = stop;
    const execution = this.#execution(arn);
    execution.abort(reason);
    return { stopDate: (execution.stoppedAtMillis ?? this.#services.clock.now()) / 1000 };
  }

  /** One execution, or ExecutionDoesNotExist. */
  describeExecution(arn: string): DescribedExecution {
    return describeExecution(this.#execution(arn));
  }

  /** The executions of a machine, newest first. */
  listExecutions(request: PageRequest & { stateMachineArn: string; statusFilter?: string }): {
    executions: ListedExecution[];
    nextToken?: string;
  } {
    const machineArn = this.#machine(request.stateMachineArn).stateMachineArn;
    const matching = [...this.#executions.values()]
      .filter(({ start }) => start.machine.arn === machineArn)
      .filter(({ status }) => request.statusFilter === undefined || status === request.statusFilter)
      .reverse();
    const { items, nextToken } = pageOf(matching, ({ start }) => start.arn, request);
    return { executions: items.map(listedExecution), ...(nextToken !== undefined && { nextToken }) };
  }

  /** What happened in an execution, oldest event first unless `reverseOrder`. */
  getExecutionHistory(
    request: PageRequest & { executionArn: string; reverseOrder?: boolean; includeExecutionData?: boolean },
  ): { events: HistoryEvent[]; nextToken?: string } {
    const { events } = this.#execution(request.executionArn).history;
    const { items, nextToken } = pageOf(
      request.reverseOrder ? events.toReversed() : events,
      ({ id }) => `${id}`,
      request,
    );
    const shown = request.includeExecutionData === false ? items.map(withoutExecutionData) : items;
    return { events: shown, ...(nextToken !== undefined && { nextToken }) };
  }

  /** Ends the task behind a token with a result. */
  sendTaskSuccess(answer: { taskToken: string; output: string }): void {
    this.#tokens.sendSuccess(answer.taskToken, answer.output);
  }

  /** Ends the task behind a token with an error. */
  sendTaskFailure(answer: { taskToken: string; error?: string; cause?: string }): void {
    this.#tokens.sendFailure(answer.taskToken, answer);
  }

  /** Tells that the task behind a token is still at work. */
  sendTaskHeartbeat(answer: { taskToken: string }): void {
    this.#tokens.sendHeartbeat(answer.taskToken);
  }

  /** Names of the states an execution stands in, one per open branch; none once it is closed. */
  currentStates(arn: string): string[] {
    return this.#execution(arn).currentStates;
  }

  /** State transitions of an execution as AWS bills them: one per state entered and one per retry. */
  transitions(arn: string): number {
    return this.#execution(arn).transitions;
  }

  #addExecution(start: ExecutionStart): Execution {
    const execution = new Execution(start, this.#services);
    // Taken out first, so that a name used again lists as the newest.
    this.#executions.delete(start.arn);
    this.#executions.set(start.arn, execution);
    return execution;
  }

  #machine(arn: string): DescribedStateMachine & { running: RunningMachine } {
    const machine = this.#machines.get(requireArn(arn, 'stateMachine'));
    if (machine !== undefined) return machine;
    throw new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }

  #execution(arn: string): Execution {
    const execution = this.#executions.get(requireArn(arn, 'execution'));
    if (execution !== undefined) return execution;
    throw new StepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }

  /** The execution that holds a name: closed ones give it back after 90 days. */
  #holderOfName(arn: string): Execution | undefined {
    const execution = this.#executions.get(arn);
    if (execution?.stoppedAtMillis === undefined) return execution;
    return this.#services.clock.now() - execution.stoppedAtMillis < CLOSED_RETENTION_MILLIS ? execution : undefined;
  }
}

function requireInput(text: string): string {
  const refuse = (reason: string) =>
    new StepFunctionsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
  if (Buffer.byteLength(text) > PAYLOAD_BYTES_MAX) throw refuse(`The input is over ${PAYLOAD_BYTES_MAX} bytes`);
  if (text.trim() === '') throw refuse('Invalid execution input.');
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw refuse((error as Error).message);
  }
}
