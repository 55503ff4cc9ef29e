import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What happened to a generated file. */
export type Outcome = 'written' | 'unchanged';

/** Writes a file unless it already holds this text, so that watchers and build caches see only real changes. */
export function writeIfChanged(path: string, text: string): Outcome {
  if (readIfPresent(path) === text) return 'unchanged';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return 'written';
}

/** The text of a file, or `null` when there is none. */
export function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
