import { compileTemplates, loadCompiled } from '../../lib/channels/build/compile-templates.ts';
import { SourceError, type SourceFault } from '../../lib/channels/build/source-error.ts';
import { readTemplateSources } from '../../lib/channels/build/template-sources.ts';
import { checkMessages, checkSources } from '../../lib/channels/check-templates.ts';
import type { TemplateNames } from './policies.ts';

/**
 * The text of lib/generated/templates.ts, and the names of the templates in it. The templates are checked as they are
 * written and as the messages they make.
 *
 * @param folder the folder of the templates
 * @throws SourceError with every fault
 */
export async function templatesModule(folder: string): Promise<{ text: string; names: TemplateNames }> {
  const sources = readTemplateSources(folder);
  refuse(checkSources(sources));
  const compiled = await compileTemplates(sources);
  refuse(checkMessages(sources, loadCompiled(compiled)));
  // Every template exists in every language: reading the folder made sure.
  const { emails, sms } = sources.languages.fr;
  return { text: moduleText(compiled), names: { email: Object.keys(emails), sms: Object.keys(sms) } };
}

function moduleText({ email, sms }: { email: string; sms: string }): string {
  return [
    '// @ts-nocheck What Handlebars precompiles has no types of its own; the exports do.',
    '// Written by bin/generate.ts from lib/channels/templates.',
    "import type { EmailTemplates, SmsTemplates } from '../channels/notice-templates.ts';",
    '',
    '/** Every email template by language and name. */',
    `export const emailTemplates: EmailTemplates = ${email};`,
    '',
    '/** Every SMS template by language and name. */',
    `export const smsTemplates: SmsTemplates = ${sms};`,
    '',
  ].join('\n');
}

function refuse(faults: readonly SourceFault[]): void {
  if (faults.length > 0) throw new SourceError(faults);
}
