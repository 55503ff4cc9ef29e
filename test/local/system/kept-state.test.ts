import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFolder, type KeptState } from '../../../lib/local/system/kept-state.ts';

const state: KeptState = { now: '2026-01-05T08:00:00.000Z', secrets: { bank: 'hush' }, outbox: [] };

describe('a data folder', () => {
  it('is made when it is missing, and holds nothing at first', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'relance-kept-')), 'deep', 'data');
    const folder = await DataFolder.open(path);
    expect(await folder.read()).toBeUndefined();
    expect(folder.databasePath).toBe(join(path, 'tables.db'));
  });

  it('gives back what it keeps, the newest only, and leaves no draft', async () => {
    const path = await mkdtemp(join(tmpdir(), 'relance-kept-'));
    const folder = await DataFolder.open(path);
    await folder.write({ ...state, now: '2026-01-01T00:00:00.000Z' });
    await folder.write(state);
    expect(await (await DataFolder.open(path)).read()).toEqual(state);
    expect(await readdir(path)).toEqual(['state.json']);
  });

  it('keeps the last of several states written at once', async () => {
    const folder = await DataFolder.open(await mkdtemp(join(tmpdir(), 'relance-kept-')));
    const states = ['01', '02', '03'].map((day) => ({ ...state, now: `2026-01-${day}T00:00:00.000Z` }));
    await Promise.all(states.map((one) => folder.write(one)));
    expect(await folder.read()).toEqual(states.at(-1));
  });

  it('keeps the state before when writing was cut short', async () => {
    const path = await mkdtemp(join(tmpdir(), 'relance-kept-'));
    const folder = await DataFolder.open(path);
    await folder.write(state);
    await writeFile(join(path, 'state.json.new'), '{"now": "half');
    expect(await folder.read()).toEqual(state);
  });

  it('says which file is broken and what to do', async () => {
    const path = await mkdtemp(join(tmpdir(), 'relance-kept-'));
    await writeFile(join(path, 'state.json'), '{');
    await expect((await DataFolder.open(path)).read()).rejects.toThrow(
      `${join(path, 'state.json')} is not JSON. Start with another`,
    );
  });
});
