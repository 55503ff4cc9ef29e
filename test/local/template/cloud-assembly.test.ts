import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCloudAssembly } from '../../../lib/local/template/cloud-assembly.ts';
import { writeAssembly } from './write-assembly.ts';

describe('a cloud assembly', () => {
  it('names its stack, its region and the folder of an asset', async () => {
    const folder = await writeAssembly({ resources: {}, assets: { abc: { 'index.mjs': '' } } });
    const assembly = await readCloudAssembly(folder, 'eu-west-1');
    expect(assembly).toMatchObject({ stackName: 'Sample', region: 'eu-west-3' });
    expect(assembly.assetPath('abc.zip')).toBe(join(folder, 'asset.abc'));
  });

  it('takes the fallback region when it was synthesized for none', async () => {
    const folder = await writeAssembly({ resources: {}, environment: 'aws://unknown-account/unknown-region' });
    expect((await readCloudAssembly(folder, 'eu-west-1')).region).toBe('eu-west-1');
  });

  it('says which asset is missing and what to run', async () => {
    const assembly = await readCloudAssembly(await writeAssembly({ resources: {} }), 'eu-west-1');
    expect(() => assembly.assetPath('gone.zip')).toThrow(/No asset "gone.zip".*npm run synth/);
  });

  it('says that a folder without a manifest is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relance-empty-'));
    await expect(readCloudAssembly(folder, 'eu-west-1')).rejects.toThrow(
      /is not a cloud assembly.*npm run synth first/,
    );
  });

  it('refuses two stacks, naming both', async () => {
    const folder = await writeAssembly({ resources: {} });
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    manifest.artifacts.Other = manifest.artifacts.Sample;
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await expect(readCloudAssembly(folder, 'eu-west-1')).rejects.toThrow(/exactly one stack, it holds: Sample, Other/);
  });
});
