import { SESv2Client } from '@aws-sdk/client-sesv2';
import { composeNotice } from '../lib/app/compose-notice.ts';
import { messageTags, spokenOf } from '../lib/app/message-tags.ts';
import { type ServeAnswer, serveStep } from '../lib/app/serve-step.ts';
import type { ServingDeps } from '../lib/app/serving.ts';
import { renderEmail } from '../lib/channels/render-email.ts';
import { sendEmailBySes } from '../lib/channels/send-email-by-ses.ts';
import { SendEmailEnvironmentSchema } from '../lib/contracts/environment.ts';
import { SendRequestSchema } from '../lib/contracts/workflow.ts';
import { emailTemplates } from '../lib/generated/templates.ts';
import { creditorOf } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { SEND_ONCE } from '../lib/runtime/provider-client.ts';

/** State "Send email": serves one step by email at most once, with the debtor's other steps of the day, and returns the next step. */
export async function handle(deps: ServingDeps, event: unknown): Promise<ServeAnswer> {
  const request = parseInput(SendRequestSchema, event, 'send request');
  const answer = await serveStep(deps, request);
  logger.info('email step done', { invoiceId: request.invoiceId, stepId: request.stepId, outcome: answer.outcome });
  return answer;
}

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

/** Lambda entry point. */
export const handler = lambda(connect, handle);
