import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { nodeBuiltins } from './node-builtins.ts';

/** No bundle may weigh more than this, minified, in bytes: what is shipped is read at every cold start. */
const LIMIT_BYTES = 700_000;

/**
 * Those that may weigh more, for a reason: the API carries every use case and the checks of every body; emails carry every template in every
 * language; what draws letters carries a font for them. People at a screen wait for the API and the preview of a policy only.
 */
const LARGER_LIMITS_BYTES: Readonly<Record<string, number>> = {
  api: 800_000,
  'send-email': 1_100_000,
  'post-letter': 4_000_000,
  'preview-policy': 4_000_000,
};

/** A bundle that was written: `<outputFolder>/<name>/index.mjs`, its source map beside it. */
export interface Bundle {
  name: string;
  bytes: number;
  /** What weighs most in it, heaviest first, in bytes of output. */
  largestInputs: { path: string; bytes: number }[];
}

/**
 * The functions of this project, one per file of a folder.
 *
 * @param folder where the entry files are, by default `functions/`
 * @returns name → entry file; the name is the file's without its extension
 */
export function functionEntries(folder = 'functions'): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return Object.fromEntries(files.sort().map((file) => [basename(file, '.ts'), join(folder, file)]));
}

/**
 * Bundles entry files as Lambda runs them: minified ESM for Node 24 with an external source map, Node's built-ins
 * taken through `process.getBuiltinModule`, credentials read from the environment. Error names that Step Functions
 * matches on are string literals in the source, so minifying leaves them alone.
 *
 * @param entries name → entry file; `bin/build.ts` gives `functionEntries()`, the benchmark its own
 * @param outputFolder where `<name>/index.mjs` and `<name>/index.mjs.map` go
 * @throws when esbuild finds a fault, or a bundle weighs more than 700 kB, or more than it may for a reason of its own
 */
export async function bundleFunctions(entries: Record<string, string>, outputFolder: string): Promise<Bundle[]> {
  const { metafile } = await build({
    entryPoints: Object.entries(entries).map(([name, entry]) => ({ in: resolve(entry), out: `${name}/index` })),
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    alias: { '@aws-sdk/credential-provider-node': fileURLToPath(new URL('./lambda-credentials.ts', import.meta.url)) },
    plugins: [nodeBuiltins()],
    metafile: true,
    logLevel: 'warning',
  });
  const bundles = Object.keys(entries).map((name) => measure(name, metafile));
  for (const bundle of bundles) refuseTooLarge(bundle);
  return bundles;
}

function measure(name: string, metafile: Metafile): Bundle {
  const [, output] = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? [];
  if (!output) throw new Error(`esbuild wrote no bundle for ${name}.`);
  const inputs = Object.entries(output.inputs).map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }));
  const largestInputs = inputs.sort((left, right) => right.bytes - left.bytes).slice(0, 5);
  return { name, bytes: output.bytes, largestInputs };
}

function refuseTooLarge({ name, bytes, largestInputs }: Bundle): void {
  const limit = LARGER_LIMITS_BYTES[name] ?? LIMIT_BYTES;
  if (bytes <= limit) return;
  const inputs = largestInputs.map(({ path, bytes: inputBytes }) => `  ${kilobytes(inputBytes)} ${path}`).join('\n');
  throw new Error(
    `The bundle of ${name} weighs ${kilobytes(bytes)}; the limit is ${kilobytes(limit)}. ` +
      `Import less, or move work to another function. Its largest inputs:\n${inputs}`,
  );
}

/** A size in kB (1 000 bytes), with one decimal, for people. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
