import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnEmulator } from './emulator-process.ts';

/** A running DynamoDB to talk to. */
export interface DynamoDbEmulator {
  /** For example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** Stops the emulator if it was started here; one named by `DYNAMODB_ENDPOINT` stays as it is. */
  close(): Promise<void>;
}

/** How to start the emulator. */
export interface EmulatorOptions {
  /** File the tables are kept in; in memory when left out. */
  readonly databasePath?: string;
  /** Read for `DYNAMODB_ENDPOINT`: the address of a DynamoDB that runs already. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts DynamoDB for this machine: the emulator dynoxide on a free loopback port, or what `DYNAMODB_ENDPOINT` names.
 * It answers when the promise resolves, and ends with `close` or, at the latest, with this process.
 *
 * @throws Error that says why it did not start and what to do
 */
export async function startDynamoDbEmulator(options: EmulatorOptions = {}): Promise<DynamoDbEmulator> {
  const { databasePath, environment = process.env } = options;
  const external = environment.DYNAMODB_ENDPOINT;
  if (external) return useRunning(external);
  const program = findProgram();
  const answerMillisMax = program[0] === 'npx' ? DOWNLOAD_MILLIS_MAX : ANSWER_MILLIS_MAX;
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const storage = databasePath === undefined ? [] : ['--db-path', databasePath];
    const command = [...program, '--host', '127.0.0.1', '--port', String(port), ...storage];
    const emulator = spawnEmulator(command);
    const endpoint = `http://127.0.0.1:${port}`;
    const failure = await Promise.race([emulator.ended, waitForAnswer(endpoint, answerMillisMax)]);
    if (failure === undefined) return { endpoint, close: () => emulator.stop() };
    await emulator.stop();
    // Another program may take the port in the moment between finding and using it.
    if (!/in use/i.test(failure) || attempt === ATTEMPTS_MAX) {
      throw new Error(cannotStart(command, failure, databasePath));
    }
  }
}

const ATTEMPTS_MAX = 3;
const ANSWER_MILLIS_MAX = 10_000;
const DOWNLOAD_MILLIS_MAX = 180_000;
const DYNOXIDE_VERSION = '1.2.1';

async function useRunning(endpoint: string): Promise<DynamoDbEmulator> {
  if (!URL.canParse(endpoint)) {
    throw new Error(
      `DYNAMODB_ENDPOINT is not a URL: "${endpoint}". Give for example http://127.0.0.1:8000, or unset it.`,
    );
  }
  const failure = await waitForAnswer(endpoint, ANSWER_MILLIS_MAX);
  if (failure !== undefined) {
    throw new Error(
      `DYNAMODB_ENDPOINT names ${endpoint}: ${failure}. Start DynamoDB there, or unset DYNAMODB_ENDPOINT.`,
    );
  }
  return { endpoint, close: async () => undefined };
}

/** The native binary of this platform when npm installed it, else the same program through npx. */
function findProgram(): readonly string[] {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    return [join(dirname(manifest), 'dynoxide')];
  } catch {
    return ['npx', '--yes', `dynoxide@${DYNOXIDE_VERSION}`];
  }
}

/** Resolves to `undefined` once anything answers over HTTP, else to why it waited in vain. */
async function waitForAnswer(endpoint: string, millisMax: number): Promise<string | undefined> {
  const deadline = performance.now() + millisMax;
  let lastError = '';
  while (performance.now() < deadline) {
    try {
      const answer = await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
      await answer.arrayBuffer();
      return undefined;
    } catch (error) {
      lastError = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    }
    await wait(5);
  }
  return `it did not answer within ${millisMax / 1000} s (${lastError})`;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function cannotStart(command: readonly string[], failure: string, databasePath: string | undefined): string {
  const cures = [
    command[0] === 'npx'
      ? `check the network: no dynoxide binary is installed for ${process.platform}-${process.arch}, so npx fetches one`
      : 'run "npm ci" again',
    ...(databasePath === undefined ? [] : [`check that the folder of ${databasePath} is there and can be written to`]),
    'run any DynamoDB emulator and set DYNAMODB_ENDPOINT to its address',
  ];
  const cause = `The DynamoDB emulator did not start: ${failure}. Command: ${command.join(' ')}.`;
  return `${cause} To cure it: ${cures.join('; or ')}.`;
}
