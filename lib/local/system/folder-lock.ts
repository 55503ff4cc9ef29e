import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while no other process does so under the same lock; waits its turn. A lock whose process is gone is
 * broken.
 *
 * @param lockFolder made and removed again; its parent is made when missing
 */
export async function withFolderLock<T>(lockFolder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lockFolder), { recursive: true });
  while (!(await take(lockFolder))) {
    if (await isAbandoned(lockFolder)) await rm(lockFolder, { recursive: true, force: true });
    else await wait(100);
  }
  try {
    return await work();
  } finally {
    await rm(lockFolder, { recursive: true, force: true });
  }
}

/**
 * Holds a lock for as long as this process uses a folder.
 *
 * @returns the release
 * @throws Error when another process that still runs holds it
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const lockFolder = join(folder, 'in-use');
  await mkdir(folder, { recursive: true });
  for (;;) {
    if (await take(lockFolder)) return () => rm(lockFolder, { recursive: true, force: true });
    if (!(await isAbandoned(lockFolder))) {
      throw new Error(`${folder} is in use by another local system. Stop that one, or give another --data folder.`);
    }
    await rm(lockFolder, { recursive: true, force: true });
  }
}

async function take(lockFolder: string): Promise<boolean> {
  try {
    await mkdir(lockFolder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(lockFolder, 'process'), String(process.pid));
  return true;
}

/** A lock just taken may not name its process yet: then it is not abandoned. */
async function isAbandoned(lockFolder: string): Promise<boolean> {
  const text = await readFile(join(lockFolder, 'process'), 'utf8').catch(() => '');
  const processId = Number.parseInt(text, 10);
  if (Number.isNaN(processId)) return false;
  try {
    process.kill(processId, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
