import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFolderLock } from '../../../lib/local/system/folder-lock.ts';

async function aLock(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'relance-lock-')), 'inner', 'lock');
}

describe('a folder lock', () => {
  it('lets one in at a time', async () => {
    const lock = await aLock();
    let inside = 0;
    const most: number[] = [];
    const work = async () => {
      inside += 1;
      most.push(inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withFolderLock(lock, work)));
    expect(most).toEqual([1, 1, 1]);
  });

  it('is free again after a failure', async () => {
    const lock = await aLock();
    await expect(withFolderLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withFolderLock(lock, async () => 'in')).toBe('in');
  });

  it('is broken when the process that held it is gone', async () => {
    const lock = await aLock();
    await mkdir(lock, { recursive: true });
    // Above the largest process id a kernel hands out.
    await writeFile(join(lock, 'process'), '2147483647');
    expect(await withFolderLock(lock, async () => 'in')).toBe('in');
  });
});
