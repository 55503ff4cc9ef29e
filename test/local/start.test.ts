import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..', '..');

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['bin/local.ts', ...args], {
    cwd: PROJECT,
    env: { ...process.env, RELANCE_PORT: '0', RELANCE_AWS_PORT: '0' },
  });
}

/** Waits for the end; calls `onOutput` with everything printed so far. */
function ended(child: ChildProcess, onOutput: (output: string) => void = () => undefined) {
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
    onOutput(output);
  });
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output, errors }));
  });
}

describe('npm start', () => {
  it('refuses an unknown flag with exit code 2', async () => {
    expect(await ended(start('--bogus'))).toMatchObject({
      code: 2,
      errors: expect.stringContaining("Unknown option '--bogus'"),
    });
  });

  it('explains itself', async () => {
    expect(await ended(start('--help'))).toMatchObject({
      code: 0,
      output: expect.stringContaining('--clock <instant>'),
    });
  });

  it('runs until Ctrl-C, loads the samples, and ends with exit code 0', async () => {
    const child = start('--json', '--clock', '2026-01-05T08:00:00Z');
    const { code, output, errors } = await ended(child, (soFar) => {
      if (soFar.includes('"ready":true')) child.kill('SIGINT');
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ ready: true, startedAt: '2026-01-05T08:00:00.000Z', sampleCount: 12 });
    expect(lines.slice(0, -1)).toContainEqual({ progress: 'Posting sample invoices' });
  });
});
