import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A CloudFormation template as `cdk synth` writes it: only the sections the local system reads. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

/** One entry of the `Resources` section, its properties still holding intrinsic functions. */
export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The one stack of a synthesized cloud assembly, with the place of its assets on this disk. */
export interface CloudAssembly {
  readonly stackName: string;
  readonly region: string;
  readonly template: Template;
  /**
   * The file or folder that was to be uploaded under this S3 key.
   * @throws Error when the assembly publishes no such asset
   */
  assetPath(objectKey: string): string;
}

/**
 * Reads the folder `cdk synth` wrote.
 *
 * @param folder the cloud assembly, e.g. `cdk.out`
 * @param fallbackRegion used when the stack was synthesized for no particular region
 * @throws Error when the folder holds no cloud assembly, or not exactly one stack
 */
export async function readCloudAssembly(folder: string, fallbackRegion: string): Promise<CloudAssembly> {
  const manifest = (await readJson(join(folder, 'manifest.json'), folder)) as Manifest;
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const stacks = artifacts.filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (!stack || stacks.length > 1) {
    const found = stacks.map(([id]) => id).join(', ') || 'none';
    throw new Error(`${folder} must hold exactly one stack, it holds: ${found}. Give the folder of a single stack.`);
  }
  const [id, { properties, environment }] = stack;
  const assets = new Map<string, string>();
  for (const [, artifact] of artifacts) {
    if (artifact.type === 'cdk:asset-manifest') await addAssets(assets, folder, artifact.properties?.file);
  }
  return {
    stackName: properties?.stackName ?? id,
    region: regionOf(environment) ?? fallbackRegion,
    template: (await readJson(join(folder, properties?.templateFile ?? `${id}.template.json`), folder)) as Template,
    assetPath(objectKey) {
      const path = assets.get(objectKey);
      if (path === undefined) throw new Error(`No asset "${objectKey}" in ${folder}. Run npm run synth again.`);
      return path;
    },
  };
}

interface Manifest {
  artifacts?: Record<string, Artifact>;
}

interface Artifact {
  type: string;
  environment?: string;
  properties?: { templateFile?: string; stackName?: string; file?: string };
}

interface AssetManifest {
  files?: Record<string, { source?: { path?: string }; destinations?: Record<string, { objectKey?: string }> }>;
}

async function addAssets(assets: Map<string, string>, folder: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const manifest = (await readJson(join(folder, file), folder)) as AssetManifest;
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    for (const { objectKey } of Object.values(destinations ?? {})) {
      if (source?.path && objectKey) assets.set(objectKey, resolve(folder, source.path));
    }
  }
}

async function readJson(path: string, folder: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} is not a cloud assembly: cannot read ${path}. Run npm run synth first.`, { cause });
  });
  return JSON.parse(text);
}

/** An environment reads `aws://<account>/<region>`; an agnostic stack says `unknown-region`. */
function regionOf(environment: string | undefined): string | undefined {
  const region = environment?.split('/')[3];
  return region === undefined || region === 'unknown-region' ? undefined : region;
}
