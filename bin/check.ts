import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One thing CI looks at: what it is called, and the command that looks. */
interface Check {
  readonly title: string;
  readonly command: readonly string[];
}

const REPORT = '.cache/test-report.json';

const CHECKS: readonly Check[] = [
  { title: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { title: 'lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { title: 'types', command: ['tsc', '--noEmit'] },
  { title: 'unused code', command: ['knip'] },
  { title: 'synth', command: ['cdk', 'synth', '--quiet'] },
  {
    title: 'tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
  },
];

/** Runs everything CI runs, in order, and stops at the first that fails: exit code 0 only when all passed. The last line counts the tests. */
async function main(): Promise<void> {
  mkdirSync('.cache', { recursive: true });
  for (const { title, command } of CHECKS) {
    const startedAt = performance.now();
    console.log(`\n▶ ${title}: ${command.join(' ')}`);
    const exitCode = await run(command);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${exitCode === 0 ? '✔' : '✘'} ${title} (${seconds} s)`);
    if (exitCode !== 0) process.exitCode = 1;
    if (title === 'tests') closingLine();
    if (exitCode !== 0) return;
  }
}

function run([file, ...argumentsOfCommand]: readonly string[]): Promise<number> {
  const binaries = join(import.meta.dirname, '..', 'node_modules', '.bin');
  const environment = { ...process.env, PATH: `${binaries}:${process.env.PATH}` };
  const child = spawn(file ?? '', argumentsOfCommand, { stdio: 'inherit', env: environment });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${file}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function closingLine(): void {
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  console.log(`\n${report.numPassedTests} passed, ${report.numFailedTests} failed`);
}

await main();
