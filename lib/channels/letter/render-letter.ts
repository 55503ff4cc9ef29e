import type { NoticeFacts, RenderedLetter } from '../../domain/notice.ts';
import { emailView } from '../email-view.ts';
import { fillTemplate, templateNamed } from '../fill-template.ts';
import type { LetterTemplates } from '../notice-templates.ts';
import { letterText } from './letter-text.ts';
import { printLetter } from './print-letter.ts';
import { parseWording } from './wording.ts';

/**
 * The letter that a template makes of the facts, in their language: its object, its wording as plain text, and the PDF to print. Pure.
 *
 * @param template name of the template, as the step of the policy gives it
 * @throws ContractError when there is no such template; Error of Handlebars when it names an unknown variable
 */
export async function renderLetter(
  letterTemplates: LetterTemplates,
  template: string,
  facts: NoticeFacts,
): Promise<RenderedLetter> {
  const named = templateNamed(letterTemplates[facts.language], template);
  const wording = parseWording(fillTemplate(named, emailView(facts)));
  return { subject: wording.object, text: letterText(wording, facts), pdf: await printLetter(wording, facts) };
}
