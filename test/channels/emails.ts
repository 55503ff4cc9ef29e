import { renderEmail } from '../../lib/channels/render-email.ts';
import { LANGUAGES } from '../../lib/domain/customer.ts';
import type { NoticeFacts, RenderedEmail } from '../../lib/domain/notice.ts';
import { emailTemplates } from '../../lib/generated/templates.ts';
import { plainSpaces } from './notice-facts.ts';

/** The templates of emails that ask for something, in the order of their firmness. */
const NOTICE_NAMES = [
  'preventive-check',
  'attentive-notice',
  'courteous-notice',
  'firm-notice',
  'penalty-notice',
  'final-proposal',
];

/** The templates that confirm in writing what was said on the phone, and the result each confirms. */
export const CONFIRMATIONS = [
  { template: 'promise-confirmation', result: 'promise' },
  { template: 'paid-claimed-confirmation', result: 'paid-claimed' },
  { template: 'dispute-confirmation', result: 'dispute' },
  { template: 'dispute-rejected-confirmation', result: 'dispute-rejected' },
  { template: 'dispute-settled-confirmation', result: 'dispute-settled' },
  { template: 'block-confirmation', result: 'administrative-block' },
  { template: 'call-summary', result: 'cash-difficulty' },
  { template: 'call-summary', result: 'refusal' },
];

/** What is written about a plan to pay in instalments. */
export const PLAN_MESSAGES = ['plan-agreement', 'instalment-reminder', 'instalment-default-notice'];

/** Every notice in every language. */
export const EVERY_NOTICE = LANGUAGES.flatMap((language) => NOTICE_NAMES.map((template) => ({ language, template })));

/** Every email in every language. */
export const EVERY_EMAIL = LANGUAGES.flatMap((language) =>
  [...NOTICE_NAMES, ...new Set(CONFIRMATIONS.map(({ template }) => template)), ...PLAN_MESSAGES].map((template) => ({
    language,
    template,
  })),
);

/** An email whose every space is plain, so that a test can speak of words. */
export function renderedPlainly(template: string, facts: NoticeFacts): RenderedEmail {
  const { subject, html, text, images } = renderEmail(emailTemplates, template, facts);
  return { subject: plainSpaces(subject), html: plainSpaces(html), text: plainSpaces(text), images };
}
