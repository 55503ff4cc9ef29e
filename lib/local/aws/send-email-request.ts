import type { MessageTags } from '../mailbox.ts';
import { bareAddress, type Email } from './email.ts';
import { attachmentsOf } from './email-attachments.ts';
import { AwsError } from './service.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the body of `SendEmail`: `Content.Simple` with its headers and attachments, addresses, tags and configuration set.
 *
 * @throws AwsError `BadRequestException` in SES's words; and for content the local endpoint does not send, by name
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html (read 2026-11-23)
 */
export function readSendEmailRequest(body: Fields): Omit<Email, 'messageId' | 'atMillis'> {
  refuseUnknown(body, KNOWN_FIELDS, 'SendEmail');
  const content = fieldsOf(body.Content);
  refuseUnknown(content, ['Simple'], 'Content');
  const simple = fieldsOf(content.Simple);
  refuseUnknown(simple, ['Subject', 'Body', 'Headers', 'Attachments'], 'Content.Simple');
  const { Text, Html } = fieldsOf(simple.Body);
  const subject = textOf(fieldsOf(simple.Subject).Data);
  const text = textOf(fieldsOf(Text).Data);
  const html = textOf(fieldsOf(Html).Data);
  if (subject === null) throw bad('Content.Simple.Subject.Data is missing');
  if (text === null && html === null) throw bad('Content.Simple.Body needs Text or Html');
  const destination = fieldsOf(body.Destination);
  const from = textOf(body.FromEmailAddress);
  if (from === null) throw bad('FromEmailAddress is missing');
  const email = {
    from: checkAddress(from),
    replyTo: addressesOf(body.ReplyToAddresses),
    to: addressesOf(destination.ToAddresses),
    cc: addressesOf(destination.CcAddresses),
    bcc: addressesOf(destination.BccAddresses),
    subject,
    text,
    html,
    headers: headersOf(simple.Headers),
    attachments: attachmentsOf(simple.Attachments),
    tags: tagsOf(body.EmailTags),
    configurationSetName: textOf(body.ConfigurationSetName) ?? undefined,
  };
  checkRecipients(email);
  return email;
}

const KNOWN_FIELDS = [
  'FromEmailAddress',
  'ReplyToAddresses',
  'Destination',
  'Content',
  'EmailTags',
  'ConfigurationSetName',
];
const RECIPIENTS_MAX = 50;
const TAGS_MAX = 50;
const HEADERS_MAX = 15;
/** Of name and value together (`MessageHeader` in the documentation of `@aws-sdk/client-sesv2`). */
const HEADER_CHARACTERS_MAX = 996;

function checkRecipients({ to, cc, bcc }: Pick<Email, 'to' | 'cc' | 'bcc'>): void {
  const count = to.length + cc.length + bcc.length;
  if (count === 0) throw bad('Destination has no address');
  if (count > RECIPIENTS_MAX) throw bad(`Recipient count exceeds ${RECIPIENTS_MAX}.`);
}

function addressesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((address) => checkAddress(String(address))) : [];
}

/** SES takes ASCII addresses of the form `local@domain`, with or without a display name. */
function checkAddress(address: string): string {
  if (!/^[\x20-\x7e]*$/.test(address)) {
    throw bad(`"${address}" is not ASCII: write the name as a MIME encoded-word, and the domain in Punycode`);
  }
  const [local, domain, ...rest] = bareAddress(address).split('@');
  if (domain === undefined || rest.length > 0) throw bad(`Missing final '@domain' in "${address}"`);
  if (!/^[\x21-\x7e]{1,64}$/.test(local ?? '') || /[<>,;:\\"[\]()]/.test(local ?? '')) {
    throw bad(`Local address contains control or whitespace in "${address}"`);
  }
  const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every((part) => label.test(part))) {
    throw bad(`Domain starts with dot, contains illegal characters or has no dot, in "${address}"`);
  }
  return address;
}

function headersOf(value: unknown): Email['headers'] {
  const headers = (Array.isArray(value) ? value : []).map((header) => {
    const name = String(fieldsOf(header).Name ?? '');
    const content = String(fieldsOf(header).Value ?? '');
    if (!/^[\x21-\x39\x3b-\x7e]{1,126}$/.test(name)) throw bad(`Invalid header name <${name}>`);
    if (!/^[\x20-\x7e]+$/.test(content)) throw bad(`Invalid value of the header <${name}>`);
    if (name.length + content.length > HEADER_CHARACTERS_MAX) throw bad(`The header <${name}> is too long`);
    return { name, value: content };
  });
  if (headers.length > HEADERS_MAX) throw bad(`More than ${HEADERS_MAX} headers`);
  return headers;
}

function tagsOf(value: unknown): MessageTags {
  const tags = (Array.isArray(value) ? value : []).map((tag) => {
    const { Name, Value } = fieldsOf(tag);
    return [checkTagPart('name', Name), checkTagPart('value', Value)] as const;
  });
  const names = new Set(tags.map(([name]) => name));
  if (names.size < tags.length) throw bad('Duplicate tag names are not allowed.');
  if (tags.length > TAGS_MAX) throw bad(`More than ${TAGS_MAX} tags`);
  return Object.fromEntries(tags);
}

function checkTagPart(part: 'name' | 'value', value: unknown): string {
  if (typeof value !== 'string' || value === '') throw bad(`The tag ${part} must be specified.`);
  if (value.length > 256) throw bad(`Tag ${part} cannot exceed 256 characters.`);
  if (!/^[A-Za-z0-9_-]+$/.test(value)) {
    throw bad(`Invalid tag ${part} <${value}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`);
  }
  return value;
}

function refuseUnknown(fields: Fields, known: readonly string[], where: string): void {
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw bad(`The local endpoint does not know ${unknown} in ${where}; it knows ${known.join(', ')}`);
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function bad(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}
