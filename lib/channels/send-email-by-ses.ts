import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { OutgoingEmail, SendEmail } from '../app/ports.ts';
import { escapeTags } from '../contracts/tag-value.ts';
import { outcomeOfError } from './provider-outcome.ts';

/** Who sends, where answers go, and the configuration set whose events report what became of a message. */
export interface EmailSettings {
  readonly senderAddress: string;
  readonly senderName: string;
  readonly replyToAddress: string;
  readonly configurationSet: string;
}

/**
 * Errors that speak of the message itself. `MessageRejected` is not one: SES answers it for an unverified sender too, and in the sandbox. Everything else that
 * SES refuses (quota, paused account, unverified domain) can be cured without touching the message.
 */
const REFUSALS = ['BadRequestException'];

/**
 * Sends email by SES v2. SES has no idempotency token, so the client given must not retry (`maxAttempts: 1`): a second attempt is the workflow's decision.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export function sendEmailBySes(client: SESv2Client, settings: EmailSettings): SendEmail {
  return async (email) => {
    try {
      const { MessageId } = await client.send(commandFor(email, settings));
      return { kind: 'sent', messageId: MessageId ?? 'unknown' };
    } catch (error) {
      return outcomeOfError(error, REFUSALS);
    }
  };
}

function commandFor({ to, cc, subject, html, text, tags }: OutgoingEmail, settings: EmailSettings): SendEmailCommand {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return new SendEmailCommand({
    FromEmailAddress: `${quoted(settings.senderName)} <${settings.senderAddress}>`,
    Destination: { ToAddresses: [...to], CcAddresses: [...cc] },
    ReplyToAddresses: [settings.replyToAddress],
    ConfigurationSetName: settings.configurationSet,
    EmailTags: Object.entries(escapeTags(tags)).map(([Name, Value]) => ({ Name, Value })),
    Content: { Simple: { Subject: utf8(subject), Body: { Html: utf8(html), Text: utf8(text) } } },
  });
}

/** A display name as RFC 5322 and RFC 2047 want it: quoted, or encoded when it is not ASCII. */
function quoted(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  if (isAscii) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `=?UTF-8?B?${Buffer.from(name, 'utf8').toString('base64')}?=`;
}
