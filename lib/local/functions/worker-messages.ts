/** Given to a function's worker thread as it starts. */
export interface WorkerSettings {
  readonly taskFolder: string;
  /** `<file>.<export>`. */
  readonly handler: string;
}

/** One event for the worker; JSON text, so that nothing crosses that Lambda would not carry. */
export interface WorkerRequest {
  readonly requestId: string;
  readonly eventJson: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  /** Real time, epoch milliseconds. */
  readonly deadlineAtMillis: number;
}

/** The worker's answer to one event; a thread whose handler could not be loaded will never do better. */
export type WorkerAnswer =
  | { readonly requestId: string; readonly ok: true; readonly payloadJson: string }
  | { readonly requestId: string; readonly ok: false; readonly isLoaded: boolean; readonly error: WorkerError };

/** An exception in the shape of Lambda's Node.js runtime. */
export interface WorkerError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}
