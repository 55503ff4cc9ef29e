import { renderEmail } from '../../lib/channels/render-email.ts';
import type { NoticeFacts, RenderedEmail } from '../../lib/domain/notice.ts';
import { emailTemplates } from '../../lib/generated/templates.ts';
import { plainSpaces } from './notice-facts.ts';

/** The templates of emails, in the order of the ladder. */
export const EMAIL_NAMES = ['preventive-check', 'courteous-notice', 'firm-notice', 'last-notice'];

/** Every email in every language. */
export const EVERY_EMAIL = (['fr', 'en'] as const).flatMap((language) =>
  EMAIL_NAMES.map((template) => ({ language, template })),
);

/** An email whose every space is plain, so that a test can speak of words. */
export function renderedPlainly(template: string, facts: NoticeFacts): RenderedEmail {
  const { subject, html, text } = renderEmail(emailTemplates, template, facts);
  return { subject: plainSpaces(subject), html: plainSpaces(html), text: plainSpaces(text) };
}
