import type { VirtualClock } from '../clock.ts';
import type { Json } from './definition.ts';
import { PAYLOAD_BYTES_MAX } from './payload-limit.ts';
import { StepFunctionsError } from './step-functions-error.ts';
import { TaskFailure } from './task-failure.ts';

/** The task that waits behind a token. */
export interface TokenHolder {
  succeed(output: Json): void;
  fail(failure: TaskFailure): void;
  heartbeat(): void;
}

/**
 * The task tokens of all executions. A token is open from the moment its task is scheduled until it is answered, times
 * out or its branch is given up; after that it answers as AWS does.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html (read 2026-11-23)
 */
export class TaskTokens {
  readonly #clock: VirtualClock;
  readonly #open = new Map<string, TokenHolder>();
  #issued = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Makes a new open token for a task of an execution. */
  issue(executionArn: string, holder: TokenHolder): string {
    this.#issued += 1;
    const token = TOKEN_PREFIX + Buffer.from(`${this.#issued} ${executionArn}`).toString('base64');
    this.#open.set(token, holder);
    return token;
  }

  /** Makes a token dead; dead ones stay dead. */
  close(token: string): void {
    this.#open.delete(token);
  }

  /**
   * Ends the task with a result. @throws StepFunctionsError InvalidOutput, InvalidToken, TaskDoesNotExist or
   * TaskTimedOut
   */
  sendSuccess(token: string, outputText: string): void {
    const output = parseOutput(outputText);
    this.#answer(token, (holder) => holder.succeed(output));
  }

  /** Ends the task with an error; name and cause may be missing. @throws StepFunctionsError as `sendSuccess` */
  sendFailure(token: string, failure: { error?: string; cause?: string }): void {
    this.#answer(token, (holder) => holder.fail(new TaskFailure(failure.error, failure.cause)));
  }

  /** Starts the heartbeat of the task anew. @throws StepFunctionsError as `sendSuccess` */
  sendHeartbeat(token: string): void {
    this.#holderOf(token).heartbeat();
  }

  #answer(token: string, deliver: (holder: TokenHolder) => void): void {
    const holder = this.#holderOf(token);
    this.close(token);
    // By the clock, so that the execution goes on in the order of the timers and settling waits for it.
    this.#clock.schedule(this.#clock.now(), () => deliver(holder));
  }

  #holderOf(token: string): TokenHolder {
    const holder = this.#open.get(token);
    if (holder !== undefined) return holder;
    const issued = issueNumberOf(token);
    if (issued === undefined) throw new StepFunctionsError('InvalidToken', "Invalid Token: 'Invalid token'");
    if (issued > this.#issued) throw new StepFunctionsError('TaskDoesNotExist', `Task Does Not Exist: '${token}'`);
    throw new StepFunctionsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}

const TOKEN_PREFIX = 'AAAAKgAAAAIAAAAA';

/** The number in a token this runner could have issued; undefined for any other text. */
function issueNumberOf(token: string): number | undefined {
  if (!token.startsWith(TOKEN_PREFIX)) return undefined;
  const text = Buffer.from(token.slice(TOKEN_PREFIX.length), 'base64').toString();
  const number = /^(\d+) arn:/.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

function parseOutput(text: string): Json {
  if (Buffer.byteLength(text) > PAYLOAD_BYTES_MAX) {
    throw new StepFunctionsError('InvalidOutput', `Invalid Output: 'The output is over ${PAYLOAD_BYTES_MAX} bytes'`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new StepFunctionsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}
