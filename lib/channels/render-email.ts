import type { NoticeFacts, RenderedEmail } from '../domain/notice.ts';
import { emailView } from './email-view.ts';
import { fillTemplate, templateNamed } from './fill-template.ts';
import type { EmailTemplates } from './notice-templates.ts';

/**
 * The email that a template makes of the facts, in their language. Pure.
 *
 * @param template name of the template, as the step of the policy gives it
 * @throws ContractError when there is no such template; Error of Handlebars when it names an unknown variable
 */
export function renderEmail(emailTemplates: EmailTemplates, template: string, facts: NoticeFacts): RenderedEmail {
  const { templates, htmlPartials, textPartials } = emailTemplates.languages[facts.language];
  const { subject, html, text } = templateNamed(templates, template);
  const view = emailView(facts);
  return {
    subject: fillTemplate(subject, view).trim(),
    html: fillTemplate(emailTemplates.layout, view, { ...htmlPartials, content: html }),
    text: `${fillTemplate(text, view, textPartials)
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  };
}
