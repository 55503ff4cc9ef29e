import { ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, type LocalAws, START, startLocalAws } from './aws-fixture.ts';

let aws: LocalAws;
let client: SNSClient;

beforeEach(async () => {
  aws = await startLocalAws();
  client = new SNSClient({ endpoint: aws.endpoint.url, ...CLIENT });
});

afterEach(async () => {
  client.destroy();
  await aws.endpoint.close();
});

const PHONE = { PhoneNumber: '+33612345678', Message: 'Rappel <1> & "2"' };
const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const publish = (attributes: Record<string, { DataType: string; StringValue?: string }> = {}, more = {}) =>
  client.send(new PublishCommand({ ...PHONE, MessageAttributes: attributes, ...more }));

describe('Publish to a phone number', () => {
  it('puts the SMS into the mailbox with what its attributes say', async () => {
    const { MessageId } = await publish({
      'AWS.SNS.SMS.SMSType': text('Transactional'),
      'AWS.SNS.SMS.SenderID': text('RELANCE'),
      invoiceId: text('INV.2026/0042'),
      stepId: text('A4'),
      level: text('level2'),
    });
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(aws.mailbox.entries()).toEqual([
      {
        messageId: MessageId,
        channel: 'sms',
        to: ['+33612345678'],
        cc: [],
        subject: null,
        text: 'Rappel <1> & "2"',
        html: null,
        at: new Date(START).toISOString(),
        invoiceIds: ['INV.2026/0042'],
        stepId: 'A4',
        level: 'level2',
      },
    ]);
  });

  it('lists every invoice the SMS speaks of', async () => {
    await publish({ invoiceId: text('INV-1'), invoiceIds: text('INV-1,INV.2') });
    expect(aws.mailbox.entries()).toMatchObject([{ invoiceIds: ['INV-1', 'INV.2'] }]);
  });

  it('takes a message of 1600 bytes and without attributes', async () => {
    await publish({}, { Message: 'é'.repeat(800) });
    expect(aws.mailbox.entries()).toMatchObject([{ invoiceIds: [], stepId: null, level: null }]);
  });

  it.each([
    [
      'a number without plus',
      {},
      { PhoneNumber: '0612345678' },
      'InvalidParameterException',
      /PhoneNumber Reason: 0612345678 is not valid/,
    ],
    [
      'a number that starts with zero',
      {},
      { PhoneNumber: '+0612345678' },
      'InvalidParameterException',
      /is not valid to publish to/,
    ],
    [
      'a number of 16 digits',
      {},
      { PhoneNumber: '+3361234567890123' },
      'InvalidParameterException',
      /is not valid to publish to/,
    ],
    ['a number of XML', {}, { PhoneNumber: '<b>&"' }, 'InvalidParameterException', /Reason: <b>&" is not valid/],
    ['an empty message', {}, { Message: '' }, 'InvalidParameterException', /Empty message/],
    ['a message over 1600 bytes', {}, { Message: 'é'.repeat(801) }, 'InvalidParameterException', /Message too long/],
    [
      'an unknown type of SMS',
      { 'AWS.SNS.SMS.SMSType': text('Urgent') },
      {},
      'InvalidParameterException',
      /SMSType Reason: Urgent/,
    ],
    [
      'a sender of digits only',
      { 'AWS.SNS.SMS.SenderID': text('123456') },
      {},
      'InvalidParameterException',
      /SenderID Reason: 123456/,
    ],
    [
      'a sender of 12 letters',
      { 'AWS.SNS.SMS.SenderID': text('RELANCERELAN') },
      {},
      'InvalidParameterException',
      /SenderID/,
    ],
    [
      'a sender with a space',
      { 'AWS.SNS.SMS.SenderID': text('MA BANQUE') },
      {},
      'InvalidParameterException',
      /SenderID/,
    ],
    [
      'an unknown attribute of AWS',
      { 'AWS.SNS.SMS.Color': text('red') },
      {},
      'InvalidParameterValueException',
      /does not know .*Color/,
    ],
    [
      'an attribute without value',
      { level: { DataType: 'String' } },
      {},
      'InvalidParameterValueException',
      /'level' must contain non-empty/,
    ],
    [
      'an attribute of bytes',
      { level: { DataType: 'Binary', StringValue: 'a' } },
      {},
      'InvalidParameterValueException',
      /invalid message attribute type: 'Binary'/,
    ],
    [
      'a topic',
      {},
      { TopicArn: 'arn:aws:sns:eu-west-1:1:t', PhoneNumber: undefined },
      'InvalidParameterException',
      /PhoneNumber only/,
    ],
  ])('refuses %s and sends nothing', async (_what, attributes, more, name, message) => {
    await expect(publish(attributes, more)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(aws.mailbox.entries()).toEqual([]);
  });

  it('says which action it does not know', async () => {
    await expect(client.send(new ListTopicsCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('"ListTopics" of sns'),
    });
  });
});

describe('faults of SNS', () => {
  it.each([
    ['throttle', { name: 'Throttling', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } }],
    ['error', { name: 'InternalErrorException', $metadata: { httpStatusCode: 500 } }],
    ['crash-before-reply', { code: 'ECONNRESET' }],
  ])('of kind %s send nothing', async (kind, error) => {
    aws.faults.inject({ service: 'sns', kind });
    await expect(publish()).rejects.toMatchObject(error);
    expect(aws.mailbox.entries()).toEqual([]);
  });

  it('of kind timeout-after-success send and cut the connection', async () => {
    aws.faults.inject({ service: 'sns', kind: 'timeout-after-success' });
    await expect(publish()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(aws.mailbox.entries()).toHaveLength(1);
  });
});
