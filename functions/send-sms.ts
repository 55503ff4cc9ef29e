import { SNSClient } from '@aws-sdk/client-sns';
import { composeNotice } from '../lib/app/compose-notice.ts';
import { messageTags, spokenOf } from '../lib/app/message-tags.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { renderSms } from '../lib/channels/render-sms.ts';
import { sendSmsBySns } from '../lib/channels/send-sms-by-sns.ts';
import { SendSmsEnvironmentSchema } from '../lib/contracts/environment.ts';
import { smsTemplates } from '../lib/generated/templates.ts';
import { namedCreditor } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { SEND_ONCE } from '../lib/runtime/provider-client.ts';
import { serveRequest } from '../lib/runtime/serve-request.ts';

function connect(): ServingDeps {
  const environment = readEnvironment(SendSmsEnvironmentSchema);
  const send = sendSmsBySns(new SNSClient(SEND_ONCE), { smsSenderId: environment.SMS_SENDER_ID });
  return {
    ...connectPlanning(environment),
    channels: ['sms'],
    // A text message names whom to call, and nothing to pay to.
    creditor: namedCreditor(environment.CREDITOR_NAME, environment.CREDITOR_PHONE),
    prepare: async (order) => {
      const { message, recipient } = order;
      const text = renderSms(smsTemplates, message.lead.step.template ?? '', composeNotice(order));
      const sms = { to: recipient.address, text, tags: messageTags(message), invoiceIds: spokenOf(message) };
      return { text, send: () => send(sms) };
    },
  };
}

/** State "Send SMS": serves one step by text message at most once, with the debtor's other steps of the day, and returns the next step. */
export const handler = lambda(connect, serveRequest);
