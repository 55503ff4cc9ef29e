import type { ListedExecution } from '../states/execution-description.ts';
import type { HistoryEvent } from '../states/history.ts';
import type { StateMachines } from '../states/state-machines.ts';

/** An execution as `GET /_local/executions/{invoiceId}` shows it. */
export interface ExecutionView {
  readonly executionArn: string;
  /** Step Functions' own: `RUNNING`, `SUCCEEDED`, … */
  readonly status: string;
  /** The states it is in, one per live branch; the last one it was in when it has ended. */
  readonly currentStates: readonly string[];
  /** As AWS bills them. */
  readonly transitions: number;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
  /** In the shape of `GetExecutionHistory`, oldest first. */
  readonly events: readonly HistoryEvent[];
}

/**
 * Every execution there ever was. Step Functions forgets one 90 days after it closed, and so does the local one;
 * whoever looks at a case after half a year of virtual time still wants to see how it ended.
 */
export class ExecutionArchive {
  /** Longest move of the clock, in milliseconds, between two calls of `remember`. */
  static readonly STRIDE_MILLIS = 60 * 24 * 60 * 60 * 1000;

  readonly #machines: StateMachines;
  readonly #closed = new Map<string, ExecutionView>();

  constructor(machines: StateMachines) {
    this.#machines = machines;
  }

  /** Copies the executions that have closed. */
  remember(): void {
    for (const execution of this.#listed()) {
      const isNew = execution.status !== 'RUNNING' && !this.#closed.has(execution.executionArn);
      if (isNew) this.#closed.set(execution.executionArn, this.#view(execution.executionArn));
    }
  }

  /** The newest execution whose input names this invoice; a running one is newer than any that has closed. */
  newestOf(invoiceId: string): ExecutionView | undefined {
    this.remember();
    const running = this.#running().find(({ executionArn }) => {
      const { input } = this.#machines.describeExecution(executionArn);
      return input.includes(invoiceId) && invoiceIdIn(JSON.parse(input)) === invoiceId;
    });
    if (running) return this.#view(running.executionArn);
    // The archive is in the order in which executions closed.
    return [...this.#closed.values()].findLast(({ input }) => invoiceIdIn(input) === invoiceId);
  }

  /** State transitions of all executions together, as AWS bills them. */
  totalTransitions(): number {
    this.remember();
    const closed = [...this.#closed.values()].map(({ transitions }) => transitions);
    const running = this.#running().map(({ executionArn }) => this.#machines.transitions(executionArn));
    return [...closed, ...running].reduce((total, transitions) => total + transitions, 0);
  }

  #running(): ListedExecution[] {
    return this.#listed().filter(({ status }) => status === 'RUNNING');
  }

  #listed(): ListedExecution[] {
    const { stateMachines } = this.#machines.listStateMachines({ maxResults: PAGE_SIZE });
    return stateMachines.flatMap(({ stateMachineArn }) =>
      pages((page) => {
        const { executions: items, nextToken } = this.#machines.listExecutions({ ...page, stateMachineArn });
        return { items, nextToken };
      }),
    );
  }

  #view(executionArn: string): ExecutionView {
    const { status, input, output, error, cause } = this.#machines.describeExecution(executionArn);
    const events = pages((page) => {
      const { events: items, nextToken } = this.#machines.getExecutionHistory({ ...page, executionArn });
      return { items, nextToken };
    });
    return {
      executionArn,
      status,
      currentStates: status === 'RUNNING' ? this.#machines.currentStates(executionArn) : lastState(events),
      transitions: this.#machines.transitions(executionArn),
      input: JSON.parse(input),
      output: output === undefined ? null : JSON.parse(output),
      error: error ?? null,
      cause: cause ?? null,
      events,
    };
  }
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

const PAGE_SIZE = 1000;

function pages<T>(read: (page: { maxResults: number; nextToken?: string }) => Page<T>): T[] {
  const items: T[] = [];
  let nextToken: string | undefined;
  do {
    const page = read({ maxResults: PAGE_SIZE, ...(nextToken === undefined ? {} : { nextToken }) });
    items.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return items;
}

function lastState(events: readonly HistoryEvent[]): string[] {
  const entered = events.findLast((event) => event.type.endsWith('StateEntered'));
  const name = entered?.stateEnteredEventDetails?.name;
  return typeof name === 'string' ? [name] : [];
}

function invoiceIdIn(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'invoiceId' in input ? input.invoiceId : undefined;
}
