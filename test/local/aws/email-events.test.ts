import { describe, expect, it } from 'vitest';
import { START } from './aws-fixture.ts';
import { AT, EmailStage } from './email-stage.ts';

const stage = EmailStage.forThisFile();

describe('the mailbox simulator', () => {
  it.each([
    ['success@simulator.amazonses.com', ['Email Sent', 'Email Delivered']],
    ['bounce@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['Bounce+inv1@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['suppressionlist@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['complaint@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Complaint Received']],
    ['ooto@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Bounced']],
    ['bounce@simulator.example', ['Email Sent', 'Email Delivered']],
  ])('answers mail to %s with %j', async (address, types) => {
    await stage.sendTo(address);
    expect(await stage.eventTypes()).toEqual(types);
  });

  it('bounces for good, with who bounced and why', async () => {
    await stage.sendTo('bounce@simulator.amazonses.com', 'compta@martin.example');
    await stage.aws.clock.advanceTo(stage.aws.clock.now() + 10_000);
    expect(stage.aws.events().map(({ detail }) => detail)).toMatchObject([
      { eventType: 'Send' },
      { eventType: 'Delivery', delivery: { recipients: ['compta@martin.example'] } },
      {
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          timestamp: '2026-11-10T08:41:03.000Z',
          bouncedRecipients: [{ emailAddress: 'bounce@simulator.amazonses.com', action: 'failed', status: '5.1.1' }],
        },
      },
    ]);
  });

  it.each([
    ['suppressionlist', { bounceType: 'Permanent', bounceSubType: 'Suppressed' }],
    ['ooto', { bounceType: 'Transient', bounceSubType: 'General' }],
  ])('tells the bounce of %s apart', async (name, bounce) => {
    await stage.sendTo(`${name}@simulator.amazonses.com`);
    await stage.aws.clock.advanceTo(stage.aws.clock.now() + 10_000);
    expect(stage.aws.events().at(-1)?.detail).toMatchObject({ eventType: 'Bounce', bounce });
  });

  it('complains with who complained', async () => {
    await stage.sendTo('complaint@simulator.amazonses.com');
    await stage.aws.clock.advanceTo(stage.aws.clock.now() + 10_000);
    expect(stage.aws.events().at(-1)?.detail).toMatchObject({
      eventType: 'Complaint',
      complaint: {
        complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }],
        complaintFeedbackType: 'abuse',
      },
    });
  });
});

describe('events reported for an email that was sent', () => {
  it.each([
    ['DELIVERY', 'Email Delivered', 'delivery'],
    ['BOUNCE', 'Email Bounced', 'bounce'],
    ['COMPLAINT', 'Email Complaint Received', 'complaint'],
    ['OPEN', 'Email Opened', 'open'],
  ] as const)('are published as SES would: %s', async (type, detailType, key) => {
    const { MessageId = '' } = await stage.send();
    await stage.aws.clock.advanceTo(START + 3_600_000);
    stage.aws.sender.report(MessageId, type);
    await stage.aws.clock.advanceTo(stage.aws.clock.now() + 10_000);
    expect(stage.aws.events().at(-1)).toMatchObject({
      'detail-type': detailType,
      time: '2026-11-10T09:41:00Z',
      detail: { mail: { messageId: MessageId, timestamp: AT }, [key]: { timestamp: '2026-11-10T09:41:00.000Z' } },
    });
  });

  it('need a message id that was sent', () => {
    expect(() => stage.aws.sender.report('nope', 'OPEN')).toThrow('No email with the message id "nope" was sent');
  });
});
