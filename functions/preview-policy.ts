import { composeNotice } from '../lib/app/compose-notice.ts';
import { type PreviewDeps, previewPolicy } from '../lib/app/preview-policy.ts';
import { renderLetter } from '../lib/channels/letter/render-letter.ts';
import { renderCall } from '../lib/channels/render-call.ts';
import { renderEmail } from '../lib/channels/render-email.ts';
import { renderSms } from '../lib/channels/render-sms.ts';
import { PreviewPolicyEnvironmentSchema } from '../lib/contracts/environment.ts';
import { callTemplates, emailTemplates, letterTemplates, smsTemplates } from '../lib/generated/templates.ts';
import { createPreviewApi } from '../lib/http/preview-api.ts';
import { answerCall } from '../lib/runtime/answer-call.ts';
import { creditorOf } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

const render: PreviewDeps['render'] = async ({ channel, template = '' }, occasion) => {
  const nothing = { subject: null, html: null };
  if (channel === 'hand-over') return { ...nothing, text: null };
  const facts = composeNotice(occasion);
  switch (channel) {
    case 'email': {
      const { subject, text, html } = renderEmail(emailTemplates, template, facts);
      return { subject, text, html };
    }
    case 'sms':
      return { ...nothing, text: renderSms(smsTemplates, template, facts) };
    case 'call':
      return { ...nothing, text: renderCall(callTemplates, template, facts) };
    default: {
      const { subject, text } = await renderLetter(letterTemplates, template, facts);
      return { subject, text, html: null };
    }
  }
};

/** `POST /policies/{name}/preview`: the dated ladder of a policy with its messages. It has a function of its own, because it carries every template. */
export const handler = lambda(() => {
  const environment = readEnvironment(PreviewPolicyEnvironmentSchema);
  const deps: PreviewDeps = { ...connectPlanning(environment), creditor: creditorOf(environment), render };
  return createPreviewApi({ previewPolicy: (query) => previewPolicy(deps, query) }, logFault);
}, answerCall);
