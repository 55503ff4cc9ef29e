// npm start: builds and synthesizes when sources have changed, then runs the whole system on this machine.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { loadSamples } from '../lib/local/load-samples.ts';
import { samplePortfolio } from '../lib/local/sample-portfolio.ts';
import { synthesize } from '../lib/local/synthesize.ts';
import { readStartOptions, START_HELP, type StartOptions } from '../lib/local/system/start-options.ts';
import { startJson, startText } from '../lib/local/system/start-text.ts';
import { startLocalSystem } from '../lib/local/system.ts';

const PROJECT = join(import.meta.dirname, '..');

const options = readOptions();
if (options?.wantsHelp) process.stdout.write(START_HELP);
else if (options) await run(options);

function readOptions(): StartOptions | undefined {
  try {
    return readStartOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`${messageOf(error)}\nSee npm start -- --help`);
    process.exitCode = 2;
    return undefined;
  }
}

async function run(options: StartOptions): Promise<void> {
  const onProgress = (progress: string) => console.log(options.asJson ? JSON.stringify({ progress }) : `${progress} …`);
  try {
    const logFolder = options.dataFolder ?? join(PROJECT, '.cache');
    await mkdir(logFolder, { recursive: true });
    const logPath = join(logFolder, 'functions.log');
    const log = createWriteStream(logPath);
    const { port, awsPort, startAt, dataFolder } = options;
    const system = await startLocalSystem({
      cloudAssemblyFolder: await synthesize({ projectFolder: PROJECT, onProgress }),
      port,
      awsPort,
      onProgress,
      onLog: (functionName, line) => log.write(`${functionName}: ${line}\n`),
      ...(startAt === undefined ? {} : { startAt }),
      ...(dataFolder === undefined ? {} : { dataFolder }),
    });
    stopOnSignal(() => system.close());
    const isFilled = !options.isEmpty && !system.isResumed;
    if (isFilled) onProgress('Posting sample invoices');
    const samples = isFilled ? samplePortfolio(Date.parse(system.startedAt)) : [];
    const sampleCount = await loadSamples(system.apiUrl, samples);
    const facts = { system, sampleCount, logPath: relative(process.cwd(), logPath), dataFolder };
    console.log(options.asJson ? startJson(facts) : startText(facts));
  } catch (error) {
    console.error(messageOf(error));
    process.exit(1);
  }
}

/** The first Ctrl-C closes everything in order; a second one, for the impatient, ends the process at once. */
function stopOnSignal(close: () => Promise<void>): void {
  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    close().then(
      () => process.exit(0),
      (error) => {
        console.error(messageOf(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
