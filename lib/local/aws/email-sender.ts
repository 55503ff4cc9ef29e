import { randomBytes, randomUUID } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';
import type { EventBuses } from '../event-bus.ts';
import type { Faults } from '../faults.ts';
import type { Mailbox } from '../mailbox.ts';
import type { DeployedConfigurationSet } from '../template/deployment.ts';
import { bareAddress, domainOf, type Email } from './email.ts';
import { describeEmailEvent, type EmailEvent, type EmailEventType, fateOf } from './email-events.ts';
import { AwsError } from './service.ts';

/** What sending needs: who may send, the sets that publish events, and where mail and events go. */
export interface EmailSenderOptions {
  readonly accountId: string;
  readonly region: string;
  /** Verified addresses and domains. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly DeployedConfigurationSet[];
  readonly mailbox: Mailbox;
  readonly buses: EventBuses;
  readonly faults: Faults;
  readonly clock: VirtualClock;
}

/** Accepts emails into the mailbox, and publishes on the default bus what happens to them. */
export class EmailSender {
  readonly #options: EmailSenderOptions;
  readonly #sent = new Map<string, Email>();

  constructor(options: EmailSenderOptions) {
    this.#options = options;
  }

  /**
   * Accepts an email and publishes its events.
   * @returns the message id
   * @throws AwsError `NotFoundException` for an unknown configuration set, `MessageRejected` for an unverified sender
   */
  send(draft: Omit<Email, 'messageId' | 'atMillis'>): string {
    this.#checkConfigurationSet(draft.configurationSetName);
    this.#checkSender(draft.from);
    const atMillis = this.#options.clock.now();
    const email: Email = { ...draft, atMillis, messageId: makeMessageId(atMillis) };
    this.#sent.set(email.messageId, email);
    this.#options.mailbox.keep(...outboxEntryOf(email));
    const isDuplicated = this.#options.faults.take('ses', ['duplicate']) !== undefined;
    for (let copy = 0; copy < (isDuplicated ? 2 : 1); copy += 1) {
      for (const [index, event] of fateOf(email).entries()) {
        // On AWS events follow the answer by seconds; one instant for all would leave their order to chance.
        this.#options.clock.schedule(atMillis + (index + 1) * 1_000, () => this.#publish(email, event));
      }
    }
    return email.messageId;
  }

  /**
   * Publishes an event of an email that was sent, as if it happened now, for all its recipients.
   * @throws Error when no such email was sent
   */
  report(messageId: string, type: EmailEventType): void {
    const email = this.#sent.get(messageId);
    if (!email) throw new Error(`No email with the message id "${messageId}" was sent; take one from the outbox`);
    this.#publish(email, { type, recipients: [...email.to, ...email.cc, ...email.bcc].map(bareAddress) });
  }

  /** How many recipients were written to in the last 24 virtual hours. */
  sentLast24Hours(): number {
    const since = this.#options.clock.now() - 86_400_000;
    const recent = [...this.#sent.values()].filter(({ atMillis }) => atMillis > since);
    return recent.reduce((total, { to, cc, bcc }) => total + to.length + cc.length + bcc.length, 0);
  }

  #checkConfigurationSet(name: string | undefined): void {
    if (name === undefined || this.#options.configurationSets.some((set) => set.name === name)) return;
    throw new AwsError('NotFoundException', `Configuration set <${name}> does not exist.`, 404);
  }

  #checkSender(from: string): void {
    const address = bareAddress(from).toLowerCase();
    const domain = domainOf(from);
    // A verified domain covers its subdomains.
    const isVerified = this.#options.identities
      .map((identity) => identity.toLowerCase())
      .some((identity) => identity === address || identity === domain || domain.endsWith(`.${identity}`));
    if (isVerified) return;
    const failed = `The following identities failed the check in region ${this.#options.region.toUpperCase()}`;
    throw new AwsError('MessageRejected', `Email address is not verified. ${failed}: ${bareAddress(from)}`);
  }

  #publish(email: Email, event: EmailEvent): void {
    const { configurationSets, buses, clock, accountId, region } = this.#options;
    const set = configurationSets.find(({ name }) => name === email.configurationSetName);
    if (!set?.publishedEventTypes.includes(event.type)) return;
    const { detailType, detail } = describeEmailEvent(email, event, { accountId, region, atMillis: clock.now() });
    const resources = [`arn:aws:ses:${region}:${accountId}:configuration-set/${set.name}`];
    buses.publish('default', { source: 'aws.ses', detailType, detail, resources });
  }
}

/** The outbox's entry of an email, and its tags; a header lists the invoices when they are several. */
function outboxEntryOf(email: Email): Parameters<Mailbox['keep']> {
  const { messageId, to, cc, subject, text, html, attachments } = email;
  const at = new Date(email.atMillis).toISOString();
  const listed = email.headers.filter(({ name }) => name.toLowerCase() === INVOICES_HEADER).map(({ value }) => value);
  return [
    { messageId, channel: 'email', to, cc, subject, text, html, at, ...(attachments.length > 0 && { attachments }) },
    { ...email.tags, ...(listed.length > 0 && { invoiceIds: listed.join(',') }) },
  ];
}

/** Tags hold no list, so a header does; it is there more than once when one header is too short. */
const INVOICES_HEADER = 'x-relance-invoices';

/** Looks like SES's ids: the time in hexadecimal, random letters, and the part of the message. */
function makeMessageId(atMillis: number): string {
  const time = atMillis.toString(16).padStart(12, '0');
  return `0102${time}-${randomBytes(4).toString('hex')}-${randomUUID().slice(9)}-000000`;
}
