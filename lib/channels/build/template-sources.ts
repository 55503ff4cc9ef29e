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

/** The templates of one language; partials are keyed by file name, such as `greeting.mjml`. */
export interface LanguageSources {
  readonly emails: Readonly<Record<string, Readonly<Record<EmailPart, TemplateSource>>>>;
  readonly sms: Readonly<Record<string, TemplateSource>>;
  readonly partials: Readonly<Record<string, TemplateSource>>;
}

/** All templates, and the layout that the HTML of every email is put into. */
export interface TemplateSources {
  readonly layout: TemplateSource;
  readonly languages: Readonly<Record<Language, LanguageSources>>;
}

/**
 * Reads the folder of the templates: `layout.mjml`, and per language `<name>.mjml`, `<name>.subject.hbs`,
 * `<name>.text.hbs` for emails, `<name>.sms.hbs` for text messages, and `partials/`.
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
    const { emails, sms, partials } = languages[language];
    const sources = [...Object.values(emails).flatMap((parts) => Object.values(parts)), ...Object.values(sms)];
    return [...sources, ...Object.values(partials)].map((source) => ({ language, source }));
  });
  return [{ language: null, source: layout }, ...ofLanguages];
}

function readLanguage(folder: string): LanguageSources {
  const emails: Record<string, Record<EmailPart, TemplateSource>> = {};
  const sms: Record<string, TemplateSource> = {};
  for (const fileName of filesOf(folder)) {
    const source = readSource(join(folder, fileName));
    const [, name = '', part] = /^([a-z0-9-]+)\.(mjml|subject\.hbs|text\.hbs|sms\.hbs)$/.exec(fileName) ?? [];
    if (part === undefined) throw new SourceError([strangeFile(source.file)]);
    if (part === 'sms.hbs') sms[name] = source;
    else emails[name] = { ...emails[name], [part]: source } as Record<EmailPart, TemplateSource>;
  }
  const partialsFolder = join(folder, 'partials');
  const partials = filesOf(partialsFolder).map((fileName) => [fileName, readSource(join(partialsFolder, fileName))]);
  return { emails, sms, partials: Object.fromEntries(partials) };
}

function missingFiles(folder: string, languages: Record<Language, LanguageSources>, language: Language): SourceFault[] {
  const own = languages[language];
  const names = (channel: 'emails' | 'sms') => [
    ...new Set(LANGUAGES.flatMap((one) => Object.keys(languages[one][channel]))),
  ];
  const missingParts = names('emails').flatMap((name) =>
    EMAIL_PARTS.filter((part) => own.emails[name]?.[part] === undefined).map((part) => `${name}.${part}`),
  );
  const missingSms = names('sms')
    .filter((name) => own.sms[name] === undefined)
    .map((name) => `${name}.sms.hbs`);
  return [...missingParts, ...missingSms].map((fileName) => ({
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
    cure: 'name it <template>.mjml, .subject.hbs, .text.hbs or .sms.hbs in lower case, or move it away',
  };
}
