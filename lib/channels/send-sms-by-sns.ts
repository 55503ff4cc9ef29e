import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { OutgoingSms, SendSms } from '../app/ports.ts';
import { outcomeOfError } from './provider-outcome.ts';

/** Errors that speak of the message itself: its text or its number. */
const REFUSALS = [
  'InvalidParameterException',
  'InvalidParameterValueException',
  'ValidationException',
  'ValidationError',
];

/**
 * Sends a text message by SNS, as a transactional one under the creditor's sender id. Publish has no idempotency token for SMS, so the client given must not
 * retry (`maxAttempts: 1`).
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
export function sendSmsBySns(client: SNSClient, settings: { smsSenderId: string }): SendSms {
  return async (sms) => {
    try {
      const { MessageId } = await client.send(commandFor(sms, settings.smsSenderId));
      return { kind: 'sent', messageId: MessageId ?? 'unknown' };
    } catch (error) {
      return outcomeOfError(error, REFUSALS);
    }
  };
}

function commandFor({ to, text, tags, invoiceIds }: OutgoingSms, smsSenderId: string): PublishCommand {
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  return new PublishCommand({
    PhoneNumber: to,
    Message: text,
    MessageAttributes: {
      'AWS.SNS.SMS.SMSType': attribute('Transactional'),
      'AWS.SNS.SMS.SenderID': attribute(smsSenderId),
      invoiceId: attribute(tags.invoiceId),
      stepId: attribute(tags.stepId),
      ...(tags.level === null ? {} : { level: attribute(tags.level) }),
      invoiceIds: attribute(invoiceIds.join(', ')),
    },
  });
}
