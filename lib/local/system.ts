import { type Backbone, startBackbone } from './system/backbone.ts';
import { holdFolder } from './system/folder-lock.ts';
import { startFrontDoor } from './system/front-door.ts';
import { DataFolder, type KeptState } from './system/kept-state.ts';
import { replayTables } from './system/replay-tables.ts';
import { readDeployment } from './template/read-deployment.ts';

/** What to run, where, and from which instant on. */
export interface LocalSystemOptions {
  /** What `cdk synth` wrote. */
  readonly cloudAssemblyFolder: string;
  /** Of the API; 0 takes a free one. */
  readonly port: number;
  /** Of the AWS endpoint; 0 takes a free one. */
  readonly awsPort: number;
  /** First instant of the clock, UTC ISO 8601; a data folder with an instant of its own wins when this is left out. */
  readonly startAt?: string;
  /** Keeps tables, letters, secrets, outbox and clock; everything ends with the process when left out. */
  readonly dataFolder?: string;
  /** One line that a function wrote to its console. */
  readonly onLog?: (functionName: string, line: string) => void;
  readonly onProgress?: (message: string) => void;
  /** A failure of the local system itself, which no caller hears of. */
  readonly onError?: (error: unknown) => void;
}

/** The running system. */
export interface LocalSystem {
  readonly apiUrl: string;
  readonly awsUrl: string;
  /** The stack's outputs, such as `LedgerTableName`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Where the clock stood at the start, UTC ISO 8601. */
  readonly startedAt: string;
  /** Whether a data folder was there already. */
  readonly isResumed: boolean;
  /** Keeps what is to be kept and ends everything that was started. */
  close(): Promise<void>;
}

/**
 * Runs the stack of a cloud assembly on this machine: the deployed functions, tables, routes, rules, streams and state
 * machines, on a clock that can be moved.
 *
 * With a data folder, tables, letters, secrets, outbox and clock are as they were. Executions are not kept: they start again
 * from the ledger, each with its history from here on, because every item of a table with a stream is delivered once
 * more. What a case has been sent stands in the ledger, so nothing is sent twice. Tokens end with the process.
 *
 * @throws Error for a template it cannot run, a port that is taken, or a clock that would go back
 */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const { onProgress = () => undefined, onLog = () => undefined, onError = console.error } = options;
  const deployment = await readDeployment(options.cloudAssemblyFolder);
  await using opened = new AsyncDisposableStack();
  if (options.dataFolder !== undefined) opened.defer(await holdFolder(options.dataFolder));
  const folder = options.dataFolder === undefined ? undefined : await DataFolder.open(options.dataFolder);
  const kept = await folder?.read();
  const startAtMillis = firstInstant(options.startAt, kept);
  onProgress('Starting DynamoDB, the AWS endpoint and the functions');
  const { databasePath, objectsPath } = folder ?? {};
  const backbone = await startBackbone(
    { deployment, kept, startAtMillis, databasePath, objectsPath, awsPort: options.awsPort, onLog, onError },
    opened,
  );
  const keep = async () => folder?.write(stateOf(backbone));
  const door = await startFrontDoor({ backbone, deployment, port: options.port, onError, keep }, opened);
  if (kept) {
    onProgress('Starting the executions of the kept cases again');
    const { endpoint, clock, functions } = backbone;
    const { region, tables, streamConsumers: consumers } = deployment;
    await replayTables({ endpoint, region, tables, consumers, functions, now: () => clock.now() });
    await clock.waitUntilIdle();
  }
  await keep();
  const closing = opened.move();
  return {
    apiUrl: door.url,
    awsUrl: backbone.awsUrl,
    outputs: deployment.outputs,
    startedAt: new Date(startAtMillis).toISOString(),
    isResumed: kept !== undefined,
    close: async () => {
      await keep();
      await closing.disposeAsync();
    },
  };
}

function firstInstant(startAt: string | undefined, kept: KeptState | undefined): number {
  const keptMillis = kept === undefined ? undefined : Date.parse(kept.now);
  const wantedMillis = startAt === undefined ? undefined : Date.parse(startAt);
  if (wantedMillis !== undefined && Number.isNaN(wantedMillis)) {
    throw new Error(`"${startAt}" is not an instant; give one such as 2026-01-05T08:00:00Z`);
  }
  if (keptMillis !== undefined && wantedMillis !== undefined && wantedMillis < keptMillis) {
    throw new Error(
      `The data folder stands at ${kept?.now}: the clock cannot go back to ${startAt}. Leave --clock out.`,
    );
  }
  return wantedMillis ?? keptMillis ?? Date.now();
}

function stateOf({ clock, secretTexts, mailbox }: Backbone): KeptState {
  return { now: new Date(clock.now()).toISOString(), secrets: secretTexts(), outbox: mailbox.entries() };
}
