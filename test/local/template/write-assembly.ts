import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a hand-written cloud assembly holds. */
export interface AssemblyContent {
  readonly resources: Record<string, unknown>;
  readonly template?: Record<string, unknown>;
  /** Files of each asset folder, by S3 object key without `.zip`. */
  readonly assets?: Record<string, Record<string, string>>;
  readonly environment?: string;
}

/** Writes a cloud assembly as `cdk synth` would and says where it lies. */
export async function writeAssembly(content: AssemblyContent): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relance-assembly-'));
  const files: Record<string, unknown> = {};
  for (const [hash, names] of Object.entries(content.assets ?? {})) {
    await mkdir(join(folder, `asset.${hash}`));
    for (const [name, text] of Object.entries(names)) await writeFile(join(folder, `asset.${hash}`, name), text);
    const destinations = { current: { bucketName: 'assets', objectKey: `${hash}.zip` } };
    files[hash] = { source: { path: `asset.${hash}`, packaging: 'zip' }, destinations };
  }
  await writeJson(join(folder, 'manifest.json'), {
    version: '48.0.0',
    artifacts: {
      'Sample.assets': { type: 'cdk:asset-manifest', properties: { file: 'Sample.assets.json' } },
      Sample: {
        type: 'aws:cloudformation:stack',
        environment: content.environment ?? 'aws://unknown-account/eu-west-3',
        properties: { templateFile: 'Sample.template.json' },
      },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  });
  await writeJson(join(folder, 'Sample.assets.json'), { version: '48.0.0', files });
  await writeJson(join(folder, 'Sample.template.json'), { Resources: content.resources, ...content.template });
  return folder;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, JSON.stringify(value));
}
