import { readdirSync, readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { withFrenchSpacing } from '../../../lib/channels/build/french-spacing.ts';
import type { LetterTemplates, NamedTemplates } from '../../../lib/channels/notice-templates.ts';
import { LANGUAGES, type Language } from '../../../lib/domain/customer.ts';

const FOLDER = new URL('../../../lib/channels/templates/', import.meta.url);
const SUFFIX = '.letter.hbs';

/** The letters of the project, compiled as strictly as the build compiles them. */
export const letterTemplates = Object.fromEntries(
  LANGUAGES.map((language) => [language, lettersIn(language)]),
) as LetterTemplates;

/** Every letter in every language. */
export const EVERY_LETTER = LANGUAGES.flatMap((language) =>
  Object.keys(letterTemplates[language]).map((template) => ({ language, template })),
);

function lettersIn(language: Language): NamedTemplates {
  const files = readdirSync(new URL(language, FOLDER)).filter((file) => file.endsWith(SUFFIX));
  return Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(new URL(`${language}/${file}`, FOLDER), 'utf8');
      const spaced = language === 'fr' ? withFrenchSpacing(text) : text;
      const source = Handlebars.precompile(spaced, { strict: true, noEscape: true, knownHelpersOnly: true });
      return [file.slice(0, -SUFFIX.length), runInThisContext(`(${source})`)];
    }),
  );
}
