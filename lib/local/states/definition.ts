/** Any JSON value. Strings `{% … %}` inside a definition are JSONata expressions. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** States and where they start: a whole machine, a branch of a Parallel, or the processor of a Map. */
export interface StateGraph {
  StartAt: string;
  States: Record<string, State>;
}

/** A validated definition. `TimeoutSeconds` bounds the whole execution. */
export interface StateMachineDefinition extends StateGraph {
  TimeoutSeconds?: number;
}

/** One attempt rule: how often and after what delay a failed state is tried again. */
export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

/** What a state may compute when it is left. */
export interface Leaving {
  Output?: Json;
  Assign?: Record<string, Json>;
  Next?: string;
}

/** Where to go after an error that no retrier takes. */
interface Catcher extends Leaving {
  ErrorEquals: string[];
  Next: string;
}

/** One rule of a Choice. */
interface ChoiceRule extends Leaving {
  Condition: Json;
  Next: string;
}

/** A state that can fail and be tried again: Task, Parallel or Map. */
interface RecoverableState extends Leaving {
  Retry?: Retrier[];
  Catch?: Catcher[];
}

/** Hands its input on, or what `Output` makes of it. */
export interface PassState extends Leaving {
  Type: 'Pass';
}

/** Does work through a resource; times are in seconds, as numbers or expressions. */
export interface TaskState extends RecoverableState {
  Type: 'Task';
  Resource: string;
  Arguments?: Json;
  TimeoutSeconds?: Json;
  HeartbeatSeconds?: Json;
}

/** Goes where the first rule whose condition holds says, else to `Default`. */
export interface ChoiceState extends Leaving {
  Type: 'Choice';
  Choices: ChoiceRule[];
  Default?: string;
}

/** Waits so many seconds, or until an instant; both may be expressions. */
export interface WaitState extends Leaving {
  Type: 'Wait';
  Seconds?: Json;
  Timestamp?: Json;
}

/** Ends the execution, or its branch, well. */
export interface SucceedState extends Leaving {
  Type: 'Succeed';
}

/** Ends the execution, or its branch, with an error. */
export interface FailState {
  Type: 'Fail';
  Error?: Json;
  Cause?: Json;
}

/** Runs its branches at once and gives their outputs in order. */
export interface ParallelState extends RecoverableState {
  Type: 'Parallel';
  Branches: StateGraph[];
  Arguments?: Json;
}

/** Runs its processor once for each item, at most `MaxConcurrency` at a time. */
export interface MapState extends RecoverableState {
  Type: 'Map';
  ItemProcessor: StateGraph;
  Items?: Json;
  ItemSelector?: Json;
  MaxConcurrency?: Json;
}

/** The eight state types of the Amazon States Language. */
export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;
