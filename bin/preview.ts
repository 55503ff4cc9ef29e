// npm run preview [-- --out DIR] [--json]: writes every template in every language with sample data, as HTML, text and PDF, and a page that links to them all. The
// templates are read from their sources, so a change shows without a build; a fault is told with file, line and cure.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SourceError } from '../lib/channels/build/source-error.ts';
import { checkedTemplates } from './generate/templates.ts';
import { previewFiles, previewIndex } from './preview/preview-files.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const options = {
    out: { type: 'string', default: 'dist/preview' },
    json: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ options });
  const folder = resolve(values.out);
  // Paths in messages are what a person sees from the root of the project.
  process.chdir(PROJECT);
  const paths = await writePreview(folder);
  if (values.json) console.log(JSON.stringify({ folder, files: paths }));
  else console.log(`${paths.length} files in ${relative(PROJECT, folder) || folder}; open index.html there`);
} catch (error) {
  console.error(
    error instanceof SourceError
      ? error.message
      : `The preview stopped: ${error instanceof Error ? error.message : error}`,
  );
  // parseArgs refuses what it does not know with these codes.
  process.exitCode = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}

async function writePreview(folder: string): Promise<string[]> {
  const { templates, names } = await checkedTemplates('lib/channels/templates');
  const paths: string[] = [];
  for await (const { path, content } of previewFiles(templates, names)) {
    write(join(folder, path), content);
    paths.push(path);
    // Progress goes to the error stream, so that the answer can be piped.
    console.error(path);
  }
  write(join(folder, 'index.html'), previewIndex(paths));
  return [...paths, 'index.html'];
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
