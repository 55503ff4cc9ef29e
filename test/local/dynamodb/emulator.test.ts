import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { startDynamoDbEmulator } from '../../../lib/local/dynamodb/emulator.ts';
import { spawnEmulator } from '../../../lib/local/dynamodb/emulator-process.ts';
import { aTable, CREDENTIALS } from './dynamodb-fixture.ts';

const NO_ENVIRONMENT = {};
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function clientOf(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint, ...CREDENTIALS });
  cleanups.push(() => client.destroy());
  return client;
}

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

describe('the DynamoDB emulator', () => {
  it('answers on a loopback port when it has started, and is gone when closed', async () => {
    const emulator = await startDynamoDbEmulator({ environment: NO_ENVIRONMENT });
    cleanups.push(() => emulator.close());
    expect(emulator.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await clientOf(emulator.endpoint).send(new ListTablesCommand({}))).TableNames).toEqual([]);
    await emulator.close();
    expect(await answers(emulator.endpoint)).toBe(false);
  });

  it('runs twice at once, each on its own port', async () => {
    const [one, other] = await Promise.all([
      startDynamoDbEmulator({ environment: NO_ENVIRONMENT }),
      startDynamoDbEmulator({ environment: NO_ENVIRONMENT }),
    ]);
    cleanups.push(one.close, other.close);
    expect(one.endpoint).not.toBe(other.endpoint);
    await one.close();
    expect(await answers(other.endpoint)).toBe(true);
  });

  it('keeps its tables in a file from one start to the next', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relance-emulator-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const options = { databasePath: join(folder, 'ledger.db'), environment: NO_ENVIRONMENT };
    const first = await startDynamoDbEmulator(options);
    await clientOf(first.endpoint).send(aTable('Ledger'));
    await first.close();
    const second = await startDynamoDbEmulator(options);
    cleanups.push(second.close);
    expect((await clientOf(second.endpoint).send(new ListTablesCommand({}))).TableNames).toEqual(['Ledger']);
  });

  it('uses the DynamoDB that DYNAMODB_ENDPOINT names and leaves it running', async () => {
    const running = await startDynamoDbEmulator({ environment: NO_ENVIRONMENT });
    cleanups.push(running.close);
    const borrowed = await startDynamoDbEmulator({ environment: { DYNAMODB_ENDPOINT: running.endpoint } });
    expect(borrowed.endpoint).toBe(running.endpoint);
    await borrowed.close();
    expect(await answers(running.endpoint)).toBe(true);
  });

  it('says what to do when DYNAMODB_ENDPOINT is no address', async () => {
    await expect(startDynamoDbEmulator({ environment: { DYNAMODB_ENDPOINT: 'localhost' } })).rejects.toThrow(
      'DYNAMODB_ENDPOINT is not a URL: "localhost". Give for example http://127.0.0.1:8000',
    );
  });

  it('says why and what to do when it cannot start', async () => {
    const databasePath = '/nonexistent-folder/ledger.db';
    const start = startDynamoDbEmulator({ databasePath, environment: NO_ENVIRONMENT });
    await expect(start).rejects.toThrow('The DynamoDB emulator did not start: it ended with exit code 1: ');
    await expect(start).rejects.toThrow(`--db-path ${databasePath}. To cure it: run "npm ci" again; or check that`);
    await expect(start).rejects.toThrow('set DYNAMODB_ENDPOINT to its address');
  });
});

describe('the process of an emulator', () => {
  it('tells how a program ended that ends by itself', async () => {
    const emulator = spawnEmulator(['sh', '-c', 'echo the port is in use >&2; exit 3']);
    expect(await emulator.ended).toBe('it ended with exit code 3: the port is in use');
  });

  it('tells when there is no such program', async () => {
    const emulator = spawnEmulator(['/nonexistent/dynoxide']);
    expect(await emulator.ended).toContain('it ended with exit code 127');
    await emulator.stop();
  });

  it('ends when the process that started it is killed', async () => {
    const modulePath = join(import.meta.dirname, '../../../lib/local/dynamodb/emulator.ts');
    const script = `
      const { startDynamoDbEmulator } = await import('${modulePath}');
      const { endpoint } = await startDynamoDbEmulator({ environment: {} });
      console.log(endpoint);
      setInterval(() => undefined, 1000);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const endpoint = await new Promise<string>((resolve) => {
      parent.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    });
    expect(await answers(endpoint)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => answers(endpoint), { timeout: 10_000 }).toBe(false);
  });
});
