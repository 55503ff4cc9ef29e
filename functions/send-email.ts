import { SESv2Client } from '@aws-sdk/client-sesv2';
import { composeNotice } from '../lib/app/compose-notice.ts';
import { type SendAnswer, type SendingDeps, sendNotice } from '../lib/app/send-notice.ts';
import { renderEmail } from '../lib/channels/render-email.ts';
import { sendEmailBySes } from '../lib/channels/send-email-by-ses.ts';
import { SendEmailEnvironmentSchema } from '../lib/contracts/environment.ts';
import { SendRequestSchema } from '../lib/contracts/workflow.ts';
import { copyAddresses } from '../lib/domain/recipient.ts';
import { emailTemplates } from '../lib/generated/templates.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { SEND_ONCE } from '../lib/runtime/provider-client.ts';

/** State "Send email": sends the notice of one step at most once, and returns the next step. */
export async function handle(deps: SendingDeps, event: unknown): Promise<SendAnswer> {
  const request = parseInput(SendRequestSchema, event, 'send request');
  const answer = await sendNotice(deps, request);
  logger.info('email step done', { invoiceId: request.invoiceId, stepId: request.stepId, outcome: answer.outcome });
  return answer;
}

function connect(): SendingDeps {
  const environment = readEnvironment(SendEmailEnvironmentSchema);
  const send = sendEmailBySes(new SESv2Client(SEND_ONCE), {
    senderAddress: environment.SENDER_ADDRESS,
    senderName: environment.CREDITOR_NAME,
    replyToAddress: environment.REPLY_TO_ADDRESS,
    configurationSet: environment.CONFIGURATION_SET,
  });
  return {
    ...connectPlanning(environment),
    channel: 'email',
    creditor: {
      name: environment.CREDITOR_NAME,
      phone: environment.CREDITOR_PHONE_DISPLAY,
      iban: environment.CREDITOR_IBAN,
      bic: environment.CREDITOR_BIC,
      replyToAddress: environment.REPLY_TO_ADDRESS,
      legalNotice: environment.CREDITOR_LEGAL_NOTICE,
      privacyUrl: environment.CREDITOR_PRIVACY_URL || null,
    },
    prepare: (occasion) => {
      const { file, step, recipient, customer } = occasion;
      const { invoice, cycle } = file.dunningCase;
      const { alsoTo, cc } = copyAddresses(customer, step, recipient);
      const rendered = renderEmail(emailTemplates, step.template, composeNotice(occasion));
      const tags = { invoiceId: invoice.invoiceId, stepId: step.stepId, level: step.level, cycle: String(cycle) };
      return () => send({ ...rendered, to: [recipient.address, ...alsoTo], cc, tags });
    },
  };
}

/** Lambda entry point. */
export const handler = lambda(connect, handle);
