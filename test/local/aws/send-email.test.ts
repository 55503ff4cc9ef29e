import { describe, expect, it } from 'vitest';
import { SENDER } from './aws-fixture.ts';
import { AT, CONTENT, EmailStage } from './email-stage.ts';

const stage = EmailStage.forThisFile();

describe('SendEmail', () => {
  it('puts the email into the mailbox with what its tags say', async () => {
    const { MessageId } = await stage.send();
    expect(MessageId).toMatch(/^0102[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f-]+-000000$/);
    expect(stage.aws.mailbox.entries()).toEqual([
      {
        messageId: MessageId,
        channel: 'email',
        to: ['Anne Martin <compta@martin.example>'],
        cc: ['paul@vendeur.example'],
        subject: 'Facture 2026-0042 impayée',
        text: 'Bonjour, é',
        html: '<p>Bonjour</p>',
        at: AT,
        invoiceIds: ['INV-2026-0042'],
        stepId: 'A1',
        level: 'level1',
      },
    ]);
  });

  it('keeps an email without level as one of no level', async () => {
    await stage.send({ EmailTags: [{ Name: 'invoiceId', Value: 'INV-1' }] });
    expect(stage.aws.mailbox.entries()).toMatchObject([{ invoiceIds: ['INV-1'], stepId: null, level: null }]);
  });

  it('lists every invoice its headers name', async () => {
    const Headers = ['INV-1,INV-2', 'INV-3'].map((Value) => ({ Name: 'X-Relance-Invoices', Value }));
    await stage.send({ Content: { Simple: { ...CONTENT, Headers } } });
    expect(stage.aws.mailbox.entries()).toMatchObject([{ invoiceIds: ['INV-1', 'INV-2', 'INV-3'], stepId: 'A1' }]);
  });

  it('takes a header of 996 characters with its name, and none longer', async () => {
    const withHeader = (Value: string) =>
      stage.send({ Content: { Simple: { ...CONTENT, Headers: [{ Name: 'X-Relance', Value }] } } });
    await withHeader('x'.repeat(987));
    await expect(withHeader('x'.repeat(988))).rejects.toMatchObject({ message: 'The header <X-Relance> is too long' });
  });

  it('carries the picture its HTML refers to', async () => {
    const picture = { FileName: 'payment.png', ContentType: 'image/png', ContentId: 'payment-qr' } as const;
    const RawContent = Buffer.from('\x89PNG');
    await stage.send({
      Content: { Simple: { ...CONTENT, Attachments: [{ ...picture, ContentDisposition: 'INLINE', RawContent }] } },
    });
    expect(stage.aws.mailbox.entries()).toMatchObject([
      {
        attachments: [
          {
            fileName: 'payment.png',
            contentType: 'image/png',
            contentId: 'payment-qr',
            content: RawContent.toString('base64'),
          },
        ],
      },
    ]);
  });

  it.each([
    ['without a name', { FileName: '' }, 'FileName is missing or wrong'],
    ['without content', { RawContent: Buffer.alloc(0) }, 'RawContent of a.png is not base64'],
    ['with an id that is too long', { ContentId: 'x'.repeat(79) }, 'ContentId of a.png must be 1 to 78'],
    ['of no type', { ContentType: 'png' }, 'ContentType of a.png is no media type'],
    ['shown in a way there is not', { ContentDisposition: 'BESIDE' as 'INLINE' }, 'BESIDE is not one of ATTACHMENT'],
  ])('refuses an attachment %s', async (_what, change, message) => {
    const Attachments = [{ FileName: 'a.png', RawContent: Buffer.from('x'), ...change }];
    await expect(stage.send({ Content: { Simple: { ...CONTENT, Attachments } } })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
  });

  it('publishes on the default bus that it was sent and delivered, in the shape SES uses', async () => {
    const { MessageId } = await stage.send();
    await stage.aws.clock.advanceTo(stage.aws.clock.now() + 10_000);
    const mail = {
      timestamp: AT,
      messageId: MessageId,
      source: SENDER,
      sendingAccountId: '123456789012',
      destination: ['compta@martin.example', 'paul@vendeur.example'],
      tags: {
        invoiceId: ['INV-2026-0042'],
        stepId: ['A1'],
        level: ['level1'],
        'ses:configuration-set': ['notices'],
        'ses:from-domain': ['creditor.example'],
      },
      commonHeaders: {
        from: [SENDER],
        replyTo: ['credit@creditor.example'],
        to: ['Anne Martin <compta@martin.example>'],
        cc: ['paul@vendeur.example'],
        messageId: MessageId,
        subject: 'Facture 2026-0042 impayée',
      },
    };
    expect(stage.aws.events()).toMatchObject([
      { source: 'aws.ses', 'detail-type': 'Email Sent', detail: { eventType: 'Send', mail, send: {} } },
      {
        source: 'aws.ses',
        'detail-type': 'Email Delivered',
        resources: ['arn:aws:ses:eu-west-1:123456789012:configuration-set/notices'],
        detail: {
          eventType: 'Delivery',
          mail,
          delivery: { timestamp: '2026-11-10T08:41:02.000Z', recipients: mail.destination },
        },
      },
    ]);
    expect(stage.aws.events()[0]?.detail.mail).toMatchObject({
      headers: expect.arrayContaining([
        { name: 'X-Relance', value: 'A1' },
        { name: 'Subject', value: 'Facture 2026-0042 impayée' },
      ]),
    });
  });

  it('publishes nothing without a configuration set', async () => {
    await stage.send({ ConfigurationSetName: undefined });
    expect(await stage.eventTypes()).toEqual([]);
  });

  it('publishes only the events the configuration set asks for', async () => {
    await stage.send({ ConfigurationSetName: 'bounces-only' });
    expect(await stage.eventTypes()).toEqual([]);
    await stage.send({
      ConfigurationSetName: 'bounces-only',
      Destination: { ToAddresses: ['bounce@simulator.amazonses.com'] },
    });
    expect(await stage.eventTypes()).toEqual(['Email Bounced']);
  });

  it.each([
    ['an address of a verified domain', 'Relance <any@verified.example>'],
    ['an address of a subdomain of it', 'any@mail.verified.example'],
    ['a verified address in other letters', 'Relance@Creditor.Example'],
  ])('takes %s for the sender', async (_what, FromEmailAddress) => {
    await stage.send({ FromEmailAddress });
    expect(stage.aws.mailbox.entries()).toHaveLength(1);
  });

  it('refuses a configuration set that is not there', async () => {
    await expect(stage.send({ ConfigurationSetName: 'nope' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Configuration set <nope> does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
    expect(stage.aws.mailbox.entries()).toEqual([]);
  });

  it.each([
    ['another address of the domain of a verified one', 'x@creditor.example'],
    ['a domain that only ends like a verified one', 'x@notverified.example'],
  ])('refuses %s for the sender', async (_what, address) => {
    await expect(stage.send({ FromEmailAddress: address })).rejects.toMatchObject({
      name: 'MessageRejected',
      message: `Email address is not verified. The following identities failed the check in region EU-WEST-1: ${address}`,
    });
    expect(stage.aws.mailbox.entries()).toEqual([]);
  });

  it.each([
    ['no sender', { FromEmailAddress: undefined }, /FromEmailAddress is missing/],
    ['no recipient', { Destination: {} }, /Destination has no address/],
    ['51 recipients', { Destination: { ToAddresses: Array(51).fill('a@b.example') } }, /exceeds 50/],
    ['an address without domain', { Destination: { ToAddresses: ['anne'] } }, /Missing final '@domain' in "anne"/],
    ['an address with a space', { Destination: { ToAddresses: ['a nne@b.example'] } }, /control or whitespace/],
    ['a domain without dot', { Destination: { ToAddresses: ['a@localhost'] } }, /Domain .* has no dot/],
    ['a name that is not ASCII', { FromEmailAddress: 'Société <relance@creditor.example>' }, /MIME encoded-word/],
    ['a tag value with a dot', { EmailTags: [{ Name: 'invoiceId', Value: 'INV.1' }] }, /Invalid tag value <INV\.1>/],
    ['a tag name with a space', { EmailTags: [{ Name: 'invoice id', Value: '1' }] }, /Invalid tag name <invoice id>/],
    ['an empty tag value', { EmailTags: [{ Name: 'invoiceId', Value: '' }] }, /tag value must be specified/],
    ['a long tag value', { EmailTags: [{ Name: 'invoiceId', Value: 'x'.repeat(257) }] }, /cannot exceed 256/],
    [
      'a tag twice',
      {
        EmailTags: [
          { Name: 'a', Value: '1' },
          { Name: 'a', Value: '2' },
        ],
      },
      /Duplicate tag names/,
    ],
    [
      'a header with a colon',
      { Content: { Simple: { ...CONTENT, Headers: [{ Name: 'X:Y', Value: '1' }] } } },
      /Invalid header name <X:Y>/,
    ],
    [
      'a header over two lines',
      { Content: { Simple: { ...CONTENT, Headers: [{ Name: 'X-Y', Value: 'a\r\nBcc: b' }] } } },
      /Invalid value of the header <X-Y>/,
    ],
    ['no subject', { Content: { Simple: { ...CONTENT, Subject: { Data: '' } } } }, /Subject\.Data is missing/],
    ['no body', { Content: { Simple: { ...CONTENT, Body: {} } } }, /needs Text or Html/],
    ['raw content', { Content: { Raw: { Data: Buffer.from('x') } } }, /does not know Raw in Content; it knows Simple/],
    ['a tenant', { TenantName: 'a' }, /does not know TenantName in SendEmail/],
  ])('refuses %s and sends nothing', async (_what, more, message) => {
    const name = 'BadRequestException';
    await expect(stage.send(more)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(stage.aws.mailbox.entries()).toEqual([]);
    expect(await stage.eventTypes()).toEqual([]);
  });
});
