/**
 * An error of a state, by the name Step Functions matches in Retry and Catch. Injected task resources throw it too.
 *
 * Name and cause can both be missing: `SendTaskFailure` and Fail states need not give them.
 */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly errorName: string | undefined;
  readonly causeText: string | undefined;

  /**
   * @param errorName for example `Lambda.TooManyRequestsException` or `Dunning.Conflict`
   * @param cause text for people; Lambda puts JSON in it
   */
  constructor(errorName?: string, cause?: string) {
    super(`${errorName ?? 'unnamed error'}: ${cause ?? 'no cause given'}`);
    this.errorName = errorName;
    this.causeText = cause;
  }

  /** What a catcher sees as `$states.errorOutput`. */
  toErrorOutput(): { Error: string | null; Cause: string | null } {
    return { Error: this.errorName ?? null, Cause: this.causeText ?? null };
  }
}

/** A task that ran out of time: by `TimeoutSeconds`, or by missing its heartbeat, which a catcher may tell apart. */
export class TaskTimeout extends TaskFailure {
  readonly isHeartbeat: boolean;

  constructor(isHeartbeat: boolean) {
    super('States.Timeout');
    this.isHeartbeat = isHeartbeat;
  }
}

/** Thrown inside a branch that has been given up, to leave its code; never an outcome of the execution. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/**
 * Whether one of the names of a retrier or catcher matches a failure.
 *
 * `States.ALL` takes neither `States.DataLimitExceeded` nor `States.Runtime`, `States.TaskFailed` takes everything but
 * timeouts, and `States.Runtime` always fails the execution.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html (on `States.ALL`, read
 *   2026-11-23)
 */
export function matchesError(errorEquals: readonly string[], failure: TaskFailure): boolean {
  const { errorName } = failure;
  if (errorName === 'States.Runtime') return false;
  if (errorName !== undefined && errorEquals.includes(errorName)) return true;
  if (errorName === 'States.DataLimitExceeded') return false;
  if (errorEquals.includes('States.ALL')) return true;
  if (failure instanceof TaskTimeout) return failure.isHeartbeat && errorEquals.includes('States.HeartbeatTimeout');
  return errorName !== 'States.Timeout' && errorEquals.includes('States.TaskFailed');
}

/** Turns whatever was thrown into a failure of the state. Abandonment is rethrown: it is not a failure. */
export function asTaskFailure(thrown: unknown): TaskFailure {
  if (thrown instanceof Abandoned) throw thrown;
  if (thrown instanceof TaskFailure) return thrown;
  return new TaskFailure('States.Runtime', thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
}
