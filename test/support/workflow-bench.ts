import { readFileSync } from 'node:fs';
import type { CaseChange } from '../../lib/app/ports.ts';
import { wakeExecution } from '../../lib/app/wake-execution.ts';
import { DunningError } from '../../lib/domain/errors.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { VirtualClock } from '../../lib/local/clock.ts';
import { StateMachines } from '../../lib/local/states/state-machines.ts';
import { TaskFailure } from '../../lib/local/states/task-failure.ts';
import { Desk } from './desk.ts';

/** The workflow as it ships, with names for its substitutions. */
const DUNNING_ASL = readFileSync('statemachines/dunning.asl.json', 'utf8').replace(/\$\{(\w+)\}/g, '$1');

/** The state that listens, as it ships. */
export function listenState(): { Arguments: { UpdateExpression: string; ConditionExpression: string } } {
  const [, listening] = JSON.parse(DUNNING_ASL).States.Dunning.Branches;
  return listening.States['Listen for payments and decisions'];
}

interface Signal {
  readonly taskToken: string | null;
}

/** A ledger that announces every operation, keeps the token of who listens, and emits a signal for every fact from outside, as the table's stream does. */
class StreamingLedger extends MemoryLedger {
  taskToken: string | null = null;
  listeningRevision = 0;
  readonly signals: Signal[] = [];
  beforeOperation: () => Promise<void> = async () => undefined;

  override async loadCaseFile(invoiceId: string) {
    await this.beforeOperation();
    return super.loadCaseFile(invoiceId);
  }

  override async commit(change: CaseChange) {
    await this.beforeOperation();
    const written = await super.commit(change);
    if (written === 'committed' && change.wakes) this.signals.push({ taskToken: this.taskToken });
    return written;
  }

  /** The write of state "Listen for payments and decisions". */
  async listen(taskToken: string, plannedRevision: number): Promise<void> {
    await this.beforeOperation();
    const revision = (await super.loadCaseFile('INV-2026-0042'))?.dunningCase.planRevision;
    if (revision !== plannedRevision)
      throw new TaskFailure('DynamoDb.ConditionalCheckFailedException', 'revision moved');
    this.taskToken = taskToken;
    this.listeningRevision = plannedRevision;
  }
}

/** The shipped workflow over the real use cases, in one process: every operation on the ledger is a place where a fact can cut in. */
export class WorkflowBench {
  readonly clock = new VirtualClock(Date.parse('2026-01-05T08:00:00Z'), (error) => this.faults.push(error));
  readonly ledger = new StreamingLedger();
  readonly desk = new Desk(this.ledger);
  readonly faults: unknown[] = [];
  readonly #machines: StateMachines;
  readonly #machineArn: string;
  #executionArn = '';

  constructor() {
    const resources = { run: (resource: string, args: unknown) => this.#run(resource, args) };
    const scope = { region: 'eu-west-1', accountId: '000000000000' };
    this.#machines = new StateMachines({ ...scope, clock: this.clock, resources, random: () => 0.5 });
    const machine = { name: 'Dunning', definition: DUNNING_ASL, roleArn: 'arn:aws:iam::000000000000:role/dunning' };
    this.#machineArn = this.#machines.createStateMachine(machine).stateMachineArn;
  }

  /** Registers the invoice and starts its execution, as the stream does. */
  async start(): Promise<void> {
    await this.desk.register();
    const start = {
      name: 'INV-2026-0042_1_1',
      input: JSON.stringify({ invoiceId: 'INV-2026-0042', cycle: 1, part: 1 }),
    };
    this.#executionArn = this.#machines.startExecution({ stateMachineArn: this.#machineArn, ...start }).executionArn;
  }

  /** Delivers one signal to whoever listened when it was written; a dead token is a normal answer. */
  async deliver({ taskToken }: Signal): Promise<void> {
    const wake = async (token: string) => {
      try {
        this.#machines.sendTaskFailure({ taskToken: token, error: 'Dunning.CaseChanged', cause: '' });
        return 'woken' as const;
      } catch {
        return 'not-listening' as const;
      }
    };
    const executions = { start: async () => undefined, wake };
    await wakeExecution(executions, { kind: 'changed', invoiceId: 'INV-2026-0042', cycle: 1, taskToken });
  }

  advanceTo(instant: string): Promise<number> {
    return this.clock.advanceTo(Date.parse(instant));
  }

  execution(): {
    status: string;
    states: string[];
    stoppedAt: string | null;
    lastState: string | undefined;
    transitions: number;
  } {
    const { status, stopDate } = this.#machines.describeExecution(this.#executionArn);
    const { events } = this.#machines.getExecutionHistory({ executionArn: this.#executionArn, reverseOrder: true });
    const entered = events.find((event) => event.type.endsWith('StateEntered'));
    return {
      status,
      states: this.#machines.currentStates(this.#executionArn).sort(),
      stoppedAt: stopDate === undefined ? null : new Date(stopDate * 1000).toISOString(),
      lastState: (entered?.stateEnteredEventDetails as { name?: string } | undefined)?.name,
      transitions: this.#machines.transitions(this.#executionArn),
    };
  }

  async #run(resource: string, args: unknown): Promise<unknown> {
    if (resource === 'lambda:invoke') return this.#invoke(args as { FunctionName: string; Payload: Payload });
    const { ExpressionAttributeValues: values } = args as {
      ExpressionAttributeValues: Record<string, { S?: string; N?: string }>;
    };
    await this.ledger.listen(values[':token']?.S ?? '', Number(values[':planned']?.N));
    return {};
  }

  async #invoke({ FunctionName, Payload }: { FunctionName: string; Payload: Payload }): Promise<unknown> {
    try {
      const { stepId, at, planRevision, round } = Payload;
      const isPlan = FunctionName === 'PlanNextStepFunctionArn';
      const answer = isPlan ? await this.desk.plan(at, round) : await this.desk.send(stepId, at, planRevision);
      return { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 };
    } catch (error) {
      if (error instanceof DunningError) throw new TaskFailure(error.name, error.message);
      throw error;
    }
  }
}

interface Payload {
  readonly stepId: string;
  readonly at: string;
  readonly planRevision: number;
  readonly round: number;
}
