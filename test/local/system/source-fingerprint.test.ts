import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintSources } from '../../../lib/local/system/source-fingerprint.ts';

/** A project with these files, whose fingerprint can be asked for. */
async function aProject(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'relance-sources-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  return { folder, write, fingerprint: () => fingerprintSources(folder) };
}

const FILES = {
  'cdk.json': '{}',
  'functions/api.ts': 'api',
  'lib/domain/money.ts': 'money',
  'statemachines/dunning.asl.json': '{}',
};

describe('the fingerprint of the sources', () => {
  it('is the same for the same files elsewhere', async () => {
    const [one, two] = await Promise.all([aProject(FILES), aProject(FILES)]);
    expect(await one.fingerprint()).toBe(await two.fingerprint());
  });

  it.each([
    ['cdk.json', '{"context":{}}'],
    ['functions/new.ts', ''],
    ['lib/domain/money.ts', 'mone'],
    ['statemachines/dunning.asl.json', '{ }'],
    ['package-lock.json', '{}'],
    ['bin/generate/holidays.ts', 'x'],
  ])('changes with %s', async (path, text) => {
    const { fingerprint, write } = await aProject(FILES);
    const before = await fingerprint();
    await write(path, text);
    expect(await fingerprint()).not.toBe(before);
  });

  it.each([
    'lib/local/clock.ts',
    'lib/generated/holidays.ts',
    'test/a.test.ts',
    'README.md',
    'bin/local.ts',
    'dist/functions/api/index.mjs',
  ])('does not change with %s', async (path) => {
    const { fingerprint, write } = await aProject(FILES);
    const before = await fingerprint();
    await write(path, 'changed');
    expect(await fingerprint()).toBe(before);
  });

  it('changes when a file is renamed or goes', async () => {
    const { folder, fingerprint } = await aProject(FILES);
    const before = await fingerprint();
    await rename(join(folder, 'functions/api.ts'), join(folder, 'functions/apj.ts'));
    const renamed = await fingerprint();
    expect(renamed).not.toBe(before);
    await rm(join(folder, 'functions/apj.ts'));
    expect(await fingerprint()).not.toBe(renamed);
  });

  it('cannot be fooled by text that moves from one file to the next', async () => {
    const one = await aProject({ 'lib/a.ts': 'xy', 'lib/b.ts': '' });
    const two = await aProject({ 'lib/a.ts': 'x', 'lib/b.ts': 'y' });
    expect(await one.fingerprint()).not.toBe(await two.fingerprint());
  });
});
