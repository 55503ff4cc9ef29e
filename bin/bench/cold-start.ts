import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunctions, functionEntries } from '../../lib/infra/bundling/bundle-functions.ts';

/** Size and cold initialisation of a bundle; milliseconds are of this machine and this run, so only ratios say something. */
export interface ColdStart {
  readonly name: string;
  readonly bytes: number;
  readonly initMillis: number;
}

/** Handlers to compare with: one that holds nothing, and one that holds only the DynamoDB client and makes it. */
export const EMPTY = '(empty handler)';

/** See {@link EMPTY}. */
export const DYNAMODB_ONLY = '(DynamoDB client only)';

const RUNS = 11;

const PROBE = `
const startedAt = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - startedAt));
`;

/** Bundles every function and the two handlers to compare with, and measures each in fresh processes, in turns, so that the machine's moods fall on all alike. */
export async function measureColdStarts(
  projectFolder: string,
  onProgress: (message: string) => void,
): Promise<ColdStart[]> {
  const folder = await mkdtemp(join(tmpdir(), 'relance-bench-'));
  try {
    const references = await writeReferences(join(projectFolder, '.cache'));
    const bundles = await bundleFunctions({ ...references, ...functionEntries() }, folder);
    const samples = new Map<string, number[]>(bundles.map(({ name }) => [name, []]));
    for (let round = 1; round <= RUNS; round += 1) {
      onProgress(`Cold starts: round ${round} of ${RUNS}`);
      for (const [name, taken] of samples) taken.push(await initMillis(join(folder, name, 'index.mjs')));
    }
    return bundles.map(({ name, bytes }) => ({ name, bytes, initMillis: median(samples.get(name) ?? []) }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeReferences(folder: string): Promise<Record<string, string>> {
  const empty = join(folder, 'empty-handler.ts');
  const client = join(folder, 'dynamodb-handler.ts');
  await writeFile(empty, 'export const handler = async () => undefined;\n');
  await writeFile(
    client,
    "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\n" +
      'const client = new DynamoDBClient();\n' +
      'export const handler = (input) => client.send(new GetItemCommand(input));\n',
  );
  return { [EMPTY]: empty, [DYNAMODB_ONLY]: client };
}

async function initMillis(bundle: string): Promise<number> {
  const arguments_ = ['--input-type=module', '--eval', PROBE, pathToFileURL(bundle).href];
  const env = { ...process.env, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const { stdout } = await promisify(execFile)(process.execPath, arguments_, { env });
  return Number(stdout);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
