import { randomUUID } from 'node:crypto';
import { functionNameIn } from '../template/arn-parts.ts';
import type { DeployedFunction } from '../template/deployment.ts';
import { environmentOf } from './function-environment.ts';
import { FunctionWorker } from './function-worker.ts';
import type { FunctionInvoker, InvokeResult } from './invoker.ts';

/** What the functions need from the system they run in. */
export interface LocalFunctionsOptions {
  readonly functions: readonly DeployedFunction[];
  readonly region: string;
  /** Asked when a function's thread starts: the endpoint may come up after the functions are known. */
  readonly awsEndpointUrl: () => string;
  /** The next fault to inject into an invocation, if any. */
  readonly takeFault: () => string | undefined;
  /** Keeps the virtual clock from moving on while an invocation is under way, even one nobody waits for any more. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  readonly onLog: (functionName: string, line: string) => void;
}

/** Lambda's limit for the payload of a synchronous invocation, both ways. */
const PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;

/**
 * The functions of the stack, each in a worker thread started by its first event.
 *
 * Events run one at a time per function, in the order they arrive. Faults: `throttle` and `error` do nothing and answer
 * as Lambda's API would, `crash-before-reply` and `timeout-after-success` do the work and lose the answer, `duplicate`
 * does it twice.
 */
export class LocalFunctions implements FunctionInvoker {
  readonly #slots: ReadonlyMap<string, FunctionSlot>;
  readonly #options: LocalFunctionsOptions;

  constructor(options: LocalFunctionsOptions) {
    this.#options = options;
    this.#slots = new Map(options.functions.map((deployed) => [deployed.name, new FunctionSlot(deployed, options)]));
  }

  async invoke(functionArnOrName: string, payload: unknown): Promise<InvokeResult> {
    const name = functionNameIn(functionArnOrName);
    const slot = this.#slots.get(name);
    if (!slot) throw new Error(`No function ${name}. The stack has: ${[...this.#slots.keys()].join(', ')}`);
    const eventJson = JSON.stringify(payload) ?? 'null';
    if (Buffer.byteLength(eventJson) > PAYLOAD_BYTES_MAX) return failed('Lambda.RequestTooLargeException');
    return this.#options.track(this.#invokeWithFault(slot, eventJson));
  }

  /** How often each function ran since the start, by name. */
  invocations(): Record<string, number> {
    return Object.fromEntries([...this.#slots].map(([name, slot]) => [name, slot.invocations]));
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    await Promise.all([...this.#slots.values()].map((slot) => slot.close()));
  }

  async #invokeWithFault(slot: FunctionSlot, eventJson: string): Promise<InvokeResult> {
    const fault = this.#options.takeFault();
    if (fault === 'throttle') return failed('Lambda.TooManyRequestsException');
    if (fault === 'error') return failed('Lambda.ServiceException');
    const first = await slot.run(eventJson);
    if (fault === 'duplicate') return slot.run(eventJson);
    return fault === undefined ? first : failed('Lambda.SdkClientException');
  }
}

const SERVICE_ERRORS: Readonly<Record<string, string>> = {
  'Lambda.TooManyRequestsException': 'Rate Exceeded.',
  'Lambda.ServiceException': 'Service exception',
  'Lambda.SdkClientException': 'The connection was closed before the answer arrived',
  'Lambda.RequestTooLargeException': `Request must be smaller than ${PAYLOAD_BYTES_MAX} bytes for Invoke`,
};

function failed(errorType: string): InvokeResult {
  return { ok: false, errorType, errorMessage: SERVICE_ERRORS[errorType] ?? errorType };
}

/** The place of one function: its thread, and the queue before it. */
class FunctionSlot {
  invocations = 0;
  readonly #deployed: DeployedFunction;
  readonly #options: LocalFunctionsOptions;
  #worker: FunctionWorker | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(deployed: DeployedFunction, options: LocalFunctionsOptions) {
    this.#deployed = deployed;
    this.#options = options;
  }

  run(eventJson: string): Promise<InvokeResult> {
    const result = this.#queue.then(() => this.#runNow(eventJson));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.close();
  }

  async #runNow(eventJson: string): Promise<InvokeResult> {
    if (this.#isClosed) return failed('Lambda.SdkClientException');
    const { name, arn, timeoutSeconds, memoryMegabytes } = this.#deployed;
    this.invocations += 1;
    const request = {
      requestId: randomUUID(),
      eventJson,
      functionName: name,
      functionArn: arn,
      memoryMegabytes,
      deadlineAtMillis: Date.now() + timeoutSeconds * 1000,
    };
    const result = withinLimit(await this.#thread().run(request, timeoutSeconds));
    if (!result.ok) this.#options.onLog(name, `ERROR Invoke Error ${JSON.stringify(result)}`);
    return result;
  }

  #thread(): FunctionWorker {
    if (this.#worker && !this.#worker.isSpent) return this.#worker;
    const { name, assetFolder, handler, memoryMegabytes } = this.#deployed;
    const { region, awsEndpointUrl } = this.#options;
    this.#worker = new FunctionWorker({
      taskFolder: assetFolder,
      handler,
      memoryMegabytes,
      environment: environmentOf(this.#deployed, { region, awsEndpointUrl: awsEndpointUrl() }),
      onLine: (line) => this.#options.onLog(name, line),
    });
    return this.#worker;
  }
}

function withinLimit(result: InvokeResult): InvokeResult {
  const size = result.ok ? Buffer.byteLength(JSON.stringify(result.payload)) : 0;
  if (size <= PAYLOAD_BYTES_MAX) return result;
  const errorMessage = `Response payload size (${size} bytes) exceeded maximum allowed payload size (6291556 bytes).`;
  return { ok: false, errorType: 'Function.ResponseSizeTooLarge', errorMessage };
}
