import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { LANGUAGES, type Language } from '../../domain/customer.ts';
import type { CallTemplates, EmailTemplates, LetterTemplates, SmsTemplates } from '../notice-templates.ts';
import { fragmentHtml, layoutHtml } from './compile-html.ts';
import { withFrenchSpacing } from './french-spacing.ts';
import { type LanguageSources, partialsOf, type TemplateSource, type TemplateSources } from './template-sources.ts';
import { KNOWN_HELPERS } from './template-syntax.ts';

/** Every template, ready to be filled. */
export interface LoadedTemplates {
  readonly email: EmailTemplates;
  readonly sms: SmsTemplates;
  readonly call: CallTemplates;
  readonly letter: LetterTemplates;
}

/** Templates as source text of JavaScript: an object literal for each of {@link LoadedTemplates}, in its shape. */
export type CompiledTemplates = Readonly<Record<keyof LoadedTemplates, string>>;

/**
 * Compiles the templates for the runtime of Handlebars: French spacing set, MJML turned into HTML, and Handlebars
 * precompiled strictly, so that a variable the view lacks is an error and not a hole in a letter.
 *
 * @throws SourceError when MJML refuses a template, with the file and line it was written in
 */
export async function compileTemplates({ layout, languages }: TemplateSources): Promise<CompiledTemplates> {
  const emails: Record<string, string> = {};
  const typesetSources = mapped(languages, typeset);
  for (const language of LANGUAGES) emails[language] = await compileEmails(layout, typesetSources[language]);
  const plain = (sources: Readonly<Record<string, TemplateSource>>) =>
    literal(mapped(sources, ({ text }) => precompiled(text, 'plain')));
  return {
    email: literal({ layout: precompiled(await layoutHtml(layout), 'html'), languages: literal(emails) }),
    sms: literal(mapped(typesetSources, ({ sms }) => plain(sms))),
    call: literal(
      mapped(typesetSources, ({ calls, partials }) =>
        literal({ templates: plain(calls), partials: plain(partialsOf(partials, '.call.hbs')) }),
      ),
    ),
    letter: literal(mapped(typesetSources, ({ letters }) => plain(letters))),
  };
}

/** The templates themselves, as a function would import them; for the checks of the build. */
export function loadCompiled({ email, sms, call, letter }: CompiledTemplates): LoadedTemplates {
  return runInThisContext(`({ email: ${email}, sms: ${sms}, call: ${call}, letter: ${letter} })`);
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
  for (const [name, source] of Object.entries(partialsOf(partials, '.mjml'))) {
    htmlPartials[name] = precompiled(await fragmentHtml(layout, source), 'html');
  }
  const textPartials = mapped(partialsOf(partials, '.text.hbs'), ({ text }) => precompiled(text, 'plain'));
  const shared = { htmlPartials: literal(htmlPartials), textPartials: literal(textPartials) };
  return literal({ templates: literal(templates), ...shared });
}

/**
 * The sources with the typography of their language. A text message keeps its plain spaces: its alphabet has no others.
 */
function typeset(own: LanguageSources, language: Language): LanguageSources {
  if (language !== 'fr') return own;
  const spaced = (source: TemplateSource) => ({ ...source, text: withFrenchSpacing(source.text) });
  return {
    emails: mapped(own.emails, (parts) => mapped(parts, spaced)),
    sms: own.sms,
    calls: mapped(own.calls, spaced),
    letters: mapped(own.letters, spaced),
    partials: mapped(own.partials, spaced),
  };
}

function precompiled(text: string, kind: 'html' | 'plain'): string {
  const options = { strict: true, knownHelpers: KNOWN_HELPERS, knownHelpersOnly: true, noEscape: kind === 'plain' };
  // The typings promise the object; it is the source text of one.
  const code = String(Handlebars.precompile(text, options as unknown as PrecompileOptions));
  return code.replace(LOCATION, '').replace(BLOCK_LOCATION, '').replace(OLDER_RUNTIME, '');
}

/**
 * Where a variable stands in the compiled HTML: an argument that only words an error, which the checks of the build
 * rule out, and weighs a third.
 */
const LOCATION = /,\s*\{"start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\s*\}(?=\s*\))/g;

/** Where a block stands, which none of the blocks we know asks for. */
const BLOCK_LOCATION = /,"loc":\{"start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\}/g;

/** What every function brings along in case the runtime is older than the compiler; ours is the same release. */
const OLDER_RUNTIME = / \|\| function\(parent, propertyName\) \{\s*if [^}]*\}\s*return undefined\s*\}/g;

function literal(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([name, code]) => `${JSON.stringify(name)}: ${code},\n`);
  return `{\n${lines.join('')}}`;
}

function mapped<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries<From>(record).map(([key, value]) => [key, map(value, key as Key)]);
  return Object.fromEntries(entries) as Record<Key, To>;
}
