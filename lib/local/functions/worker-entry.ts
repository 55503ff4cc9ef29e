import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerAnswer, WorkerError, WorkerRequest, WorkerSettings } from './worker-messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

/** Extensions in the order Lambda's Node.js runtime looks for them. */
const EXTENSIONS = ['.mjs', '.cjs', '.js'];

const loading = loadHandler(workerData as WorkerSettings);
// The first event reports a failure to load; until it comes, nobody listens to this promise.
loading.catch(() => undefined);
parentPort?.on('message', async (request: WorkerRequest) => parentPort?.postMessage(await answer(request)));

async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  const { requestId } = request;
  let isLoaded = false;
  try {
    const handler = await loading;
    isLoaded = true;
    const payload = await handler(JSON.parse(request.eventJson), contextOf(request));
    return { requestId, ok: true, payloadJson: JSON.stringify(payload) ?? 'null' };
  } catch (thrown) {
    return { requestId, ok: false, isLoaded, error: describe(thrown) };
  }
}

async function loadHandler({ taskFolder, handler }: WorkerSettings): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const [file, exportName] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const module = await import(pathToFileURL(await findModule(join(taskFolder, file))).href);
  const found: unknown = module[exportName] ?? module.default?.[exportName];
  if (typeof found === 'function') return found as Handler;
  throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
}

async function findModule(path: string): Promise<string> {
  for (const extension of EXTENSIONS) {
    const exists = await access(path + extension).then(
      () => true,
      () => false,
    );
    if (exists) return path + extension;
  }
  throw named('Runtime.ImportModuleError', `Error: Cannot find module '${path}'`);
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf(request: WorkerRequest): unknown {
  return {
    awsRequestId: request.requestId,
    functionName: request.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: request.functionArn,
    memoryLimitInMB: String(request.memoryMegabytes),
    logGroupName: `/aws/lambda/${request.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, request.deadlineAtMillis - Date.now()),
  };
}

/** What Lambda's Node.js runtime reports: the error's own name, or the type of a thrown value that is no error. */
function describe(thrown: unknown): WorkerError {
  if (types.isNativeError(thrown)) {
    const trace = (thrown.stack ?? '').split('\n');
    return { errorType: thrown.name, errorMessage: thrown.message, trace };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
