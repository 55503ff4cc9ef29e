import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a bucket knows of an object beside its bytes. */
interface ObjectFacts {
  readonly key: string;
  readonly contentType: string;
  /** By lower-case name, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Virtual instant, UTC ISO 8601. */
  readonly modifiedAt: string;
}

/** An object with its bytes. */
export interface StoredObject extends ObjectFacts {
  readonly body: Buffer;
}

/**
 * The buckets of the stack. With a folder their objects outlive the process, one file each; without one they end with
 * it. Only the newest version of an object is kept.
 */
export class Objects {
  readonly #buckets: ReadonlySet<string>;
  readonly #folder: string | undefined;
  readonly #kept = new Map<string, StoredObject>();

  constructor(buckets: readonly string[], folder?: string) {
    this.#buckets = new Set(buckets);
    this.#folder = folder;
  }

  /** Whether there is a bucket of this name. */
  has(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  /** Keeps an object over the one of the same key. */
  async put(bucket: string, object: StoredObject): Promise<void> {
    const path = this.#pathOf(bucket, object.key);
    if (path === undefined) {
      this.#kept.set(placeOf(bucket, object.key), object);
      return;
    }
    const { body, ...facts } = object;
    await mkdir(join(path, '..'), { recursive: true });
    // Two writers of one key never share a draft, and a reader sees a whole object or none.
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), body]));
    await rename(draft, path);
  }

  /** The object of this key, or `undefined`. */
  async get(bucket: string, key: string): Promise<StoredObject | undefined> {
    const path = this.#pathOf(bucket, key);
    if (path === undefined) return this.#kept.get(placeOf(bucket, key));
    const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (content === undefined) return undefined;
    const endOfFacts = content.indexOf('\n');
    const facts = JSON.parse(content.toString('utf8', 0, endOfFacts)) as ObjectFacts;
    return { ...facts, body: content.subarray(endOfFacts + 1) };
  }

  /** A key may hold slashes and be longer than a file's name, so the file is named by its hash. */
  #pathOf(bucket: string, key: string): string | undefined {
    return this.#folder && join(this.#folder, bucket, createHash('sha256').update(key).digest('hex'));
  }
}

/** No name of a bucket holds a slash, so two objects never share a place. */
function placeOf(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}
