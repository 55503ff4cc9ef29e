import { describe, expect, it } from 'vitest';
import { deliveryReportOf } from '../../lib/contracts/delivery-event.ts';
import { describeEmailEvent, type EmailEvent } from '../../lib/local/aws/email-events.ts';

const email = {
  messageId: 'm-1',
  atMillis: Date.parse('2026-11-10T08:41:00Z'),
  from: 'Lumen <dunning@lumen.example>',
  replyTo: [],
  to: ['Anne Martin <compta@martin.example>'],
  cc: [],
  bcc: [],
  subject: 'Facture',
  text: 'Bonjour',
  html: null,
  headers: [],
  attachments: [],
  tags: { invoiceId: 'INV-1', stepId: 'A1', level: 'level1', cycle: '2' },
  configurationSetName: 'relance-test',
};

/** An SES event as EventBridge delivers it. */
function anEvent(event: Partial<EmailEvent>, changes: Partial<typeof email> = {}) {
  const scope = { accountId: '000000000000', region: 'eu-west-1', atMillis: email.atMillis };
  const whole = { type: 'DELIVERY', recipients: ['compta@martin.example'], ...event } as const;
  const { detailType, detail } = describeEmailEvent({ ...email, ...changes }, whole, scope);
  return { 'detail-type': detailType, source: 'aws.ses', time: '2026-11-10T08:41:02Z', detail };
}

describe('the report of an SES event', () => {
  it('says of which step it is, by the tags the notice was sent with', () => {
    expect(deliveryReportOf(anEvent({ type: 'DELIVERY' }))).toEqual({
      invoiceId: 'INV-1',
      cycle: 2,
      stepId: 'A1',
      messageId: 'm-1',
      event: 'delivery',
      at: '2026-11-10T08:41:02.000Z',
      destination: ['compta@martin.example'],
      recipients: [],
      isPermanent: false,
    });
  });

  it('reads ids whose dots were escaped', () => {
    const tags = { ...email.tags, invoiceId: 'INV-01-12', escaped: 'dots' };
    expect(deliveryReportOf(anEvent({}, { tags } as Partial<typeof email>)).invoiceId).toBe('INV-1.2');
  });

  it.each([
    ['Permanent', true],
    ['Transient', false],
    ['Undetermined', false],
  ])('names who bounced, and of a bounce of type %s that it is permanent: %s', (type, isPermanent) => {
    const recipients = ['compta@martin.example', 'dg@martin.example'];
    const report = deliveryReportOf(anEvent({ type: 'BOUNCE', recipients, bounce: { type, subType: 'General' } }));
    expect(report).toMatchObject({ event: 'bounce', recipients, isPermanent });
  });

  it('names who bounced without the display name', () => {
    const recipients = ['Anne Martin <compta@martin.example>'];
    expect(deliveryReportOf(anEvent({ type: 'BOUNCE', recipients })).recipients).toEqual(['compta@martin.example']);
  });

  it('names who complained', () => {
    const report = deliveryReportOf(anEvent({ type: 'COMPLAINT', recipients: ['dg@martin.example'] }));
    expect(report).toMatchObject({ event: 'complaint', recipients: ['dg@martin.example'], isPermanent: false });
  });

  it('tells that the email was opened', () => {
    expect(deliveryReportOf(anEvent({ type: 'OPEN' }))).toMatchObject({ event: 'open', recipients: [] });
  });

  it('reads the notice of a confirmation, which has no level', () => {
    const { level: _, ...tags } = { ...email.tags, stepId: 'confirmation-1' };
    expect(deliveryReportOf(anEvent({}, { tags } as Partial<typeof email>)).stepId).toBe('confirmation-1');
  });

  it.each([
    ['click', { ...anEvent({}), detail: { ...anEvent({}).detail, eventType: 'Click' } }],
    ['event of an email without tags', anEvent({}, { tags: {} } as Partial<typeof email>)],
  ])('is refused for a %s', (_what, event) => {
    expect(() => deliveryReportOf(event)).toThrow(expect.objectContaining({ name: 'Dunning.Contract' }));
  });
});
