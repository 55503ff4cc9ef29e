import type { BusEvent } from './event-bus.ts';
import type { Mailbox, OutboxEntry } from './mailbox.ts';
import type { Objects } from './objects.ts';

/** Where letters lie, and where they end up. */
export interface PostedLettersOptions {
  readonly objects: Objects;
  readonly mailbox: Mailbox;
}

/**
 * Puts a letter into the mailbox when the event says that somebody posted it; every other event is let pass. What the
 * letter says lies beside its PDF.
 *
 * @throws Error naming the object that is not there
 */
export async function keepPostedLetter(event: BusEvent, { objects, mailbox }: PostedLettersOptions): Promise<void> {
  if (event.source !== 'relance.letters' || event['detail-type'] !== 'LetterPosted') return;
  const { letterId, bucket, documentKey } = event.detail as Readonly<Record<string, string>>;
  const key = String(documentKey).replace(/\.pdf$/, '.json');
  const object = await objects.get(String(bucket), key);
  if (!object) throw new Error(`Letter ${letterId} was posted, but the bucket ${bucket} holds no ${key}`);
  const wording = JSON.parse(object.body.toString('utf8')) as Wording;
  const at = new Date(event.time).toISOString();
  mailbox.keepLetter({ ...wording, messageId: String(letterId), cc: [], html: null, at });
}

type Wording = Pick<OutboxEntry, 'channel' | 'to' | 'subject' | 'text' | 'invoiceIds' | 'stepId' | 'level'>;
