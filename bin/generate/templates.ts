import {
  type CompiledTemplates,
  compileTemplates,
  type LoadedTemplates,
  loadCompiled,
} from '../../lib/channels/build/compile-templates.ts';
import { SourceError, type SourceFault } from '../../lib/channels/build/source-error.ts';
import { readTemplateSources } from '../../lib/channels/build/template-sources.ts';
import { checkMessages, checkSources } from '../../lib/channels/check-templates.ts';
import type { TemplateNames } from '../../lib/domain/template-names.ts';

/** Templates that were checked as they are written and as the messages they make, compiled, and their names. */
interface CheckedTemplates {
  readonly compiled: CompiledTemplates;
  readonly templates: LoadedTemplates;
  readonly names: TemplateNames;
}

/**
 * Reads, checks and compiles the templates of a folder.
 *
 * @throws SourceError with every fault
 */
export async function checkedTemplates(folder: string): Promise<CheckedTemplates> {
  const sources = readTemplateSources(folder);
  refuse(checkSources(sources));
  const compiled = await compileTemplates(sources);
  const templates = loadCompiled(compiled);
  refuse(checkMessages(sources, templates));
  // Every template exists in every language: reading the folder made sure.
  const { emails, sms, calls, letters } = sources.languages.fr;
  const names = {
    email: Object.keys(emails),
    sms: Object.keys(sms),
    call: Object.keys(calls),
    letter: Object.keys(letters),
  };
  return { compiled, templates, names };
}

/**
 * The text of lib/generated/templates.ts, and the names of the templates in it.
 *
 * @param folder the folder of the templates
 * @throws SourceError with every fault
 */
export async function templatesModule(folder: string): Promise<{ text: string; names: TemplateNames }> {
  const { compiled, names } = await checkedTemplates(folder);
  return { text: moduleText(compiled), names };
}

/** The text of lib/generated/template-names.ts: light, for those who ask which templates there are and fill none. */
export function templateNamesModule(names: TemplateNames): string {
  return [
    '// Written by bin/generate.ts from lib/channels/templates.',
    "import type { TemplateNames } from '../domain/template-names.ts';",
    '',
    '/** The names of the templates that ship, by kind. */',
    `export const TEMPLATE_NAMES: TemplateNames = ${JSON.stringify(names, null, 2)};`,
    '',
  ].join('\n');
}

function moduleText({ email, sms, call, letter }: CompiledTemplates): string {
  return [
    '// @ts-nocheck What Handlebars precompiles has no types of its own; the exports do.',
    '// Written by bin/generate.ts from lib/channels/templates.',
    "import type { CallTemplates, EmailTemplates, LetterTemplates, SmsTemplates } from '../channels/notice-templates.ts';",
    '',
    '/** Every email template by language and name. */',
    `export const emailTemplates: EmailTemplates = ${email};`,
    '',
    '/** Every SMS template by language and name. */',
    `export const smsTemplates: SmsTemplates = ${sms};`,
    '',
    '/** Every call script by language and name. */',
    `export const callTemplates: CallTemplates = ${call};`,
    '',
    '/** Every letter by language and name. */',
    `export const letterTemplates: LetterTemplates = ${letter};`,
    '',
  ].join('\n');
}

function refuse(faults: readonly SourceFault[]): void {
  if (faults.length > 0) throw new SourceError(faults);
}
