import { SESv2Client, type SendEmailCommand } from '@aws-sdk/client-sesv2';
import { type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { OutgoingEmail } from '../../lib/app/ports.ts';
import { sendEmailBySes } from '../../lib/channels/send-email-by-ses.ts';
import { sendSmsBySns } from '../../lib/channels/send-sms-by-sns.ts';

const SETTINGS = {
  senderAddress: 'comptabilite@ponant.example',
  senderName: 'Ateliers du Ponant',
  replyToAddress: 'comptabilite@ponant.example',
  configurationSet: 'relance',
};

const TAGS = { invoiceId: 'INV-1', stepId: 'A1', cycle: '1', level: 'level1' };

const EMAIL: OutgoingEmail = {
  to: ['anne@martin.example'],
  cc: [],
  subject: 'Facture',
  html: '<p>Bonjour</p>',
  text: 'Bonjour\n',
  images: [],
  tags: TAGS,
  invoiceIds: ['INV-1'],
};

/** What a client was asked to send; nothing leaves. */
async function sentBy<Command>(client: SESv2Client | SNSClient, act: () => Promise<unknown>): Promise<Command> {
  const asked: unknown[] = [];
  Object.assign(client, {
    send: async (command: unknown) => {
      asked.push(command);
      return { MessageId: 'm-1' };
    },
  });
  await act();
  return asked[0] as Command;
}

async function askedOfSes(email: Partial<OutgoingEmail>): Promise<SendEmailCommand['input']> {
  const client = new SESv2Client({ region: 'eu-west-3' });
  const send = sendEmailBySes(client, SETTINGS);
  return (await sentBy<SendEmailCommand>(client, () => send({ ...EMAIL, ...email }))).input;
}

describe('an email by SES', () => {
  it('carries its pictures inside, as its HTML refers to them', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const images = [{ contentId: 'payment-qr', contentType: 'image/png', bytes }] as const;
    expect((await askedOfSes({ images })).Content?.Simple?.Attachments).toEqual([
      {
        FileName: 'payment-qr.png',
        ContentType: 'image/png',
        ContentDisposition: 'INLINE',
        ContentId: 'payment-qr',
        ContentTransferEncoding: 'BASE64',
        RawContent: bytes,
      },
    ]);
  });

  it('lists its invoices in a header, as many whole ids as fit', async () => {
    const invoiceIds = Array.from({ length: 100 }, (_, index) => `INV-2026-${String(index).padStart(6, '0')}`);
    const { Headers } = (await askedOfSes({ invoiceIds })).Content?.Simple ?? {};
    const [header] = Headers ?? [];
    expect(header?.Name).toBe('X-Relance-Invoices');
    expect(header?.Value).toMatch(/^INV-2026-000000, INV-2026-000001, .*INV-2026-\d{6}$/);
    expect(header?.Value?.length).toBeLessThanOrEqual(870);
  });

  it('has a tag for its level, and none when it confirms what was said', async () => {
    expect((await askedOfSes({})).EmailTags).toContainEqual({ Name: 'level', Value: 'level1' });
    const confirmation = await askedOfSes({ tags: { ...TAGS, stepId: 'confirmation-1', level: null } });
    expect(confirmation.EmailTags?.map(({ Name }) => Name)).toEqual(['invoiceId', 'stepId', 'cycle']);
  });
});

describe('a text message by SNS', () => {
  it('names its invoices, and its level when it has one', async () => {
    const client = new SNSClient({ region: 'eu-west-3' });
    const send = sendSmsBySns(client, { smsSenderId: 'PONANT' });
    const sms = { to: '+33600000000', text: 'Bonjour', tags: { ...TAGS, level: null }, invoiceIds: ['INV-1', 'INV-2'] };
    const { input } = await sentBy<PublishCommand>(client, () => send(sms));
    expect(input.MessageAttributes?.invoiceIds).toEqual({ DataType: 'String', StringValue: 'INV-1, INV-2' });
    expect(input.MessageAttributes).not.toHaveProperty('level');
  });
});
