import type { SentAttachment } from '../mailbox.ts';
import { AwsError } from './service.ts';

/**
 * Reads `Content.Simple.Attachments`.
 *
 * @throws AwsError `BadRequestException` for what SES refuses
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Attachment.html (read 2026-11-25)
 */
export function attachmentsOf(value: unknown): SentAttachment[] {
  const attachments = (Array.isArray(value) ? value : []).map(readAttachment);
  const contentIds = attachments.map(({ contentId }) => contentId).filter((contentId) => contentId !== null);
  if (new Set(contentIds).size < contentIds.length) throw bad('ContentId is not unique');
  return attachments;
}

const FIELDS = [
  ...['RawContent', 'FileName', 'ContentType', 'ContentDisposition', 'ContentId'],
  ...['ContentDescription', 'ContentTransferEncoding'],
];
const DISPOSITIONS = ['ATTACHMENT', 'INLINE'];
const ENCODINGS = ['BASE64', 'QUOTED_PRINTABLE', 'SEVEN_BIT'];

function readAttachment(value: unknown): SentAttachment {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw bad(`The local endpoint does not know ${unknown} in an attachment`);
  const { RawContent, FileName, ContentType, ContentDisposition, ContentId, ContentTransferEncoding } = fields;
  if (typeof FileName !== 'string' || !/^[^\p{Cc}/\\]{1,255}$/u.test(FileName))
    throw bad('FileName is missing or wrong');
  if (typeof RawContent !== 'string' || !isBase64(RawContent)) throw bad(`RawContent of ${FileName} is not base64`);
  if (ContentId !== undefined && !/^[\x21-\x7e]{1,78}$/.test(String(ContentId))) {
    throw bad(`ContentId of ${FileName} must be 1 to 78 ASCII characters`);
  }
  if (ContentType !== undefined && !/^[\w.+-]+\/[\w.+-]+/.test(String(ContentType))) {
    throw bad(`ContentType of ${FileName} is no media type`);
  }
  checkChoice(ContentDisposition, DISPOSITIONS);
  checkChoice(ContentTransferEncoding, ENCODINGS);
  return {
    fileName: FileName,
    contentType: ContentType === undefined ? 'application/octet-stream' : String(ContentType),
    contentId: ContentId === undefined ? null : String(ContentId),
    content: RawContent,
  };
}

function isBase64(text: string): boolean {
  return text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function checkChoice(value: unknown, choices: readonly string[]): void {
  if (value !== undefined && !choices.includes(String(value)))
    throw bad(`${value} is not one of ${choices.join(', ')}`);
}

function bad(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}
