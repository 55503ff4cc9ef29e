import type { Json } from './definition.ts';
import type { Scope } from './scope.ts';
import { TaskFailure, TaskTimeout } from './task-failure.ts';
import type { TokenHolder } from './task-tokens.ts';

/** How long a task may take, and may go without a heartbeat. */
export interface TaskLimits {
  timeoutSeconds?: number;
  heartbeatSeconds?: number;
}

/** One attempt at the work of a task: the call itself and, with `.waitForTaskToken`, the answer after it. */
export class TaskCall implements TokenHolder {
  /** Set when the task waits for an answer with this token. */
  readonly token: string | undefined;
  readonly #scope: Scope;
  readonly #outcome = Promise.withResolvers<Json>();
  readonly #disarm = new Map<'timeout' | 'heartbeat', () => void>();
  readonly #forget: () => void;
  #isClosed = false;
  #isSubmitted = false;
  #answer: (() => void) | undefined;
  #heartbeatSeconds: number | undefined;

  constructor(scope: Scope, awaitsToken: boolean) {
    this.#scope = scope;
    const executionArn = String(scope.runtime.context.Execution.Id);
    this.token = awaitsToken ? scope.runtime.tokens.issue(executionArn, this) : undefined;
    this.#forget = scope.onAbandon(() => this.close());
  }

  /**
   * Starts the work and resolves with the result of the task: that of the call, or the one sent with the token.
   *
   * @param onSubmitted called with the result of the call when the task goes on to wait for its token
   */
  run(request: TaskRequest, onSubmitted: (result: Json) => void): Promise<Json> {
    this.#arm('timeout', request.limits.timeoutSeconds);
    this.#heartbeatSeconds = this.token === undefined ? undefined : request.limits.heartbeatSeconds;
    this.heartbeat();
    this.#perform(request)
      .then((result) => {
        if (this.#isClosed) return;
        if (this.token === undefined) {
          this.#outcome.resolve(result);
          return;
        }
        onSubmitted(result);
        this.#isSubmitted = true;
        this.#answer?.();
      })
      .catch((error: unknown) => this.#outcome.reject(error));
    return this.#outcome.promise;
  }

  succeed(output: Json): void {
    this.#settle(() => this.#outcome.resolve(output));
  }

  fail(failure: TaskFailure): void {
    this.#settle(() => this.#outcome.reject(failure));
  }

  heartbeat(): void {
    this.#arm('heartbeat', this.#heartbeatSeconds);
  }

  /** Ends the attempt: its timers stop, its token is dead, and what its work yields later is dropped. */
  close(): void {
    this.#isClosed = true;
    for (const disarm of this.#disarm.values()) disarm();
    this.#forget();
    if (this.token !== undefined) this.#scope.runtime.tokens.close(this.token);
  }

  /** An answer may come before the call that carried the token has returned: it then waits for that. */
  #settle(answer: () => void): void {
    if (this.#isSubmitted) answer();
    else this.#answer = answer;
  }

  #arm(kind: 'timeout' | 'heartbeat', seconds: number | undefined): void {
    this.#disarm.get(kind)?.();
    if (seconds === undefined) return;
    const atMillis = this.#scope.runtime.clock.now() + seconds * 1000;
    const expire = () => this.#outcome.reject(new TaskTimeout(kind === 'heartbeat'));
    this.#disarm.set(kind, this.#scope.schedule(atMillis, expire));
  }

  async #perform({ call, args }: TaskRequest): Promise<Json> {
    const { clock, resources } = this.#scope.runtime;
    const hold = Promise.withResolvers<void>();
    clock.track(hold.promise);
    try {
      const result = await resources.run(call, args, { releaseClock: hold.resolve });
      return result === undefined ? null : (JSON.parse(JSON.stringify(result)) as Json);
    } catch (error) {
      throw error instanceof TaskFailure ? error : new TaskFailure('States.TaskFailed', describe(error));
    } finally {
      hold.resolve();
    }
  }
}

/** What to call and within what limits. */
export interface TaskRequest {
  /** `lambda:invoke` or `aws-sdk:<service>:<action>`. */
  call: string;
  args: Json;
  limits: TaskLimits;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
