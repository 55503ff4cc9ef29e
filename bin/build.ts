// npm run build: writes lib/generated/ and dist/functions/<name>/index.mjs. With --json, prints one line of JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions, functionEntries, kilobytes } from '../lib/infra/bundling/bundle-functions.ts';

const PROJECT = join(import.meta.dirname, '..');
const OUTPUT = join(PROJECT, 'dist', 'functions');
const asJson = process.argv.includes('--json');

try {
  generate();
  rmSync(OUTPUT, { recursive: true, force: true });
  const bundles = await bundleFunctions(functionEntries(join(PROJECT, 'functions')), OUTPUT);
  if (asJson) console.log(JSON.stringify({ bundles }));
  else for (const { name, bytes } of bundles) console.log(`${name.padEnd(24)} ${kilobytes(bytes).padStart(9)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function generate(): void {
  const script = join(PROJECT, 'bin', 'generate.ts');
  if (!existsSync(script)) return;
  const { status, error } = spawnSync(process.execPath, [script], { cwd: PROJECT, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) throw new Error(`bin/generate.ts failed with exit code ${status}; its message is above.`);
}
