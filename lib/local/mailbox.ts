/** A message that was sent, as `GET /_local/outbox` answers it; `at` is the virtual instant, UTC ISO 8601. */
export interface OutboxEntry {
  readonly messageId: string;
  readonly channel: 'email' | 'sms' | 'letter' | 'registered-letter';
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** `null` for an SMS. */
  readonly subject: string | null;
  readonly text: string | null;
  /** `null` for anything but an email. */
  readonly html: string | null;
  readonly at: string;
  readonly invoiceIds: readonly string[];
  readonly stepId: string | null;
  readonly level: string | null;
  /** Of an email that has any: what is in it beside its text. */
  readonly attachments?: readonly SentAttachment[];
}

/** A file or picture of an email; `content` is base64, `contentId` what its HTML calls it by, if it does. */
export interface SentAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly contentId: string | null;
  readonly content: string;
}

/** The tags a message carries: SES email tags, or SNS message attributes. */
export type MessageTags = Readonly<Record<string, string>>;

/** What was sent by every channel, in the order it was accepted. */
export class Mailbox {
  readonly #entries: OutboxEntry[];

  /** @param kept what a mailbox before this one held */
  constructor(kept: readonly OutboxEntry[] = []) {
    this.#entries = [...kept];
  }

  /**
   * Keeps a message; which invoice, step and level it speaks of stands in its tags. The tag `invoiceIds` lists all the
   * invoices of a message that speaks of several, separated by commas.
   */
  keep(message: Omit<OutboxEntry, 'invoiceIds' | 'stepId' | 'level'>, tags: MessageTags): void {
    this.#entries.push({
      ...message,
      invoiceIds: invoiceIdsIn(tags),
      stepId: tags.stepId === undefined ? null : plain(tags.stepId, tags),
      level: tags.level ?? null,
    });
  }

  /** Keeps a letter when it is posted; one that is kept already, by its id, is not posted twice. */
  keepLetter(letter: OutboxEntry): void {
    const isKept = this.#entries.some(
      ({ messageId, channel }) => messageId === letter.messageId && channel === letter.channel,
    );
    if (!isKept) this.#entries.push(letter);
  }

  /** Everything sent, or what was sent about one invoice; oldest first. */
  entries(filter: { readonly invoiceId?: string } = {}): OutboxEntry[] {
    const { invoiceId } = filter;
    return this.#entries.filter((entry) => invoiceId === undefined || entry.invoiceIds.includes(invoiceId));
  }
}

function invoiceIdsIn(tags: MessageTags): string[] {
  const listed = tags.invoiceIds?.split(',').map((id) => id.trim());
  return listed ?? (tags.invoiceId === undefined ? [] : [plain(tags.invoiceId, tags)]);
}

/** An id as it was before the sender escaped its dots, which SES refuses in tags: the tag `escaped` says that `-1` stands for a dot and `-0` for a dash. */
function plain(value: string, tags: MessageTags): string {
  if (tags.escaped === undefined) return value;
  return value.replace(/-[01]/g, (mark) => (mark === '-0' ? '-' : '.'));
}
