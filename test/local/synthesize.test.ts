import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesize } from '../../lib/local/synthesize.ts';

const BUILD = "import { appendFileSync } from 'node:fs'; appendFileSync('steps.txt', 'build ');";
const APP = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
mkdirSync(process.env.CDK_OUTDIR, { recursive: true });
writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', '{}');
appendFileSync('steps.txt', 'synth ');`;

async function aProject(build = BUILD): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'relance-project-'));
  for (const folder of ['bin', 'functions', 'lib/local', 'lib/generated', 'lib/domain']) {
    await mkdir(join(project, folder), { recursive: true });
  }
  await writeFile(join(project, 'bin/build.ts'), build);
  await writeFile(join(project, 'bin/relance.ts'), APP);
  return project;
}

const stepsOf = async (project: string) => (await readFile(join(project, 'steps.txt'), 'utf8')).trim();

describe('synthesizing', () => {
  it('builds, synthesizes and says so', async () => {
    const projectFolder = await aProject();
    const progress: string[] = [];
    const folder = await synthesize({ projectFolder, onProgress: (message) => progress.push(message) });
    expect(folder).toBe(join(projectFolder, 'cdk.out'));
    expect(await stepsOf(projectFolder)).toBe('build synth');
    expect(progress).toEqual(['Building the functions', 'Synthesizing the CloudFormation template']);
  });

  it('does nothing while no source changes', async () => {
    const projectFolder = await aProject();
    await synthesize({ projectFolder });
    await writeFile(join(projectFolder, 'lib/generated/holidays.ts'), 'written by the build');
    await writeFile(join(projectFolder, 'lib/local/clock.ts'), 'no part of a template');
    await synthesize({ projectFolder });
    expect(await stepsOf(projectFolder)).toBe('build synth');
  });

  it.each([
    ['a new source', 'lib/domain/money.ts'],
    ['a changed configuration', 'cdk.json'],
  ])('starts again after %s', async (_name, path) => {
    const projectFolder = await aProject();
    await synthesize({ projectFolder });
    await writeFile(join(projectFolder, path), 'changed');
    await synthesize({ projectFolder });
    expect(await stepsOf(projectFolder)).toBe('build synth build synth');
  });

  it('starts again when the assembly is gone', async () => {
    const projectFolder = await aProject();
    await synthesize({ projectFolder });
    await rm(join(projectFolder, 'cdk.out'), { recursive: true });
    await synthesize({ projectFolder });
    expect(await stepsOf(projectFolder)).toBe('build synth build synth');
  });

  it('does the work once for two who ask at once', async () => {
    const projectFolder = await aProject();
    await Promise.all([synthesize({ projectFolder }), synthesize({ projectFolder })]);
    expect(await stepsOf(projectFolder)).toBe('build synth');
  });

  it('fails with the output of the step that failed, and is not taken for done', async () => {
    const projectFolder = await aProject("console.error('a type is wrong'); process.exit(3);");
    await expect(synthesize({ projectFolder })).rejects.toThrow(
      /bin\/build\.ts ended with exit code 3:\na type is wrong/,
    );
    await expect(synthesize({ projectFolder })).rejects.toThrow(/exit code 3/);
  });
});
