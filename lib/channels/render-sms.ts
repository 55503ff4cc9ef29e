import { ContractError } from '../domain/errors.ts';
import type { NoticeFacts } from '../domain/notice.ts';
import { fillTemplate, templateNamed } from './fill-template.ts';
import { charactersOutsideGsm7, gsm7Septets, SMS_SEPTETS_MAX } from './gsm7.ts';
import type { SmsTemplates } from './notice-templates.ts';
import { smsView } from './sms-view.ts';

/**
 * The text message that a template makes of the facts, in their language: one message of at most {@link
 * SMS_SEPTETS_MAX} septets. Pure.
 *
 * The templates are checked with the longest variables at build time, so a message that does not fit means that the
 * check has a hole.
 *
 * @param template name of the template, as the step of the policy gives it
 * @throws ContractError when there is no such template, or the message does not fit; Error of Handlebars when it names
 *   an unknown variable
 */
export function renderSms(templates: SmsTemplates, template: string, facts: NoticeFacts): string {
  const text = fillTemplate(templateNamed(templates[facts.language], template), smsView(facts)).trim();
  const septets = gsm7Septets(text);
  if (septets === null) {
    const strange = charactersOutsideGsm7(text).join(' ');
    throw new ContractError(`SMS template "${template}" (${facts.language}) has characters outside GSM-7: ${strange}`);
  }
  if (septets > SMS_SEPTETS_MAX) {
    throw new ContractError(
      `SMS template "${template}" (${facts.language}) makes ${septets} septets, ${SMS_SEPTETS_MAX} fit: ` +
        'shorten its wording',
    );
  }
  return text;
}
