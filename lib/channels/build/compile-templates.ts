import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { LANGUAGES, type Language } from '../../domain/customer.ts';
import type { EmailTemplates, SmsTemplates } from '../notice-templates.ts';
import { fragmentHtml, layoutHtml } from './compile-html.ts';
import { withFrenchSpacing } from './french-spacing.ts';
import type { LanguageSources, TemplateSource, TemplateSources } from './template-sources.ts';
import { KNOWN_HELPERS } from './template-syntax.ts';

/**
 * Templates as source text of JavaScript: object literals in the shape of {@link EmailTemplates} and {@link
 * SmsTemplates}.
 */
export interface CompiledTemplates {
  readonly email: string;
  readonly sms: string;
}

/**
 * Compiles the templates for the runtime of Handlebars: French spacing set, MJML turned into HTML, and Handlebars
 * precompiled strictly, so that a variable the view lacks is an error and not a hole in a letter.
 *
 * @throws SourceError when MJML refuses a template, with the file and line it was written in
 */
export async function compileTemplates({ layout, languages }: TemplateSources): Promise<CompiledTemplates> {
  const emails: Record<string, string> = {};
  const sms: Record<string, string> = {};
  for (const language of LANGUAGES) {
    const own = languages[language];
    emails[language] = await compileEmails(layout, typeset(own, language));
    sms[language] = literal(mapped(own.sms, ({ text }) => precompiled(text, 'plain')));
  }
  const email = literal({ layout: precompiled(await layoutHtml(layout), 'html'), languages: literal(emails) });
  return { email, sms: literal(sms) };
}

/** The templates themselves, as a function would import them; for the checks of the build. */
export function loadCompiled({ email, sms }: CompiledTemplates): { email: EmailTemplates; sms: SmsTemplates } {
  return runInThisContext(`({ email: ${email}, sms: ${sms} })`);
}

async function compileEmails(layout: TemplateSource, { emails, partials }: LanguageSources): Promise<string> {
  const templates: Record<string, string> = {};
  for (const [name, parts] of Object.entries(emails)) {
    templates[name] = literal({
      subject: precompiled(parts['subject.hbs'].text, 'plain'),
      html: precompiled(await fragmentHtml(layout, parts.mjml), 'html'),
      text: precompiled(parts['text.hbs'].text, 'plain'),
    });
  }
  const htmlPartials: Record<string, string> = {};
  const textPartials: Record<string, string> = {};
  for (const [fileName, source] of Object.entries(partials)) {
    const [name = ''] = fileName.split('.');
    if (fileName.endsWith('.mjml')) htmlPartials[name] = precompiled(await fragmentHtml(layout, source), 'html');
    else textPartials[name] = precompiled(source.text, 'plain');
  }
  const shared = { htmlPartials: literal(htmlPartials), textPartials: literal(textPartials) };
  return literal({ templates: literal(templates), ...shared });
}

/**
 * The sources of the emails with the typography of their language. A text message keeps its plain spaces: its alphabet
 * has no others.
 */
function typeset(own: LanguageSources, language: Language): LanguageSources {
  if (language !== 'fr') return own;
  const spaced = (source: TemplateSource) => ({ ...source, text: withFrenchSpacing(source.text) });
  return {
    ...own,
    emails: mapped(own.emails, (parts) => mapped(parts, spaced)),
    partials: mapped(own.partials, spaced),
  };
}

function precompiled(text: string, kind: 'html' | 'plain'): string {
  const options = { strict: true, knownHelpers: KNOWN_HELPERS, knownHelpersOnly: true, noEscape: kind === 'plain' };
  // The typings promise the object; it is the source text of one.
  const code = String(Handlebars.precompile(text, options as unknown as PrecompileOptions));
  return code.replace(LOCATION, '');
}

/**
 * Where a variable stands in the compiled HTML: an argument that only words an error, which the checks of the build
 * rule out, and weighs a third.
 */
const LOCATION = /,\s*\{"start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\s*\}(?=\s*\))/g;

function literal(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([name, code]) => `${JSON.stringify(name)}: ${code},\n`);
  return `{\n${lines.join('')}}`;
}

function mapped<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (value: From) => To,
): Record<Key, To> {
  const entries = Object.entries<From>(record).map(([key, value]) => [key, map(value)]);
  return Object.fromEntries(entries) as Record<Key, To>;
}
