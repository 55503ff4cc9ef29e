/** A message that was sent, as `GET /_local/outbox` answers it; `at` is the virtual instant, UTC ISO 8601. */
export interface OutboxEntry {
  readonly messageId: string;
  readonly channel: 'email' | 'sms';
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** `null` for an SMS. */
  readonly subject: string | null;
  readonly text: string | null;
  /** `null` for an SMS. */
  readonly html: string | null;
  readonly at: string;
  readonly invoiceIds: readonly string[];
  readonly stepId: string | null;
  readonly level: string | null;
}

/** The tags a message carries: SES email tags, or SNS message attributes. */
export type MessageTags = Readonly<Record<string, string>>;

/** What was sent by every channel, in the order it was accepted. */
export class Mailbox {
  readonly #entries: OutboxEntry[] = [];

  /** Keeps a message; which invoice, step and level it speaks of stands in its tags. */
  keep(message: Omit<OutboxEntry, 'invoiceIds' | 'stepId' | 'level'>, tags: MessageTags): void {
    this.#entries.push({
      ...message,
      invoiceIds: tags.invoiceId === undefined ? [] : [plain(tags.invoiceId, tags)],
      stepId: tags.stepId === undefined ? null : plain(tags.stepId, tags),
      level: tags.level ?? null,
    });
  }

  /** Everything sent, or what was sent about one invoice; oldest first. */
  entries(filter: { readonly invoiceId?: string } = {}): OutboxEntry[] {
    const { invoiceId } = filter;
    return this.#entries.filter((entry) => invoiceId === undefined || entry.invoiceIds.includes(invoiceId));
  }
}

/** An id as it was before the sender escaped its dots, which SES refuses in tags: the tag `escaped` says that `-1` stands for a dot and `-0` for a dash. */
function plain(value: string, tags: MessageTags): string {
  if (tags.escaped === undefined) return value;
  return value.replace(/-[01]/g, (mark) => (mark === '-0' ? '-' : '.'));
}
