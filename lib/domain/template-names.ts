import type { Channel } from './step-claim.ts';

/** The kinds of template. A registered letter is a letter, and a hand-over says nothing to the debtor. */
export type TemplateKind = 'email' | 'sms' | 'call' | 'letter';

/** Names of the templates of each kind; each exists in every language. */
export type TemplateNames = Readonly<Record<TemplateKind, readonly string[]>>;

/** The kind of template a channel takes its wording from, or null for a hand-over, which has none. */
export function templateKindOf(channel: Channel): TemplateKind | null {
  if (channel === 'hand-over') return null;
  return channel === 'registered-letter' ? 'letter' : channel;
}
