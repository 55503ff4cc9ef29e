import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What template and bundles are made of, relative to the project; folders count with all they hold. */
const SOURCES = [
  'bin/build.ts',
  'bin/generate',
  'bin/generate.ts',
  'bin/relance.ts',
  'cdk.json',
  'functions',
  'lib',
  'package-lock.json',
  'statemachines',
];

/** Parts of the sources that no template depends on: what is written by the build, and the local system itself. */
const IRRELEVANT = ['lib/generated', 'lib/local'];

/** A hash over the content and the names of every source file: it changes whenever a new build could differ. */
export async function fingerprintSources(projectFolder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesUnder(projectFolder, SOURCES)) {
    const content = await readFile(join(projectFolder, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesUnder(projectFolder: string, paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (IRRELEVANT.includes(path)) continue;
    const names = await readdir(join(projectFolder, path)).catch((error: NodeJS.ErrnoException) => error.code);
    if (Array.isArray(names)) {
      const inner = names.sort().map((name) => `${path}/${name}`);
      files.push(...(await filesUnder(projectFolder, inner)));
    } else if (names === 'ENOTDIR') files.push(path);
  }
  return files;
}
