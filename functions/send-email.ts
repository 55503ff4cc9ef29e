import { SESv2Client } from '@aws-sdk/client-sesv2';
import { composeNotice } from '../lib/app/compose-notice.ts';
import { messageTags, spokenOf } from '../lib/app/message-tags.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { renderEmail } from '../lib/channels/render-email.ts';
import { sendEmailBySes } from '../lib/channels/send-email-by-ses.ts';
import { SendEmailEnvironmentSchema } from '../lib/contracts/environment.ts';
import { emailTemplates } from '../lib/generated/templates.ts';
import { creditorOf } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { SEND_ONCE } from '../lib/runtime/provider-client.ts';
import { serveRequest } from '../lib/runtime/serve-request.ts';

function connect(): ServingDeps {
  const environment = readEnvironment(SendEmailEnvironmentSchema);
  const send = sendEmailBySes(new SESv2Client(SEND_ONCE), {
    senderAddress: environment.SENDER_ADDRESS,
    senderName: environment.CREDITOR_NAME,
    replyToAddress: environment.REPLY_TO_ADDRESS,
    configurationSet: environment.CONFIGURATION_SET,
  });
  return {
    ...connectPlanning(environment),
    channels: ['email'],
    creditor: creditorOf(environment),
    prepare: async (order) => {
      const { message, recipient, copies } = order;
      const rendered = renderEmail(emailTemplates, message.lead.step.template ?? '', composeNotice(order));
      const to = [recipient.address, ...copies.alsoTo];
      const email = { ...rendered, to, cc: copies.cc, tags: messageTags(message), invoiceIds: spokenOf(message) };
      return { text: rendered.text, send: () => send(email) };
    },
  };
}

/** State "Send email": serves one step by email at most once, with the debtor's other steps of the day, and returns the next step. */
export const handler = lambda(connect, serveRequest);
