import { LANGUAGES } from '../domain/customer.ts';
import { invariant } from '../domain/errors.ts';
import type { NoticeFacts } from '../domain/notice.ts';
import { longestFacts, sampleFacts } from './build/sample-facts.ts';
import type { SourceFault } from './build/source-error.ts';
import {
  allSources,
  type LanguageSources,
  type TemplateSource,
  type TemplateSources,
} from './build/template-sources.ts';
import { syntaxFaults } from './build/template-syntax.ts';
import { type EmailView, emailView } from './email-view.ts';
import type { EmailTemplates, SmsTemplates } from './notice-templates.ts';
import { renderEmail } from './render-email.ts';
import { renderSms } from './render-sms.ts';
import { smsView } from './sms-view.ts';

/**
 * A notice speaks of the unpaid invoice. To number it tells a debtor of bad faith how long he may still wait.
 */
const COUNTED_NOTICES = [
  /relance/i,
  /\brappels?\b/i,
  /\breminders?\b/i,
  /\b(premi(er|ère)|seconde?|deuxième|troisième|1re|1er|2e|3e)\s+(avis|courrier|lettre|message)/i,
  /\b(first|second|third|1st|2nd|3rd)\s+(notice|letter|message)/i,
];

/** What a text message to a consumer must not say: others may read it on a shared phone. */
const WORDS_OF_DEBT = [
  /(?<!\p{L})(dettes?|débit\p{L}*|créances?|impayé?\p{L}*|arriérés?|échue?s?|échéances?|retard|solde|intérêts?)(?!\p{L})/iu,
  /(?<!\p{L})(dus?|dues?|doit|devez|devoir|pénalités?|recouvrement|contentieux|huissier|commissaire)(?!\p{L})/iu,
  /(?<!\p{L})(tribunal|justice|mise en demeure|régler|règlement|réglée?|payer|payez|payée?|paiement)(?!\p{L})/iu,
  /\b(debts?|unpaid|overdue|outstanding|arrears|due|owe[ds]?|owing|late|balance|penalt(y|ies)|interest)\b/i,
  /\b(collect\w*|bailiffs?|court|legal|formal notice|pay|paid|payments?|settle\w*)\b/i,
  /[€£$¥]/,
];

/**
 * What is wrong with the templates as they are written: their Handlebars, and wording that numbers a notice. To be
 * asked before they are compiled.
 *
 * @returns every fault, with its file and line; empty when there is none
 */
export function checkSources(sources: TemplateSources): SourceFault[] {
  const [facts] = sampleFacts('fr');
  invariant(facts !== undefined, 'there are sample facts in French');
  const variables = { sms: Object.keys(smsView(facts)), email: Object.keys(emailView(facts)) };
  return allSources(sources).flatMap(({ language, source }) => {
    const known = {
      variables: source.file.endsWith('.sms.hbs') ? variables.sms : variables.email,
      partials: language ? partialsFor(source, sources.languages[language]) : ['content'],
    };
    return [...syntaxFaults(source, known), ...wordingFaults(source)];
  });
}

/**
 * What is wrong with the messages that the compiled templates make: an email that leaves out what a debtor needs to pay
 * and to answer, an SMS that does not fit with the longest variables, or that tells a consumer's debt to whoever reads
 * it.
 *
 * @returns every fault, with its file; empty when there is none
 */
export function checkMessages(
  sources: TemplateSources,
  templates: { readonly email: EmailTemplates; readonly sms: SmsTemplates },
): SourceFault[] {
  return LANGUAGES.flatMap((language) => {
    const { emails, sms } = sources.languages[language];
    const ofEmails = Object.entries(emails).flatMap(([name, parts]) =>
      sampleFacts(language).flatMap((facts) => emailFaults(templates.email, name, { facts, parts })),
    );
    const ofSms = Object.entries(sms).flatMap(([name, source]) =>
      [...sampleFacts(language), ...longestFacts(language)].flatMap((facts) =>
        smsFaults(templates.sms, name, { facts, source }),
      ),
    );
    return unique([...ofEmails, ...ofSms]);
  });
}

function partialsFor({ file }: TemplateSource, { partials }: LanguageSources): string[] {
  const ending = ['.mjml', '.text.hbs'].find((candidate) => file.endsWith(candidate));
  if (ending === undefined) return [];
  const names = Object.keys(partials).filter((name) => name.endsWith(ending));
  return names.map((name) => name.slice(0, -ending.length));
}

function wordingFaults({ file, text }: TemplateSource): SourceFault[] {
  return text.split('\n').flatMap((line, index) =>
    COUNTED_NOTICES.flatMap((pattern) => {
      const [found] = pattern.exec(line) ?? [];
      if (found === undefined) return [];
      const cure = 'speak of the invoice and what is asked for, not of which notice this is';
      return [{ file, line: index + 1, problem: `says "${found}"`, cure }];
    }),
  );
}

type EmailParts = TemplateSources['languages']['fr']['emails'][string];

function emailFaults(
  templates: EmailTemplates,
  name: string,
  { facts, parts }: { facts: NoticeFacts; parts: EmailParts },
): SourceFault[] {
  const view = emailView(facts);
  const email = renderEmail(templates, name, facts);
  const missing = (part: keyof EmailParts, text: string, needed: readonly (keyof EmailView)[]) =>
    needed
      .filter((variable) => typeof view[variable] === 'string' && !text.includes(view[variable]))
      .map((variable) => ({ file: parts[part].file, problem: `does not say {{${variable}}}`, cure: 'add it' }));
  const faults: SourceFault[] = [
    ...missing('subject.hbs', email.subject, ['invoiceNumber']),
    ...missing('mjml', email.html, NEEDED_IN_EMAILS),
    ...missing('text.hbs', email.text, NEEDED_IN_EMAILS),
  ];
  if (/\n/.test(email.subject)) {
    faults.push({ file: parts['subject.hbs'].file, problem: 'is more than one line', cure: 'write one line' });
  }
  if (!email.text.includes('?')) {
    const cure = 'ask for the date of payment or the reason against it';
    faults.push({ file: parts['text.hbs'].file, problem: 'asks no question', cure });
  }
  return faults;
}

/**
 * What a debtor needs to recognise the invoice, pay it, answer, and know who writes. What does not apply (`null`) is not
 * asked for.
 */
const NEEDED_IN_EMAILS = [
  ...(['creditorName', 'phone', 'customerName', 'invoiceNumber', 'issuedOn', 'dueOn', 'outstanding', 'paid'] as const),
  ...(['credited', 'iban', 'bic', 'reference', 'unbrokenReference', 'purchaseOrder', 'documentUrl'] as const),
  ...(['legalNotice', 'privacyUrl'] as const),
];

function smsFaults(
  templates: SmsTemplates,
  name: string,
  { facts, source }: { facts: NoticeFacts; source: TemplateSource },
): SourceFault[] {
  const { file } = source;
  let text: string;
  try {
    text = renderSms(templates, name, facts);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return [{ file, problem, cure: 'make it fit one message of GSM-7 with the longest names' }];
  }
  const { phone, creditorName, isConsumer } = smsView(facts);
  const faults: SourceFault[] = [];
  if (!text.includes(phone)) faults.push({ file, problem: 'does not say {{phone}}', cure: 'say whom to call' });
  if (!isConsumer) return faults;
  const wording = text.replaceAll(phone, '').replaceAll(creditorName, '');
  for (const pattern of [...WORDS_OF_DEBT, /\d+/]) {
    const [found] = pattern.exec(wording) ?? [];
    if (found === undefined) continue;
    const cure = 'tell a consumer only whom to call: no amount, no date, no word of debt';
    faults.push({ file, problem: `says "${found}" to a consumer`, cure });
  }
  return faults;
}

function unique(faults: readonly SourceFault[]): SourceFault[] {
  return [...new Map(faults.map((fault) => [`${fault.file}${fault.problem}`, fault])).values()];
}
