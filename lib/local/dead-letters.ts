import { randomUUID } from 'node:crypto';

/** A message nobody could process. */
export interface DeadLetter {
  readonly messageId: string;
  /** `null` when no queue was configured: AWS would have lost the message without a trace. */
  readonly queueArn: string | null;
  /** Virtual instant, UTC ISO 8601. */
  readonly at: string;
  readonly body: unknown;
  /** SQS message attributes, such as `ERROR_MESSAGE`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The dead-letter queues of the stack, all in one place. */
export class DeadLetters {
  readonly #letters: DeadLetter[] = [];
  readonly #now: () => number;

  /** @param now virtual epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Puts a message on a queue. */
  send(letter: Pick<DeadLetter, 'body' | 'attributes'> & { readonly queueArn: string | undefined }): void {
    const { queueArn, body, attributes } = letter;
    const at = new Date(this.#now()).toISOString();
    this.#letters.push({ messageId: randomUUID(), queueArn: queueArn ?? null, at, body, attributes });
  }

  /** Every dead letter, oldest first. */
  list(): DeadLetter[] {
    return [...this.#letters];
  }
}
