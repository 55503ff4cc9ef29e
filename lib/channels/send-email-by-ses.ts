import { type Attachment, type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { MessageTags, OutgoingEmail, SendEmail } from '../app/ports.ts';
import { escapeTags } from '../contracts/tag-value.ts';
import type { InlineImage } from '../domain/notice.ts';
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
 * The longest value of a header of one's own.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html
 */
const HEADER_VALUE_CHARACTERS_MAX = 870;

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

function commandFor(email: OutgoingEmail, settings: EmailSettings): SendEmailCommand {
  const { to, cc, subject, html, text, images, invoiceIds } = email;
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return new SendEmailCommand({
    FromEmailAddress: `${quoted(settings.senderName)} <${settings.senderAddress}>`,
    Destination: { ToAddresses: [...to], CcAddresses: [...cc] },
    ReplyToAddresses: [settings.replyToAddress],
    ConfigurationSetName: settings.configurationSet,
    EmailTags: tagsOf(email.tags),
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { Html: utf8(html), Text: utf8(text) },
        Headers: invoiceHeaders(invoiceIds),
        Attachments: images.map(inlineAttachment),
      },
    },
  });
}

/** The tags of a message; a confirmation has no level, and a tag may not be empty. */
function tagsOf({ level, ...tags }: MessageTags): { Name: string; Value: string }[] {
  const given = level === null ? tags : { ...tags, level };
  return Object.entries(escapeTags(given)).map(([Name, Value]) => ({ Name, Value }));
}

/** All ids, whole, in as many headers as it takes: 8 for a hundred of the longest ids, and SES takes 15. A field of this name may stand there more than once. */
function invoiceHeaders(invoiceIds: readonly string[]): { Name: string; Value: string }[] {
  const lines: string[] = [];
  for (const id of invoiceIds) {
    const longer = `${lines.at(-1)}, ${id}`;
    if (lines.length === 0 || longer.length > HEADER_VALUE_CHARACTERS_MAX) lines.push(id);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((Value) => ({ Name: 'X-Relance-Invoices', Value }));
}

function inlineAttachment({ contentId, contentType, bytes }: InlineImage): Attachment {
  return {
    FileName: `${contentId}.png`,
    ContentType: contentType,
    ContentDisposition: 'INLINE',
    ContentId: contentId,
    ContentTransferEncoding: 'BASE64',
    RawContent: bytes,
  };
}

/** A display name as RFC 5322 and RFC 2047 want it: quoted, or encoded when it is not ASCII. */
function quoted(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  if (isAscii) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `=?UTF-8?B?${Buffer.from(name, 'utf8').toString('base64')}?=`;
}
