import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../domain/customer.ts';
import { SourceError, type SourceFault } from './source-error.ts';

/** One file of a template; `file` is its path as a person would look for it. */
export interface TemplateSource {
  readonly file: string;
  readonly text: string;
}

/** The parts of an email template before they are compiled. */
const EMAIL_PARTS = ['mjml', 'subject.hbs', 'text.hbs'] as const;

type EmailPart = (typeof EMAIL_PARTS)[number];

/** The templates that are one file, by the ending of their names. */
const SINGLE_FILES = { 'sms.hbs': 'sms', 'call.hbs': 'calls', 'letter.hbs': 'letters' } as const;

type SingleKind = (typeof SINGLE_FILES)[keyof typeof SINGLE_FILES];

/** The templates of one language; partials are keyed by file name, such as `greeting.mjml`. */
export interface LanguageSources extends Readonly<Record<SingleKind, Readonly<Record<string, TemplateSource>>>> {
  readonly emails: Readonly<Record<string, Readonly<Record<EmailPart, TemplateSource>>>>;
  readonly partials: Readonly<Record<string, TemplateSource>>;
}

/** All templates, and the layout that the HTML of every email is put into. */
export interface TemplateSources {
  readonly layout: TemplateSource;
  readonly languages: Readonly<Record<Language, LanguageSources>>;
}

/**
 * Reads the folder of the templates: `layout.mjml`, and per language `<name>.mjml`, `<name>.subject.hbs`,
 * `<name>.text.hbs` for emails, `<name>.sms.hbs` for text messages, `<name>.call.hbs` for call scripts,
 * `<name>.letter.hbs` for letters, and `partials/`.
 *
 * @throws SourceError when a file is none of these, an email lacks a part, or a template lacks a language
 */
export function readTemplateSources(folder: string): TemplateSources {
  const languages = Object.fromEntries(
    LANGUAGES.map((language) => [language, readLanguage(join(folder, language))]),
  ) as Record<Language, LanguageSources>;
  const faults = LANGUAGES.flatMap((language) => missingFiles(join(folder, language), languages, language));
  if (faults.length > 0) throw new SourceError(faults);
  return { layout: readSource(join(folder, 'layout.mjml')), languages };
}

/** Every file of the sources, the layout and the partials included. */
export function allSources({
  layout,
  languages,
}: TemplateSources): { language: Language | null; source: TemplateSource }[] {
  const ofLanguages = LANGUAGES.flatMap((language) => {
    const { emails, sms, calls, letters, partials } = languages[language];
    const ofEmails = Object.values(emails).flatMap((parts) => Object.values(parts));
    const others = [sms, calls, letters, partials].flatMap((files) => Object.values(files));
    return [...ofEmails, ...others].map((source) => ({ language, source }));
  });
  return [{ language: null, source: layout }, ...ofLanguages];
}

/** The partials whose file names end so, such as `.mjml`, by their bare names. */
export function partialsOf(partials: LanguageSources['partials'], ending: string): Record<string, TemplateSource> {
  const own = Object.entries(partials).filter(([fileName]) => fileName.endsWith(ending));
  return Object.fromEntries(own.map(([fileName, source]) => [fileName.slice(0, -ending.length), source]));
}

function readLanguage(folder: string): LanguageSources {
  const emails: Record<string, Record<EmailPart, TemplateSource>> = {};
  const single: Record<SingleKind, Record<string, TemplateSource>> = { sms: {}, calls: {}, letters: {} };
  for (const fileName of filesOf(folder)) {
    const source = readSource(join(folder, fileName));
    const [, name = '', ending = ''] = /^([a-z0-9-]+)\.([a-z.]+)$/.exec(fileName) ?? [];
    const part = EMAIL_PARTS.find((one) => one === ending);
    if (part) emails[name] = { ...emails[name], [part]: source } as Record<EmailPart, TemplateSource>;
    else if (isSingle(ending)) single[SINGLE_FILES[ending]][name] = source;
    else throw new SourceError([strangeFile(source.file)]);
  }
  const partialsFolder = join(folder, 'partials');
  const partials = filesOf(partialsFolder).map((fileName) => [fileName, readSource(join(partialsFolder, fileName))]);
  return { emails, ...single, partials: Object.fromEntries(partials) };
}

function isSingle(ending: string): ending is keyof typeof SINGLE_FILES {
  return Object.hasOwn(SINGLE_FILES, ending);
}

function missingFiles(folder: string, languages: Record<Language, LanguageSources>, language: Language): SourceFault[] {
  const own = languages[language];
  const names = (kind: 'emails' | SingleKind) => [
    ...new Set(LANGUAGES.flatMap((one) => Object.keys(languages[one][kind]))),
  ];
  const missingParts = names('emails').flatMap((name) =>
    EMAIL_PARTS.filter((part) => own.emails[name]?.[part] === undefined).map((part) => `${name}.${part}`),
  );
  const missingSingle = Object.entries(SINGLE_FILES).flatMap(([ending, kind]) =>
    names(kind)
      .filter((name) => own[kind][name] === undefined)
      .map((name) => `${name}.${ending}`),
  );
  return [...missingParts, ...missingSingle].map((fileName) => ({
    file: join(folder, fileName),
    problem: 'this part of a template is missing',
    cure: `write it: every template needs all its parts in each language (${LANGUAGES.join(', ')})`,
  }));
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

function readSource(file: string): TemplateSource {
  return { file, text: readFileSync(file, 'utf8') };
}

function strangeFile(file: string): SourceFault {
  return {
    file,
    problem: 'is not a part of a template',
    cure: 'name it <template>.mjml, .subject.hbs, .text.hbs, .sms.hbs, .call.hbs or .letter.hbs in lower case, or move it away',
  };
}
