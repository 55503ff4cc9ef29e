import type { MessageTags, SentAttachment } from '../mailbox.ts';

/** An email as SES accepted it. */
export interface Email {
  readonly messageId: string;
  /** Virtual epoch milliseconds. */
  readonly atMillis: number;
  /** As given: `Relance <relance@creditor.example>`. */
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly SentAttachment[];
  readonly tags: MessageTags;
  readonly configurationSetName: string | undefined;
}

/** The address in `Name <address>`, or the text itself. */
export function bareAddress(address: string): string {
  return address.match(/<([^<>]*)>\s*$/)?.[1] ?? address.trim();
}

/** The part behind the `@` of an address, lower case. */
export function domainOf(address: string): string {
  return bareAddress(address).split('@').at(-1)?.toLowerCase() ?? '';
}
