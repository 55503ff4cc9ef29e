import type { Json } from './definition.ts';
import type { ExecutionRuntime } from './execution-runtime.ts';
import type { EventDetails } from './history.ts';
import { Abandoned } from './task-failure.ts';

/** The item a Map iteration works on, as `$states.context.Map.Item`. */
export interface MapItem {
  Index: number;
  Value: Json;
}

/** A state that has been entered and not left. */
export interface CurrentState {
  name: string;
  type: string;
}

/**
 * One line of execution: the machine itself, a branch of a Parallel or an iteration of a Map. It knows where it stands,
 * its variables and what waits on its behalf, and can be abandoned with all of that.
 */
export class Scope {
  readonly runtime: ExecutionRuntime;
  readonly mapItem: MapItem | undefined;
  readonly children = new Set<Scope>();
  current: CurrentState | undefined;
  lastEventId: number;
  #isAbandoned = false;
  readonly #parent: Scope | undefined;
  readonly #variables: Record<string, Json> = {};
  readonly #cleanups = new Set<() => void>();

  /** A machine's own scope; those of branches and iterations come from `child`. */
  constructor(runtime: ExecutionRuntime, parent?: Scope, mapItem?: MapItem) {
    this.runtime = runtime;
    this.#parent = parent;
    this.mapItem = mapItem ?? parent?.mapItem;
    this.lastEventId = parent?.lastEventId ?? 0;
    parent?.children.add(this);
  }

  /** A scope for a branch or an iteration inside the current state. */
  child(mapItem?: MapItem): Scope {
    return new Scope(this.runtime, this, mapItem);
  }

  /** The values of all variables in sight: its own and those of the scopes around it. */
  get variables(): Record<string, Json> {
    return { ...this.#parent?.variables, ...this.#variables };
  }

  /** Sets variables of this scope; the scopes around it keep theirs. */
  assign(values: Record<string, Json>): void {
    Object.assign(this.#variables, values);
  }

  /** Records an event that follows the last one of this scope and becomes the last. Returns its id. */
  record(type: string, details?: Record<`${string}EventDetails`, EventDetails>): number {
    this.lastEventId = this.recordAside(type, details);
    return this.lastEventId;
  }

  /** Records an event that follows the last one of this scope, or `previousEventId`, and that no later one follows. */
  recordAside(type: string, details?: Record<`${string}EventDetails`, EventDetails>, previousEventId?: number): number {
    if (this.#isAbandoned) throw new Abandoned();
    return this.runtime.record({ type, previousEventId: previousEventId ?? this.lastEventId, details });
  }

  /** Waits for virtual time. Never resolves once the scope is abandoned. */
  sleepUntil(atMillis: number): Promise<void> {
    return new Promise((resolve) => {
      this.schedule(atMillis, resolve);
    });
  }

  /** Runs `run` at an instant unless the scope is abandoned before. Returns how to cancel it. */
  schedule(atMillis: number, run: () => void): () => void {
    const timer = this.runtime.clock.schedule(atMillis, () => {
      forget();
      run();
    });
    const forget = this.onAbandon(() => timer.cancel());
    return () => {
      forget();
      timer.cancel();
    };
  }

  /** Has `cleanup` called when the scope is abandoned. Returns how to take that back. */
  onAbandon(cleanup: () => void): () => void {
    this.#cleanups.add(cleanup);
    return () => this.#cleanups.delete(cleanup);
  }

  /** The outcome of `work`, unless the scope was abandoned meanwhile. @throws Abandoned */
  async alive<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      // Thrown from here it replaces the outcome, which nobody waits for any more.
      this.#throwIfAbandoned();
    }
  }

  /** Gives up everything that waits or runs in this scope and below. Work that is under way goes on unheard. */
  abandon(): void {
    if (this.#isAbandoned) return;
    this.#isAbandoned = true;
    for (const cleanup of this.#cleanups) cleanup();
    this.#cleanups.clear();
    for (const child of this.children) child.abandon();
    this.#parent?.children.delete(this);
  }

  /** Whether the scope was given up: what still ends in it does not count. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** Takes a scope that has run to its end out of the tree. */
  end(): void {
    this.#parent?.children.delete(this);
  }

  /** Names of the states that are entered and have nothing running inside them. */
  currentStates(): string[] {
    if (this.children.size > 0) return [...this.children].flatMap((child) => child.currentStates());
    return this.current === undefined ? [] : [this.current.name];
  }

  #throwIfAbandoned(): void {
    if (this.#isAbandoned) throw new Abandoned();
  }
}
