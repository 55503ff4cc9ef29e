import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { InvokeResult } from './invoker.ts';
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from './worker-messages.ts';

/** How a function's thread is started. */
export interface FunctionWorkerOptions extends WorkerSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  /** One line that the function wrote to its console. */
  readonly onLine: (line: string) => void;
}

/**
 * One execution environment of a function: a worker thread with its own environment variables and modules.
 *
 * It takes one event at a time. After a time-out, a crash or a failure to load it is spent, and a fresh one must be
 * made for the next event, as Lambda does.
 */
export class FunctionWorker {
  readonly #worker: Worker;
  #isSpent = false;

  constructor(options: FunctionWorkerOptions) {
    const { taskFolder, handler } = options;
    const settings: WorkerSettings = { taskFolder, handler };
    this.#worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
      workerData: settings,
      env: { ...options.environment },
      // Neither the inspector nor the loader flags of this process are the function's.
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMegabytes },
    });
    this.#worker.once('exit', () => {
      this.#isSpent = true;
    });
    // An error always ends the thread: the invocation under way hears of it, between invocations nobody needs to.
    this.#worker.on('error', () => undefined);
    forwardLines(this.#worker.stdout, options.onLine);
    forwardLines(this.#worker.stderr, options.onLine);
  }

  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Runs one event; resolves within its deadline, whatever the function does. */
  run(request: WorkerRequest, timeoutSeconds: number): Promise<InvokeResult> {
    return new Promise((resolve) => {
      const finish = (result: InvokeResult, isSpent: boolean) => {
        clearTimeout(timer);
        this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (isSpent) void this.close();
        resolve(result);
      };
      const onMessage = (answer: WorkerAnswer) => {
        if (answer.requestId === request.requestId) finish(...readAnswer(answer));
      };
      const onError = (error: Error) => finish(exitError(request, error.message), true);
      const onExit = (code: number) => finish(exitError(request, `exit status ${code}`), true);
      const timer = setTimeout(() => finish(timedOut(request, timeoutSeconds), true), timeoutSeconds * 1000);
      this.#worker.on('message', onMessage).once('error', onError).once('exit', onExit);
      this.#worker.postMessage(request);
    });
  }

  /** Ends the thread at once. */
  async close(): Promise<void> {
    this.#isSpent = true;
    await this.#worker.terminate();
  }
}

function readAnswer(answer: WorkerAnswer): [InvokeResult, boolean] {
  if (answer.ok) return [{ ok: true, payload: JSON.parse(answer.payloadJson) }, false];
  return [{ ok: false, ...answer.error }, !answer.isLoaded];
}

function exitError({ requestId }: WorkerRequest, reason: string): InvokeResult {
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${reason}`;
  return { ok: false, errorType: 'Runtime.ExitError', errorMessage };
}

function timedOut({ requestId }: WorkerRequest, timeoutSeconds: number): InvokeResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return { ok: false, errorType: 'Sandbox.Timedout', errorMessage };
}

function forwardLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
