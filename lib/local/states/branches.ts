import type { Json, StateGraph } from './definition.ts';
import type { MapItem, Scope } from './scope.ts';
import { Abandoned } from './task-failure.ts';

/** A line of execution to run beside others. */
export interface Branch {
  graph: StateGraph;
  input: Json;
  mapItem?: MapItem;
}

/** What a Map records of each iteration; a Parallel records nothing. */
export interface BranchObserver {
  onStarted?(index: number, scope: Scope): void;
  onSucceeded?(index: number, scope: Scope): void;
  /** `previousEventId` is the event that failed. */
  onFailed?(index: number, previousEventId: number): void;
  onAborted?(index: number, previousEventId: number): void;
}

/**
 * Runs branches beside each other, at most `concurrency` at a time. The first to fail ends the others: their timers are
 * cancelled, their tokens die, and the results of tasks still at work are dropped.
 *
 * @returns the outputs, in the order of the branches; never settles once `parent` is abandoned
 */
export function runBranches(parent: Scope, branches: Branch[], options: BranchOptions): Promise<Json[]> {
  if (branches.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => new BranchRun({ parent, branches, options, resolve, reject }).start());
}

/** How branches run. */
export interface BranchOptions {
  concurrency: number;
  observer?: BranchObserver;
}

interface BranchRunSetup {
  parent: Scope;
  branches: Branch[];
  options: BranchOptions;
  resolve: (outputs: Json[]) => void;
  reject: (failure: unknown) => void;
}

class BranchRun {
  readonly #setup: BranchRunSetup;
  readonly #outputs: Json[] = [];
  readonly #open = new Map<number, Scope>();
  #started = 0;
  #succeeded = 0;

  constructor(setup: BranchRunSetup) {
    this.#setup = setup;
  }

  start(): void {
    const { parent, branches, options } = this.#setup;
    const first = Math.min(options.concurrency, branches.length);
    // All are recorded as started before any enters its first state.
    const indexes = Array.from({ length: first }, () => this.#openNext(parent.lastEventId));
    for (const index of indexes) this.#run(index);
  }

  #openNext(previousEventId: number): number {
    const { parent, branches, options } = this.#setup;
    const index = this.#started;
    this.#started += 1;
    const scope = parent.child(branches[index]?.mapItem);
    scope.lastEventId = previousEventId;
    this.#open.set(index, scope);
    options.observer?.onStarted?.(index, scope);
    return index;
  }

  #run(index: number): void {
    const [branch, scope] = [this.#setup.branches[index], this.#open.get(index)];
    if (branch === undefined || scope === undefined) return;
    scope.runtime
      .runGraph(scope, branch.graph, branch.input)
      .then((output) => this.#succeed(index, scope, output))
      .catch((error: unknown) => this.#fail(index, scope, error))
      .catch((error: unknown) => this.#setup.reject(error));
  }

  #succeed(index: number, scope: Scope, output: Json): void {
    if (scope.isAbandoned) return;
    const { parent, branches, options, resolve } = this.#setup;
    const previousEventId = scope.lastEventId;
    this.#outputs[index] = output;
    this.#succeeded += 1;
    this.#open.delete(index);
    options.observer?.onSucceeded?.(index, scope);
    parent.lastEventId = scope.lastEventId;
    scope.end();
    if (this.#succeeded === branches.length) resolve(this.#outputs);
    else if (this.#started < branches.length) this.#run(this.#openNext(previousEventId));
  }

  #fail(failed: number, failedScope: Scope, error: unknown): void {
    // A branch may end in the very turn in which another one ended the race.
    if (error instanceof Abandoned || failedScope.isAbandoned) return;
    const { parent, options, reject } = this.#setup;
    const failedEventId = failedScope.lastEventId;
    parent.lastEventId = failedEventId;
    for (const [index, scope] of this.#open) {
      if (index === failed) options.observer?.onFailed?.(index, failedEventId);
      else options.observer?.onAborted?.(index, failedEventId);
      recordAborted(scope, failedEventId);
      scope.abandon();
    }
    reject(error);
  }
}

const ABORTABLE_TYPES = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/** Records the state a given-up scope stood in, the innermost first. */
function recordAborted(scope: Scope, previousEventId: number): void {
  for (const child of scope.children) recordAborted(child, previousEventId);
  if (scope.current === undefined || !ABORTABLE_TYPES.has(scope.current.type)) return;
  scope.recordAside(`${scope.current.type}StateAborted`, undefined, previousEventId);
}
