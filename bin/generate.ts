// npm run generate: writes lib/generated/{templates,template-names,policies,fonts,holidays,rates}.ts. Run by the build; exits with 1 and
// says file, line and cure when a source is wrong.
import { join, relative } from 'node:path';
import { SourceError } from '../lib/channels/build/source-error.ts';
import { fontsModule } from './generate/fonts.ts';
import { writeIfChanged } from './generate/generated-file.ts';
import { holidaysModule } from './generate/holidays.ts';
import { policiesModule } from './generate/policies.ts';
import { ratesModule } from './generate/rates.ts';
import { templateNamesModule, templatesModule } from './generate/templates.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  // Paths in messages are what a person sees from the root of the project.
  process.chdir(PROJECT);
  const templates = await templatesModule('lib/channels/templates');
  write('templates.ts', templates.text);
  write('template-names.ts', templateNamesModule(templates.names));
  write('policies.ts', policiesModule('lib/domain/policies', templates.names));
  write('fonts.ts', fontsModule());
  write('rates.ts', ratesModule('lib/domain/interest/rates.csv'));
  write('holidays.ts', await holidaysModule(generated('holidays.ts')));
} catch (error) {
  console.error(error instanceof SourceError ? error.message : error);
  process.exitCode = 1;
}

function write(fileName: string, text: string): void {
  const path = generated(fileName);
  console.log(`${relative(PROJECT, path)}: ${writeIfChanged(path, text)}`);
}

function generated(fileName: string): string {
  return join(PROJECT, 'lib', 'generated', fileName);
}
