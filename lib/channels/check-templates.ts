import { LANGUAGES } from '../domain/customer.ts';
import { callFaults } from './build/call-faults.ts';
import type { LoadedTemplates } from './build/compile-templates.ts';
import { emailFaults } from './build/email-faults.ts';
import { variablesOf } from './build/known-variables.ts';
import { letterFaults } from './build/letter-faults.ts';
import { fullestFacts, longestFacts, sampleFacts } from './build/sample-facts.ts';
import { smsFaults } from './build/sms-faults.ts';
import type { SourceFault } from './build/source-error.ts';
import {
  allSources,
  type LanguageSources,
  partialsOf,
  type TemplateSource,
  type TemplateSources,
} from './build/template-sources.ts';
import { syntaxFaults } from './build/template-syntax.ts';
import { countedNotices } from './build/wording-faults.ts';
import { emailView } from './email-view.ts';
import { smsView } from './sms-view.ts';

/**
 * What is wrong with the templates as they are written: their Handlebars, and wording that numbers a notice. To be
 * asked before they are compiled.
 *
 * @returns every fault, with its file and line; empty when there is none
 */
export function checkSources(sources: TemplateSources): SourceFault[] {
  const facts = fullestFacts('fr');
  const variables = { sms: variablesOf(smsView(facts)), others: variablesOf(emailView(facts)) };
  return allSources(sources).flatMap(({ language, source }) => {
    const known = {
      variables: source.file.endsWith('.sms.hbs') ? variables.sms : variables.others,
      partials: language ? partialsFor(source, sources.languages[language]) : ['content'],
    };
    return [...syntaxFaults(source, known), ...countedNotices(source)];
  });
}

/**
 * What is wrong with the messages that the compiled templates make: an email that leaves out what a debtor needs to pay
 * and to answer, an SMS that does not fit with the longest variables, or that tells a consumer's debt to whoever reads
 * it, a script or a letter with a hole.
 *
 * @returns every fault, with its file; empty when there is none
 */
export function checkMessages(sources: TemplateSources, templates: LoadedTemplates): SourceFault[] {
  return LANGUAGES.flatMap((language) => {
    const { emails, sms, calls, letters } = sources.languages[language];
    const samples = sampleFacts(language);
    const long = longestFacts(language);
    return unique([
      ...Object.entries(emails).flatMap(([name, parts]) =>
        samples.flatMap((facts) => emailFaults(templates.email, { name, parts }, facts)),
      ),
      ...Object.entries(sms).flatMap(([name, { file }]) =>
        [...samples, ...long].flatMap((facts) => smsFaults(templates.sms, { name, file }, facts)),
      ),
      ...Object.entries(calls).flatMap(([name, { file }]) =>
        samples.flatMap((facts) => callFaults(templates.call, { name, file }, facts)),
      ),
      ...Object.entries(letters).flatMap(([name, { file }]) =>
        samples.flatMap((facts) => letterFaults(templates.letter, { name, file }, facts)),
      ),
    ]);
  });
}

function partialsFor({ file }: TemplateSource, { partials }: LanguageSources): string[] {
  const ending = ['.mjml', '.text.hbs', '.call.hbs'].find((candidate) => file.endsWith(candidate));
  return ending === undefined ? [] : Object.keys(partialsOf(partials, ending));
}

function unique(faults: readonly SourceFault[]): SourceFault[] {
  return [...new Map(faults.map((fault) => [`${fault.file}${fault.problem}`, fault])).values()];
}
