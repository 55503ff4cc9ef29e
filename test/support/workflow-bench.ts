import { readFileSync } from 'node:fs';
import type { LedgerChange } from '../../lib/app/ports.ts';
import { wakeExecution } from '../../lib/app/wake-execution.ts';
import { DunningError } from '../../lib/domain/errors.ts';
import type { Channel } from '../../lib/domain/step-claim.ts';
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
  readonly invoiceId: string;
  readonly taskToken: string | null;
}

const INVOICE = 'INV-2026-0042';

/** A ledger that announces every operation, keeps the tokens of who listens, and emits a signal for every fact from outside, as the table's stream does. */
class StreamingLedger extends MemoryLedger {
  readonly #listening = new Map<string, { taskToken: string; revision: number }>();
  readonly signals: Signal[] = [];
  beforeOperation: () => Promise<void> = async () => undefined;

  override async loadCaseFile(invoiceId: string) {
    await this.beforeOperation();
    return super.loadCaseFile(invoiceId);
  }

  override async commit(change: LedgerChange) {
    await this.beforeOperation();
    const written = await super.commit(change);
    if (written === 'duplicate') return written;
    for (const { dunningCase } of change.cases.filter(({ wakes }) => wakes)) {
      const { invoiceId } = dunningCase.invoice;
      this.signals.push({ invoiceId, taskToken: this.#listening.get(invoiceId)?.taskToken ?? null });
    }
    return written;
  }

  /** The write of state "Listen for payments and decisions". */
  async listen(invoiceId: string, { taskToken, revision }: { taskToken: string; revision: number }): Promise<void> {
    await this.beforeOperation();
    const current = (await super.loadCaseFile(invoiceId))?.dunningCase.planRevision;
    if (current !== revision) throw new TaskFailure('DynamoDb.ConditionalCheckFailedException', 'revision moved');
    this.#listening.set(invoiceId, { taskToken, revision });
  }

  /** The revision the execution of an invoice listened on last; 0 before it listened. */
  listeningRevision(invoiceId = INVOICE): number {
    return this.#listening.get(invoiceId)?.revision ?? 0;
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
  readonly #executionArns = new Map<string, string>();

  constructor() {
    const resources = { run: (resource: string, args: unknown) => this.#run(resource, args) };
    const scope = { region: 'eu-west-1', accountId: '000000000000' };
    this.#machines = new StateMachines({ ...scope, clock: this.clock, resources, random: () => 0.5 });
    const machine = { name: 'Dunning', definition: DUNNING_ASL, roleArn: 'arn:aws:iam::000000000000:role/dunning' };
    this.#machineArn = this.#machines.createStateMachine(machine).stateMachineArn;
  }

  /** Registers the invoice and starts its execution, as the stream does. */
  async start(registration: Parameters<Desk['register']>[0] = {}): Promise<void> {
    await this.desk.register(registration);
    this.#startExecution(INVOICE);
  }

  /** Registers a further invoice of the same debtor and starts its execution. */
  async startSibling(...[invoiceId, invoice]: Parameters<Desk['registerSibling']>): Promise<void> {
    await this.desk.registerSibling(invoiceId, invoice);
    this.#startExecution(invoiceId);
  }

  #startExecution(invoiceId: string): void {
    const start = { name: `${invoiceId}_1_1`, input: JSON.stringify({ invoiceId, cycle: 1, part: 1 }) };
    const { executionArn } = this.#machines.startExecution({ stateMachineArn: this.#machineArn, ...start });
    this.#executionArns.set(invoiceId, executionArn);
  }

  /** Delivers one signal to whoever listened when it was written; a dead token is a normal answer. */
  async deliver({ invoiceId, taskToken }: Signal): Promise<void> {
    const wake = async (token: string) => {
      try {
        this.#machines.sendTaskFailure({ taskToken: token, error: 'Dunning.CaseChanged', cause: '' });
        return 'woken' as const;
      } catch {
        return 'not-listening' as const;
      }
    };
    const executions = { start: async () => 'started' as const, wake };
    await wakeExecution(executions, { kind: 'changed', invoiceId, cycle: 1, taskToken });
  }

  /** Has the stream deliver every fact as soon as it is written. */
  deliverAtOnce(): void {
    this.clock.addSource(async () => {
      const signals = this.ledger.signals.splice(0);
      for (const signal of signals) await this.deliver(signal);
      return signals.length > 0;
    });
  }

  advanceTo(instant: string): Promise<number> {
    return this.clock.advanceTo(Date.parse(instant));
  }

  execution(invoiceId = INVOICE): {
    status: string;
    states: string[];
    stoppedAt: string | null;
    lastState: string | undefined;
    transitions: number;
  } {
    const executionArn = this.#executionArns.get(invoiceId) ?? '';
    const { status, stopDate } = this.#machines.describeExecution(executionArn);
    const { events } = this.#machines.getExecutionHistory({ executionArn, reverseOrder: true });
    const entered = events.find((event) => event.type.endsWith('StateEntered'));
    return {
      status,
      states: this.#machines.currentStates(executionArn).sort(),
      stoppedAt: stopDate === undefined ? null : new Date(stopDate * 1000).toISOString(),
      lastState: (entered?.stateEnteredEventDetails as { name?: string } | undefined)?.name,
      transitions: this.#machines.transitions(executionArn),
    };
  }

  async #run(resource: string, args: unknown): Promise<unknown> {
    if (resource === 'lambda:invoke') return this.#invoke(args as { FunctionName: string; Payload: Payload });
    const { ExpressionAttributeValues: values, Key } = args as Record<
      string,
      Record<string, { S?: string; N?: string }>
    >;
    const invoiceId = Key?.pk?.S?.replace('INVOICE#', '') ?? '';
    await this.ledger.listen(invoiceId, {
      taskToken: values?.[':token']?.S ?? '',
      revision: Number(values?.[':planned']?.N),
    });
    return {};
  }

  async #invoke({ FunctionName, Payload }: { FunctionName: string; Payload: Payload }): Promise<unknown> {
    try {
      const { invoiceId, stepId, at, planRevision, round } = Payload;
      const channels = CHANNELS_OF[FunctionName];
      const act = () => {
        if (channels) return this.desk.send(stepId, at, planRevision, { channels, invoiceId });
        if (FunctionName === 'ReviewCaseFunctionArn') return this.desk.review(at, planRevision, invoiceId);
        return this.desk.plan(at, { round, invoiceId });
      };
      const answer = await act();
      return { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 };
    } catch (error) {
      if (error instanceof DunningError) throw new TaskFailure(error.name, error.message);
      throw error;
    }
  }
}

/** The channels each function of the workflow serves; planning and reviewing serve none. */
const CHANNELS_OF: Readonly<Record<string, readonly Channel[]>> = {
  SendEmailFunctionArn: ['email'],
  SendSmsFunctionArn: ['sms'],
  AssignCallFunctionArn: ['call'],
  PostLetterFunctionArn: ['letter', 'registered-letter'],
  HandOverFunctionArn: ['hand-over'],
};

interface Payload {
  readonly invoiceId: string;
  readonly stepId: string;
  readonly at: string;
  readonly planRevision: number;
  readonly round: number;
}
