import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutboxEntry } from '../mailbox.ts';

/** What a data folder keeps beside the tables. */
export interface KeptState {
  /** Where the clock stood, UTC ISO 8601. */
  readonly now: string;
  /** Text of each secret, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly outbox: readonly OutboxEntry[];
}

/** A folder that outlives the local system: the emulator's database, the objects of the buckets, and one file for the rest. */
export class DataFolder {
  /** File for the emulator. */
  readonly databasePath: string;
  /** Folder for the objects of the buckets. */
  readonly objectsPath: string;
  readonly #statePath: string;
  #writing: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.databasePath = join(folder, 'tables.db');
    this.objectsPath = join(folder, 'objects');
    this.#statePath = join(folder, 'state.json');
  }

  /** Opens the folder, making it when it is missing. */
  static async open(folder: string): Promise<DataFolder> {
    await mkdir(folder, { recursive: true });
    return new DataFolder(folder);
  }

  /** What was kept; `undefined` in a new folder. @throws Error when the file is there but broken */
  async read(): Promise<KeptState | undefined> {
    const text = await readFile(this.#statePath, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as KeptState;
    } catch (cause) {
      throw new Error(`${this.#statePath} is not JSON. Start with another --data folder, or delete this one.`, {
        cause,
      });
    }
  }

  /** Keeps the state, one writer after the other; a stop in the middle of writing leaves the state before. */
  write(state: KeptState): Promise<void> {
    const written = this.#writing.then(async () => {
      const draft = `${this.#statePath}.new`;
      await writeFile(draft, JSON.stringify(state));
      await rename(draft, this.#statePath);
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }
}
