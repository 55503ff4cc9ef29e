import { spawn } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFolderLock } from './system/folder-lock.ts';
import { fingerprintSources } from './system/source-fingerprint.ts';

/** Which project to synthesize, and who is told how it goes. */
export interface SynthesizeOptions {
  readonly projectFolder: string;
  readonly onProgress?: (message: string) => void;
}

/**
 * Builds the functions and synthesizes the template, unless no source has changed since the last time.
 *
 * Two processes that ask at once do the work once: the second waits. `bin/relance.ts` reads the context of `cdk.json`
 * itself, so neither an account nor the CDK command line is needed.
 *
 * @returns the folder of the cloud assembly, `<project>/cdk.out`
 * @throws Error with the output of the step that failed
 */
export function synthesize({ projectFolder, onProgress = () => undefined }: SynthesizeOptions): Promise<string> {
  const cacheFolder = join(projectFolder, '.cache');
  return withFolderLock(join(cacheFolder, 'synthesize.lock'), async () => {
    const outputFolder = join(projectFolder, 'cdk.out');
    const recordPath = join(cacheFolder, 'synthesized.txt');
    const fingerprint = await fingerprintSources(projectFolder);
    if ((await recordedFingerprint(recordPath, outputFolder)) === fingerprint) return outputFolder;
    onProgress('Building the functions');
    await runScript(projectFolder, 'bin/build.ts');
    onProgress('Synthesizing the CloudFormation template');
    await runScript(projectFolder, 'bin/relance.ts', { CDK_OUTDIR: outputFolder });
    await mkdir(dirname(recordPath), { recursive: true });
    await writeFile(recordPath, fingerprint);
    return outputFolder;
  });
}

/** What the assembly that lies there was made from; `undefined` when it does not lie there. */
async function recordedFingerprint(recordPath: string, outputFolder: string): Promise<string | undefined> {
  const isThere = await access(join(outputFolder, 'manifest.json')).then(
    () => true,
    () => false,
  );
  return isThere ? readFile(recordPath, 'utf8').catch(() => undefined) : undefined;
}

function runScript(projectFolder: string, script: string, environment: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], {
      cwd: projectFolder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`node ${script} ended with ${signal ?? `exit code ${code}`}:\n${output.trim()}`));
    });
  });
}
