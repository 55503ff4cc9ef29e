import type { VirtualClock } from '../clock.ts';
import type { Json, StateGraph } from './definition.ts';
import type { NewEvent } from './history.ts';
import type { Scope } from './scope.ts';
import type { TaskResources } from './task-resources.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What the states of one execution share. */
export interface ExecutionRuntime {
  readonly clock: VirtualClock;
  readonly resources: TaskResources;
  readonly tokens: TaskTokens;
  readonly random: () => number;
  readonly region: string;
  /** The parts of the context object that hold for the whole execution. */
  readonly context: { Execution: Record<string, Json>; StateMachine: Record<string, Json> };
  /** Appends to the history and returns the event's id. Throws `Abandoned` once the history is full. */
  record(event: NewEvent): number;
  /** Counts one state entered or one retry, as AWS bills it. */
  countTransition(): void;
  /** Runs a graph of states to its end and returns the output of the last one. */
  runGraph(scope: Scope, graph: StateGraph, input: Json): Promise<Json>;
}
