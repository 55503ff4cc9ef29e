// npm run test:dynamodb-local: the ledger's contract suite on AWS's own DynamoDB Local. Its jar comes out of the npm package amplify-dynamodb-simulator.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROJECT = join(import.meta.dirname, '..');

/** Kept outside of node_modules: installed whole, the package weighs 347 MB. AWS's licence of DynamoDB Local applies. */
const CACHE = join(PROJECT, '.cache', 'dynamodb-local');

const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';

try {
  run(
    'java',
    ['-version'],
    'DynamoDB Local needs Java: install a JRE from version 17 on, for example with apt-get install default-jre-headless.',
  );
  const emulator = existsSync(join(CACHE, 'package', 'emulator'))
    ? join(CACHE, 'package', 'emulator')
    : fetchEmulator();
  process.exitCode = await testOn(emulator);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function fetchEmulator(): string {
  console.log(`Fetching ${PACKAGE} …`);
  mkdirSync(CACHE, { recursive: true });
  run(
    'npm',
    ['pack', PACKAGE, '--silent', '--pack-destination', CACHE],
    `npm cannot fetch ${PACKAGE}: check the network.`,
  );
  const archive = readdirSync(CACHE).find((name) => name.endsWith('.tgz'));
  run('tar', ['-xzf', join(CACHE, archive ?? ''), '-C', CACHE, 'package/emulator'], 'tar cannot unpack the package.');
  return join(CACHE, 'package', 'emulator');
}

async function testOn(emulator: string): Promise<number> {
  const port = await freePort();
  const libraries = `-Djava.library.path=${join(emulator, 'DynamoDBLocal_lib')}`;
  const server = spawn(
    'java',
    [libraries, '-jar', join(emulator, 'DynamoDBLocal.jar'), '-inMemory', '-port', String(port)],
    {
      stdio: 'ignore',
      // It leaves a metadata file where it runs.
      cwd: CACHE,
    },
  );
  try {
    const endpoint = `http://127.0.0.1:${port}`;
    await waitForAnswer(endpoint);
    const environment = { ...process.env, DYNAMODB_ENDPOINT: endpoint };
    const vitest = join(PROJECT, 'node_modules', '.bin', 'vitest');
    const suite = spawnSync(vitest, ['run', 'test/ledger/dynamodb-ledger.test.ts'], {
      cwd: PROJECT,
      env: environment,
      stdio: 'inherit',
    });
    return suite.status ?? 1;
  } finally {
    server.kill();
  }
}

function run(command: string, argumentsOfCommand: readonly string[], cure: string): void {
  const { status, error } = spawnSync(command, argumentsOfCommand, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${cure} (${command}: ${error?.message ?? `exit code ${status}`})`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function waitForAnswer(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await wait(100);
  }
  throw new Error(`DynamoDB Local did not answer on ${endpoint} within 30 s.`);
}
