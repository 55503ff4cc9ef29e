import type { InlineImage, NoticeFacts, RenderedEmail } from '../domain/notice.ts';
import { emailView } from './email-view.ts';
import { filledText, fillTemplate, templateNamed } from './fill-template.ts';
import type { EmailTemplates } from './notice-templates.ts';
import { paymentPayload } from './payment-demand.ts';
import { PAYMENT_QR_ID, paymentQrPng } from './payment-qr.ts';

/**
 * The email that a template makes of the facts, in their language. Pure.
 *
 * @param template name of the template, as the step of the policy gives it
 * @throws ContractError when there is no such template; Error of Handlebars when it names an unknown variable
 */
export function renderEmail(emailTemplates: EmailTemplates, template: string, facts: NoticeFacts): RenderedEmail {
  const written = writeEmail(emailTemplates, template, facts);
  return { ...written, images: written.html.includes(`cid:${PAYMENT_QR_ID}`) ? paymentQr(facts) : [] };
}

/** The email without its pictures, which cost more to draw than all the rest; see {@link renderEmail}. */
export function writeEmail(
  emailTemplates: EmailTemplates,
  template: string,
  facts: NoticeFacts,
): Omit<RenderedEmail, 'images'> {
  const { templates, htmlPartials, textPartials } = emailTemplates.languages[facts.language];
  const { subject, html, text } = templateNamed(templates, template);
  const view = emailView(facts);
  return {
    subject: fillTemplate(subject, view).trim(),
    html: fillTemplate(emailTemplates.layout, view, { ...htmlPartials, content: html }),
    text: filledText(text, view, textPartials),
  };
}

function paymentQr(facts: NoticeFacts): InlineImage[] {
  const payload = paymentPayload(facts);
  if (payload === null) return [];
  return [{ contentId: PAYMENT_QR_ID, contentType: 'image/png', bytes: paymentQrPng(payload) }];
}
