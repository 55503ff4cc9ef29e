import { randomUUID } from 'node:crypto';
import type { Mailbox, MessageTags } from '../mailbox.ts';
import { queryReply, unknownOperation } from './protocols.ts';
import { type QueryInput, readQueryInput } from './query-input.ts';
import { AwsError, type AwsService } from './service.ts';

/** What SNS needs: where messages end up, and the virtual time in epoch milliseconds. */
export interface SnsOptions {
  readonly mailbox: Mailbox;
  readonly now: () => number;
}

/**
 * SNS behind the endpoint: `Publish` to a phone number. The SMS lands in the mailbox; its message attributes
 * `invoiceId` (or `invoiceIds`, separated by commas), `stepId` and `level` say what it is about.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html (E.164, 1,600 bytes; read 2026-11-23)
 */
export function snsService(options: SnsOptions): AwsService {
  return {
    name: 'sns',
    protocol: 'query',
    claims: { signingName: 'sns' },
    throttled: new AwsError('Throttling', 'Rate exceeded'),
    internalError: new AwsError('InternalError', 'An internal error occurred', 500),
    async handle(request) {
      const input = readQueryInput(request);
      if (input.action !== 'Publish') throw unknownOperation('query', 'sns', input.action);
      return queryReply('Publish', { MessageId: publish(input, options) });
    },
  };
}

function publish({ parameters }: QueryInput, { mailbox, now }: SnsOptions): string {
  if (parameters.has('TopicArn') || parameters.has('TargetArn')) {
    throw invalid('TopicArn and TargetArn: the local endpoint publishes to a PhoneNumber only');
  }
  const phoneNumber = parameters.get('PhoneNumber') ?? '';
  if (!/^\+[1-9]\d{4,14}$/.test(phoneNumber)) {
    throw invalid(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
  }
  const text = parameters.get('Message') ?? '';
  if (text === '') throw invalid('Empty message');
  if (Buffer.byteLength(text) > MESSAGE_BYTES_MAX) throw invalid(`Message too long: over ${MESSAGE_BYTES_MAX} bytes`);
  const attributes = readAttributes(parameters);
  checkSmsAttributes(attributes);
  const messageId = randomUUID();
  const at = new Date(now()).toISOString();
  mailbox.keep(
    { messageId, channel: 'sms', to: [phoneNumber], cc: [], subject: null, text, html: null, at },
    attributes,
  );
  return messageId;
}

const MESSAGE_BYTES_MAX = 1_600;

function readAttributes(parameters: ReadonlyMap<string, string>): MessageTags {
  const attributes: Record<string, string> = {};
  for (let index = 1; parameters.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const prefix = `MessageAttributes.entry.${index}`;
    const name = parameters.get(`${prefix}.Name`) ?? '';
    const type = parameters.get(`${prefix}.Value.DataType`) ?? '';
    const value = parameters.get(`${prefix}.Value.StringValue`) ?? '';
    if (!/^(String|Number)(\.|$)/.test(type)) {
      throw invalidValue(`The message attribute '${name}' has an invalid message attribute type: '${type}'`);
    }
    if (value === '')
      throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute value`);
    attributes[name] = value;
  }
  return attributes;
}

function checkSmsAttributes(attributes: MessageTags): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('AWS.')) continue;
    const check = SMS_ATTRIBUTES[name];
    if (!check) throw invalidValue(`The local endpoint does not know the message attribute ${name}`);
    if (!check.test(value)) throw invalid(`${name} Reason: ${value} is not valid`);
  }
}

const SMS_ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  'AWS.SNS.SMS.SMSType': /^(Promotional|Transactional)$/,
  // 3 to 11 letters and digits, at least one letter.
  'AWS.SNS.SMS.SenderID': /^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/,
  'AWS.SNS.SMS.MaxPrice': /^\d+(\.\d+)?$/,
  'AWS.MM.SMS.OriginationNumber': /^\+?\d{5,14}$/,
};

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${message}`);
}

function invalidValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}
