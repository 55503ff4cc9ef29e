import type { LoadedTemplates } from '../../lib/channels/build/compile-templates.ts';
import { confirmedOutcome, plannedParts, previewFacts } from '../../lib/channels/build/sample-facts.ts';
import { renderLetter } from '../../lib/channels/letter/render-letter.ts';
import { renderCall } from '../../lib/channels/render-call.ts';
import { renderEmail } from '../../lib/channels/render-email.ts';
import { renderSms } from '../../lib/channels/render-sms.ts';
import { LANGUAGES, type Language } from '../../lib/domain/customer.ts';
import type { NoticeFacts, RenderedEmail } from '../../lib/domain/notice.ts';
import type { TemplateNames } from '../../lib/domain/template-names.ts';

/** A file of the preview; `path` is relative to its folder. */
export interface PreviewFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What was said on the phone, for the templates that confirm it; every other template is a notice. */
const CONFIRMED_RESULTS: Readonly<Record<string, string>> = {
  'promise-confirmation': 'promise',
  'paid-claimed-confirmation': 'paid-claimed',
  'dispute-confirmation': 'dispute',
  'dispute-rejected-confirmation': 'dispute-rejected',
  'dispute-settled-confirmation': 'dispute-settled',
  'block-confirmation': 'administrative-block',
  'call-summary': 'cash-difficulty',
};

/**
 * Every template in every language as a debtor would get it, about one invoice and about several: emails as HTML and text, text messages and call scripts as text,
 * letters as text and PDF.
 */
export async function* previewFiles(templates: LoadedTemplates, names: TemplateNames): AsyncGenerator<PreviewFile> {
  for (const language of LANGUAGES) {
    for (const [sample, facts] of Object.entries(previewFacts(language))) {
      const path = (template: string, kind: string, ending: string) =>
        `${language}/${kind}/${template}.${sample}.${ending}`;
      for (const name of names.email)
        yield* emailFiles(renderEmail(templates.email, name, confirming(name, facts)), (ending) =>
          path(name, 'email', ending),
        );
      for (const name of names.sms)
        yield { path: path(name, 'sms', 'txt'), content: `${renderSms(templates.sms, name, facts)}\n` };
      for (const name of names.call)
        yield { path: path(name, 'call', 'txt'), content: renderCall(templates.call, name, facts) };
      for (const name of names.letter) {
        const { subject, text, pdf } = await renderLetter(templates.letter, name, facts);
        yield { path: path(name, 'letter', 'txt'), content: `${subject}\n\n${text}` };
        yield { path: path(name, 'letter', 'pdf'), content: pdf };
      }
    }
  }
}

/** A page that links to every file, by language. */
export function previewIndex(paths: readonly string[]): string {
  const list = (language: Language) =>
    paths
      .filter((path) => path.startsWith(`${language}/`))
      .map((path) => `<li><a href="${path}">${path.slice(language.length + 1)}</a></li>`)
      .join('\n');
  const sections = LANGUAGES.map((language) => `<h2>${language}</h2>\n<ul>\n${list(language)}\n</ul>`);
  const head = '<meta charset="utf-8"><title>Relance: preview of the templates</title>';
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body>\n${sections.join('\n')}\n</body></html>\n`;
}

function* emailFiles(email: RenderedEmail, pathOf: (ending: string) => string): Generator<PreviewFile> {
  yield { path: pathOf('html'), content: withPictures(email) };
  yield { path: pathOf('txt'), content: `${email.subject}\n\n${email.text}` };
}

/** The HTML with its pictures inside, since a browser has no attachments to look in. */
function withPictures({ html, images }: RenderedEmail): string {
  return images.reduce((page, { contentId, contentType, bytes }) => {
    const data = `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`;
    return page.replaceAll(`cid:${contentId}`, data);
  }, html);
}

/** What is written about a plan: of all its parts, or of one. */
const PLAN_MESSAGES: Readonly<Record<string, boolean>> = {
  'plan-agreement': false,
  'instalment-reminder': true,
  'instalment-default-notice': true,
};

function confirming(template: string, facts: NoticeFacts): NoticeFacts {
  const isAboutOne = PLAN_MESSAGES[template];
  if (isAboutOne !== undefined) return { ...facts, ...plannedParts(isAboutOne) };
  const result = CONFIRMED_RESULTS[template];
  return result === undefined ? facts : { ...facts, confirms: confirmedOutcome(result) };
}
