import type { NoticeFacts } from '../domain/notice.ts';
import { emailView } from './email-view.ts';
import { filledText, templateNamed } from './fill-template.ts';
import type { CallTemplates } from './notice-templates.ts';

/**
 * The script of a call that a template makes of the facts, as plain text in the language the debtor is spoken to. Pure.
 *
 * @param template name of the template, as the step of the policy gives it
 * @throws ContractError when there is no such template; Error of Handlebars when it names an unknown variable
 */
export function renderCall(callTemplates: CallTemplates, template: string, facts: NoticeFacts): string {
  const { templates, partials } = callTemplates[facts.language];
  return filledText(templateNamed(templates, template), emailView(facts), partials);
}
