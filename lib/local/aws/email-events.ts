import { randomUUID } from 'node:crypto';
import { bareAddress, domainOf, type Email } from './email.ts';

/** What can happen to an email, by the names of `MatchingEventTypes`. */
export type EmailEventType = 'SEND' | 'DELIVERY' | 'BOUNCE' | 'COMPLAINT' | 'OPEN';

/** One thing that happened to an email, for some of its recipients. */
export interface EmailEvent {
  readonly type: EmailEventType;
  readonly recipients: readonly string[];
  /** For a bounce: `Permanent/General` and so on; a permanent general one when left out. */
  readonly bounce?: { readonly type: string; readonly subType: string };
}

/** Who sent the email, and when its event happens. */
export interface EmailEventScope {
  readonly accountId: string;
  readonly region: string;
  /** Virtual epoch milliseconds. */
  readonly atMillis: number;
}

/**
 * The event SES puts on the default event bus, as detail type and detail.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html (detail types, read 2026-11-23)
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html shapes of the details
 */
export function describeEmailEvent(
  email: Email,
  event: EmailEvent,
  scope: EmailEventScope,
): { detailType: string; detail: Record<string, unknown> } {
  const { detailType, eventType, key } = NAMES[event.type];
  return { detailType, detail: { eventType, mail: mailOf(email, scope), [key]: CONTENTS[event.type](event, scope) } };
}

/**
 * What becomes of an email once it is accepted. The mailbox simulator's addresses behave as on AWS, also with a label
 * as in `bounce+a@simulator.amazonses.com`; any other address takes the mail.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 */
export function fateOf(email: Email): EmailEvent[] {
  const recipients = [...email.to, ...email.cc, ...email.bcc].map(bareAddress);
  const events: EmailEvent[] = [{ type: 'SEND', recipients }];
  const delivered = recipients.filter((address) => !BOUNCES.has(simulatedBehaviour(address)));
  if (delivered.length > 0) events.push({ type: 'DELIVERY', recipients: delivered });
  for (const address of recipients) {
    const event = SIMULATOR[simulatedBehaviour(address)];
    if (event) events.push({ ...event, recipients: [address] });
  }
  return events;
}

const NAMES: Readonly<Record<EmailEventType, { detailType: string; eventType: string; key: string }>> = {
  SEND: { detailType: 'Email Sent', eventType: 'Send', key: 'send' },
  DELIVERY: { detailType: 'Email Delivered', eventType: 'Delivery', key: 'delivery' },
  BOUNCE: { detailType: 'Email Bounced', eventType: 'Bounce', key: 'bounce' },
  COMPLAINT: { detailType: 'Email Complaint Received', eventType: 'Complaint', key: 'complaint' },
  OPEN: { detailType: 'Email Opened', eventType: 'Open', key: 'open' },
};

const REPORTING_MTA = 'a1-1.smtp-out.amazonses.com';
const PERMANENT_BOUNCE = { type: 'Permanent', subType: 'General' };

const BOUNCES = new Set(['bounce', 'suppressionlist']);

const SIMULATOR: Readonly<Record<string, Omit<EmailEvent, 'recipients'>>> = {
  bounce: { type: 'BOUNCE', bounce: PERMANENT_BOUNCE },
  suppressionlist: { type: 'BOUNCE', bounce: { type: 'Permanent', subType: 'Suppressed' } },
  // The automatic answer of somebody out of office reaches SES as a transient bounce of a delivered message.
  ooto: { type: 'BOUNCE', bounce: { type: 'Transient', subType: 'General' } },
  complaint: { type: 'COMPLAINT' },
};

function simulatedBehaviour(address: string): string {
  return address.toLowerCase().match(/^([a-z]+)(\+[^@]*)?@simulator\.amazonses\.com$/)?.[1] ?? '';
}

type Contents = (event: EmailEvent, scope: EmailEventScope) => Record<string, unknown>;

const CONTENTS: Readonly<Record<EmailEventType, Contents>> = {
  SEND: () => ({}),
  DELIVERY: ({ recipients }, scope) => ({
    timestamp: timestamp(scope),
    processingTimeMillis: 500,
    recipients,
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: REPORTING_MTA,
  }),
  BOUNCE: ({ recipients, bounce = PERMANENT_BOUNCE }, scope) => ({
    feedbackId: randomUUID(),
    bounceType: bounce.type,
    bounceSubType: bounce.subType,
    bouncedRecipients: recipients.map((emailAddress) => bouncedRecipient(emailAddress, bounce.type)),
    timestamp: timestamp(scope),
    reportingMTA: `dns; ${REPORTING_MTA}`,
  }),
  COMPLAINT: ({ recipients }, scope) => ({
    feedbackId: randomUUID(),
    complaintSubType: null,
    complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
    timestamp: timestamp(scope),
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: timestamp(scope),
  }),
  OPEN: (_event, scope) => ({ timestamp: timestamp(scope), ipAddress: '192.0.2.1', userAgent: 'Mozilla/5.0' }),
};

function bouncedRecipient(emailAddress: string, bounceType: string): Record<string, string> {
  if (bounceType !== 'Permanent') return { emailAddress };
  return { emailAddress, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
}

function mailOf(email: Email, { accountId, region }: EmailEventScope): Record<string, unknown> {
  const destination = [...email.to, ...email.cc, ...email.bcc].map(bareAddress);
  return {
    timestamp: new Date(email.atMillis).toISOString(),
    source: email.from,
    sourceArn: `arn:aws:ses:${region}:${accountId}:identity/${domainOf(email.from)}`,
    sendingAccountId: accountId,
    messageId: email.messageId,
    destination,
    headersTruncated: false,
    headers: headersOf(email),
    commonHeaders: {
      from: [email.from],
      ...(email.replyTo.length > 0 ? { replyTo: email.replyTo } : {}),
      to: email.to,
      ...(email.cc.length > 0 ? { cc: email.cc } : {}),
      messageId: email.messageId,
      subject: email.subject,
    },
    tags: tagsOf(email),
  };
}

function headersOf(email: Email): { name: string; value: string }[] {
  return [
    { name: 'From', value: email.from },
    ...(email.replyTo.length > 0 ? [{ name: 'Reply-To', value: email.replyTo.join(', ') }] : []),
    { name: 'To', value: email.to.join(', ') },
    ...(email.cc.length > 0 ? [{ name: 'Cc', value: email.cc.join(', ') }] : []),
    { name: 'Subject', value: email.subject },
    { name: 'MIME-Version', value: '1.0' },
    ...email.headers,
  ];
}

function tagsOf(email: Email): Record<string, string[]> {
  const own = Object.fromEntries(Object.entries(email.tags).map(([name, value]) => [name, [value]]));
  return {
    ...own,
    'ses:operation': ['SendEmail'],
    'ses:configuration-set': [email.configurationSetName ?? ''],
    'ses:source-ip': ['127.0.0.1'],
    'ses:from-domain': [domainOf(email.from)],
    'ses:caller-identity': ['local'],
  };
}

function timestamp({ atMillis }: EmailEventScope): string {
  return new Date(atMillis).toISOString();
}
