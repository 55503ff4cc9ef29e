import { SNSClient } from '@aws-sdk/client-sns';
import { composeNotice } from '../lib/app/compose-notice.ts';
import { type SendAnswer, type SendingDeps, sendNotice } from '../lib/app/send-notice.ts';
import { renderSms } from '../lib/channels/render-sms.ts';
import { sendSmsBySns } from '../lib/channels/send-sms-by-sns.ts';
import { SendSmsEnvironmentSchema } from '../lib/contracts/environment.ts';
import { SendRequestSchema } from '../lib/contracts/workflow.ts';
import { smsTemplates } from '../lib/generated/templates.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { SEND_ONCE } from '../lib/runtime/provider-client.ts';

/** State "Send SMS": sends the text message of one step at most once, and returns the next step. */
export async function handle(deps: SendingDeps, event: unknown): Promise<SendAnswer> {
  const request = parseInput(SendRequestSchema, event, 'send request');
  const answer = await sendNotice(deps, request);
  logger.info('sms step done', { invoiceId: request.invoiceId, stepId: request.stepId, outcome: answer.outcome });
  return answer;
}

function connect(): SendingDeps {
  const environment = readEnvironment(SendSmsEnvironmentSchema);
  const send = sendSmsBySns(new SNSClient(SEND_ONCE), { smsSenderId: environment.SMS_SENDER_ID });
  return {
    ...connectPlanning(environment),
    channel: 'sms',
    // A text message names whom to call, and nothing to pay to.
    creditor: {
      name: environment.CREDITOR_NAME,
      phone: environment.CREDITOR_PHONE,
      iban: '',
      bic: '',
      replyToAddress: '',
      legalNotice: '',
      privacyUrl: null,
    },
    prepare: (occasion) => {
      const { file, step, recipient } = occasion;
      const text = renderSms(smsTemplates, step.template, composeNotice(occasion));
      const { invoiceId } = file.dunningCase.invoice;
      return () => send({ to: recipient.address, text, tags: { invoiceId, stepId: step.stepId, level: step.level } });
    },
  };
}

/** Lambda entry point. */
export const handler = lambda(connect, handle);
